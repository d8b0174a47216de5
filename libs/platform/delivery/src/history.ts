/**
 * Whether a log is the one that somebody has followed, or another: told by the event up to which he had it. A promoted
 * standby is the same history under another name, a log that was copied to another store has other positions too; one that
 * was put back, or lost its end, is another history, also where its name is the old one.
 */
import type { EventStore, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { Moved, pause } from '@fascia/retry';

/** The last event that somebody has had. */
export interface Mark {
  /** The log's name then. */
  readonly epoch: string;
  /** `0n` before the first event; stream and digest are empty then. */
  readonly position: Position;
  readonly stream: string;
  readonly version: number;
  /** Hex. */
  readonly digest: string;
}

export const beginning = (epoch: string): Mark => ({
  epoch,
  position: 0n,
  stream: '',
  version: 0,
  digest: '',
});

export const markOf = (
  epoch: string,
  { position, stream, version, digest }: Pick<StoredEvent, 'position' | 'stream' | 'version' | 'digest'>,
): Mark => ({ epoch, position, stream, version, digest });

/** How a mark stands in a table: the same five columns everywhere. */
export interface MarkRow extends Omit<Mark, 'position'> {
  readonly position: string;
}

/** For tables that keep a mark. */
export const MARK_SQL = `
  epoch text not null,
  position bigint not null,
  -- Of the event at the position: by these it is found again where positions are others. Empty before the first.
  stream text not null,
  version integer not null,
  digest text not null`;
export const MARK_COLUMNS = 'epoch, position::text as position, stream, version, digest';

export const markIn = ({ position, epoch, stream, version, digest }: MarkRow): Mark => ({
  epoch,
  position: BigInt(position),
  stream,
  version,
  digest,
});

/** In the order of the columns. */
export const valuesOf = ({ epoch, position, stream, version, digest }: Mark): readonly unknown[] => [
  epoch,
  position.toString(),
  stream,
  version,
  digest,
];

/** Of the last event of the log. */
export const headMark = async (store: Pick<EventStore, 'head' | 'readAt'>): Promise<Mark> => {
  const { epoch, position } = await store.head();
  if (position === 0n) return beginning(epoch);
  const last = await store.readAt(position);
  if (last === undefined) throw new LogReplaced('the log lost its last event while it was looked at');
  return markOf(epoch, last);
};

export type PlaceInLog =
  | { readonly kind: 'same' }
  /** The same history under another name, perhaps at other positions: nothing of it is new. */
  | { readonly kind: 'renamed'; readonly mark: Mark }
  /** What was had is not in this log. */
  | { readonly kind: 'other'; readonly epoch: string };

type Log = Pick<EventStore, 'head' | 'readAt' | 'readStream'>;

const isMarked = (
  mark: Pick<Mark, 'stream' | 'version' | 'digest'>,
  event: StoredEvent | undefined,
): boolean => event?.digest === mark.digest && event.stream === mark.stream && event.version === mark.version;

/** Whether the mark's event stands where it stood. */
export const stands = async (
  store: Pick<EventStore, 'readAt'>,
  mark: Omit<Mark, 'epoch'>,
): Promise<boolean> => mark.position === 0n || isMarked(mark, await store.readAt(mark.position));

/** @throws StoreUnavailable */
export const placeOf = async (store: Log, mark: Mark): Promise<PlaceInLog> => {
  const { epoch } = await store.head();
  if (await stands(store, mark))
    return epoch === mark.epoch ? { kind: 'same' } : { kind: 'renamed', mark: { ...mark, epoch } };
  // Positions of one log never change: under its old name an event that is gone from its place is another history.
  if (epoch === mark.epoch) return { kind: 'other', epoch };
  const [found] = await store.readStream(mark.stream as StreamName, mark.version, 1);
  return found !== undefined && isMarked(mark, found)
    ? { kind: 'renamed', mark: markOf(epoch, found) }
    : { kind: 'other', epoch };
};

/** The log is not the one that was followed, or has another name now: whoever follows has to look where he stands. */
export class LogReplaced extends Moved {
  override readonly name: string = 'LogReplaced';
}

/** How often somebody who follows looks whether the log still holds what he had. */
const LOOK_EVERY_MS = 2_000;
/** No batch is taken when the last look is older. To put another log in a store's place takes longer. */
const LOOKED_BEFORE_MS = 250;

export interface HistoryFollowed {
  readonly store: Log;
  readonly from: Mark;
  readonly signal: AbortSignal;
  /** Events after the mark, until the signal aborts. */
  readonly open: (after: Position, signal: AbortSignal) => AsyncIterable<readonly StoredEvent[]>;
  /** What else has to be as it was; throws when it is not. */
  readonly look?: () => Promise<void>;
  readonly lookEveryMs?: number | undefined;
}

/** @throws LogReplaced once the log holds no longer what was had, or is called otherwise */
export async function* followHistory({
  store,
  from,
  signal,
  open,
  look = () => Promise.resolve(),
  lookEveryMs = LOOK_EVERY_MS,
}: HistoryFollowed): AsyncGenerator<readonly StoredEvent[]> {
  let mark = from;
  let lookedAt = performance.now();
  let found: Error | undefined;
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const looking = (async () => {
    for (;;) {
      await pause(lookEveryMs, both);
      if (both.aborted) return;
      // While the store is away nothing is known: the next look tells.
      const place = await placeOf(store, mark).catch(() => undefined);
      if (place?.kind === 'same') lookedAt = performance.now();
      else if (place !== undefined) found = new LogReplaced('the log is another one now');
      await look().catch((error: unknown) => {
        if (error instanceof Moved) found ??= error;
      });
      if (found !== undefined) over.abort();
    }
  })();
  try {
    for await (const batch of open(mark.position, both)) {
      if (performance.now() - lookedAt > LOOKED_BEFORE_MS) {
        if (!(await stands(store, mark))) throw new LogReplaced('the log holds no longer what was had');
        lookedAt = performance.now();
      }
      yield batch;
      const last = batch.at(-1);
      if (last !== undefined) mark = markOf(mark.epoch, last);
    }
    if (found !== undefined) throw found;
  } finally {
    over.abort();
    await looking;
  }
}
