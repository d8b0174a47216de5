/** A stream as it was known at a time: its events until then, and the state they fold to. */
import {
  categoryOf,
  factOf,
  type Category,
  type DomainEvent,
  type Envelope,
  type EventStore,
  type Fact,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import {
  envelopeOf,
  isBookkeeping,
  metadataOf,
  openOne,
  readWhole,
  StreamUnreadable,
  UpgradeNeeded,
  type Codec,
} from '@fascia/write-door';

/** How the states of a category come about; the aggregates' own deciders. */
export interface Replayable {
  readonly initial: unknown;
  evolve(state: never, fact: Fact<DomainEvent>): unknown;
  stage(state: never): string;
}

/** An event, and where the stream stood after it; null where that is not known. */
export interface Step {
  readonly event: Envelope;
  readonly digest: string;
  readonly stage: string | null;
}

export interface Replay {
  readonly steps: readonly Step[];
  readonly state: unknown;
  readonly stage: string | null;
}

export interface ReplayParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly deciders: ReadonlyMap<Category, Replayable>;
}

/** Stands where the data of an event would, when nobody here can open it. */
const UNREADABLE = { $unreadable: true };

/** An event as it is shown, and whether this code knows what it says. */
interface Shown {
  readonly event: Envelope;
  readonly known: boolean;
}

/** What cannot be opened is shown closed, as it is just what somebody looks for here. */
const shown = async (codec: Codec, stored: StoredEvent): Promise<Shown> => {
  try {
    return { event: await openOne(codec, stored), known: true };
  } catch (error) {
    if (error instanceof UpgradeNeeded) return { event: await codec.decode(stored), known: false };
    if (error instanceof StreamUnreadable)
      return { event: envelopeOf(stored, metadataOf(stored), UNREADABLE), known: false };
    throw error;
  }
};

/**
 * @param at by `recordedAt`: what was known then
 * @returns nothing for a stream that did not exist yet; no state where an event of it is not known here
 */
export const replayStream = async (
  { store, codec, deciders }: ReplayParts,
  stream: StreamName,
  at?: string,
): Promise<Replay | undefined> => {
  const stored = (await readWhole(store, stream)).filter(
    (event) => at === undefined || event.recordedAt <= at,
  );
  // A stream that holds bookkeeping only does not exist.
  if (stored.every(isBookkeeping)) return undefined;
  const all = await Promise.all(stored.map((event) => shown(codec, event)));
  const decider = deciders.get(categoryOf(stream));
  if (decider === undefined || all.some(({ known }) => !known))
    return {
      steps: all.map(({ event }, index) => ({ event, digest: stored[index]?.digest ?? '', stage: null })),
      state: null,
      stage: null,
    };
  let { initial: state } = decider;
  const steps = all.map(({ event }, index) => {
    if (!isBookkeeping(event)) state = decider.evolve(state as never, factOf(event));
    return { event, digest: stored[index]?.digest ?? '', stage: decider.stage(state as never) };
  });
  return { steps, state, stage: decider.stage(state as never) };
};
