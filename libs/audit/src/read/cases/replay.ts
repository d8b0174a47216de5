/** A whole case as it was known at a time: what each of its streams said then, and everything that had happened, in its order. */
import type { StreamName } from '@fascia/kernel';
import { replayStream, type Replay, type ReplayParts, type Step } from '../replay.js';

/** Streams that are read beside each other: a case may have hundreds, and a request is to hold no more connections than it needs. */
const AT_ONCE = 8;

export interface ReplayedStream extends Omit<Replay, 'steps'> {
  readonly stream: StreamName;
  readonly version: number;
}

export interface ReplayedEvent extends Step {
  readonly stream: StreamName;
}

export interface ReplayedCase {
  /** Those that were there then. */
  readonly streams: readonly ReplayedStream[];
  readonly events: readonly ReplayedEvent[];
}

const byPosition = ({ event: a }: ReplayedEvent, { event: b }: ReplayedEvent): number =>
  a.position < b.position ? -1 : 1;

/** @param at by `recordedAt`: what was known then */
export const replayCase = async (
  parts: ReplayParts,
  streams: readonly StreamName[],
  at?: string,
): Promise<ReplayedCase> => {
  const replayed: (readonly [StreamName, Replay])[] = [];
  for (let from = 0; from < streams.length; from += AT_ONCE) {
    const some = streams.slice(from, from + AT_ONCE);
    const found = await Promise.all(some.map((stream) => replayStream(parts, stream, at)));
    replayed.push(
      ...some.flatMap((stream, index) => {
        const replay = found[index];
        return replay === undefined ? [] : [[stream, replay] as const];
      }),
    );
  }
  return {
    streams: replayed.map(([stream, { steps, state, stage }]) => ({
      stream,
      version: steps.at(-1)?.event.version ?? 0,
      state,
      stage,
    })),
    events: replayed
      .flatMap(([stream, { steps }]) => steps.map((step) => ({ stream, ...step })))
      .toSorted(byPosition),
  };
};
