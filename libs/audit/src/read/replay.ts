/** A stream as it was known at a time: its events until then, and the state they fold to. */
import {
  categoryOf,
  factOf,
  type Category,
  type DomainEvent,
  type Envelope,
  type EventStore,
  type Fact,
  type StreamName,
} from '@fascia/kernel';
import { isBookkeeping, readWhole, type Codec } from '@fascia/write-door';

/** How the states of a category come about; the aggregates' own deciders. */
export interface Replayable {
  readonly initial: unknown;
  evolve(state: never, fact: Fact<DomainEvent>): unknown;
  stage(state: never): string;
}

export interface Replay {
  readonly events: readonly Envelope[];
  readonly digests: ReadonlyMap<string, string>;
  readonly state: unknown;
  readonly stage: string | null;
}

export interface ReplayParts {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly deciders: ReadonlyMap<Category, Replayable>;
}

/** @param at by `recordedAt`: what was known then. @returns nothing for a stream that did not exist yet */
export const replayStream = async (
  { store, codec, deciders }: ReplayParts,
  stream: StreamName,
  at?: string,
): Promise<Replay | undefined> => {
  const stored = (await readWhole(store, stream)).filter(
    (event) => at === undefined || event.recordedAt <= at,
  );
  if (stored.length === 0) return undefined;
  const events = await Promise.all(stored.map((event) => codec.decode(event)));
  const digests = new Map(stored.map((event) => [event.id, event.digest]));
  const decider = deciders.get(categoryOf(stream));
  if (decider === undefined) return { events, digests, state: null, stage: null };
  // Shown as what they are; bookkeeping changes no state, and what a newer release wrote is not known to.
  const state = events
    .filter((event) => codec.knows(event) && !isBookkeeping(event))
    .reduce((sofar, event) => decider.evolve(sofar as never, factOf(event)), decider.initial);
  return { events, digests, state, stage: decider.stage(state as never) };
};
