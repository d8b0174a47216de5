/** Events as folds take them: opened, with what kept one closed, or passed over because this code does not know them. */
import { Tries } from '@fascia/delivery';
import { OutcomeUnknown, StoreUnavailable, type Envelope, type StoredEvent } from '@fascia/kernel';
import { errorName, sqlStateOf } from '@fascia/retry';

/** How the code that runs here reads what is stored. */
export interface Reading {
  readonly decode: (stored: StoredEvent) => Promise<Envelope>;
  /** Whether an event's type, and the version of its schema, are known. */
  readonly isKnown: (stored: StoredEvent) => boolean;
  /** The types that streams of a category hold, as far as they are known. */
  readonly typesOf: (category: string) => readonly string[];
}

/** An event that this code does not know: folds go on without it, and the stream's rows are incomplete. */
export interface Passed extends Pick<StoredEvent, 'type' | 'stream' | 'version'> {
  readonly patientId: string | null;
}

/** What there is to take of some events, in the order of the log. */
export interface Batch {
  readonly events: readonly Opened[];
  readonly passed: readonly Passed[];
}

/** An event that cannot be opened: its stream is parked wherever its type is taken. */
export interface Broken extends Pick<StoredEvent, 'type' | 'stream' | 'version'> {
  readonly patientId: string | undefined;
  /** The error's name. */
  readonly broken: string;
}

export type Opened = Envelope | Broken;

export const isBroken = (event: Opened): event is Broken => 'broken' in event;

/** Keys are kept in a database, and that may be away: everybody waits. */
const isPassing = (error: unknown): boolean =>
  error instanceof StoreUnavailable ||
  error instanceof OutcomeUnknown ||
  sqlStateOf(error) !== undefined ||
  (error instanceof Error && 'code' in error && /^E(?!RR_)[A-Z]+$/.test(String(error.code)));

/** Errors that have a class of their own are of the event; of others nobody knows, and some seconds are given to them. */
const isOfTheEvent = (error: unknown): error is Error =>
  error instanceof Error && error.name !== 'Error' && !isPassing(error);

/** Whose health data an event is, as far as its metadata can be read. */
const patientOf = ({ metadata }: StoredEvent): string | undefined => {
  try {
    return (JSON.parse(Buffer.from(metadata).toString('utf8')) as { readonly patientId?: string }).patientId;
  } catch {
    return undefined;
  }
};

export class Opener {
  readonly #tries = new Tries(isPassing);

  constructor(private readonly reading: Reading) {}

  /** @throws as {@link open} */
  async batch(stored: readonly StoredEvent[]): Promise<Batch> {
    const known = new Set(stored.filter((event) => this.reading.isKnown(event)));
    const passed = stored
      .filter((event) => !known.has(event))
      .map((event) => ({
        type: event.type,
        stream: event.stream,
        version: event.version,
        patientId: patientOf(event) ?? null,
      }));
    return { events: await Promise.all([...known].map((event) => this.open(event))), passed };
  }

  /** @throws what may pass: a store that is away, and for some seconds an error that nobody knows */
  async open(stored: StoredEvent): Promise<Opened> {
    const { type, stream, version } = stored;
    const closed = (broken: string): Broken => ({
      type,
      stream,
      version,
      patientId: patientOf(stored),
      broken,
    });
    let opened: Opened | undefined;
    const givenUp = await this.#tries.of(`${stream}@${String(version)}`, async () => {
      opened = await this.reading.decode(stored).catch((error: unknown) => {
        if (isOfTheEvent(error)) return closed(errorName(error));
        throw error;
      });
    });
    return opened ?? closed(givenUp ?? 'unknown');
  }
}
