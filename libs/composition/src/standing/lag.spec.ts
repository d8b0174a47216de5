import { partitionOf } from '@fascia/delivery';
import { keyHashOf, type EventStore } from '@fascia/kernel';
import { lagSecondsOf } from './lag.js';
import type { FollowedPartition } from './standing.js';

const NOW = '2026-04-01T09:10:00.000Z';
const PAGE = 1_000;

/** A key that is dealt to a partition of two. */
const keyIn = (partition: number): string =>
  ['a', 'b', 'c', 'd', 'e', 'f', 'g'].find(
    (key) => partitionOf({ keyHash: keyHashOf(key) }, 2) === partition,
  ) ?? '';

interface Stored {
  readonly position: bigint;
  readonly seconds: number;
  readonly partition?: number;
}

const lag = (
  log: readonly Stored[],
  followed: readonly (readonly [position: bigint, behind: bigint])[],
): Promise<number | null> => {
  const events = log.map(({ position, seconds, partition = 0 }) => ({
    position,
    keyHash: keyHashOf(keyIn(partition)),
    recordedAt: new Date(Date.parse(NOW) - seconds * 1_000).toISOString(),
  }));
  const store = {
    readAll: (after: bigint, limit: number) =>
      Promise.resolve(events.filter(({ position }) => position > after).slice(0, limit)),
    readAt: (at: bigint) => Promise.resolve(events.find(({ position }) => position === at)),
  } as unknown as EventStore;
  const partitions = followed.map<FollowedPartition>(([position, behind], partition) => ({
    follower: 'care',
    partition,
    partitions: followed.length,
    position,
    behind,
  }));
  return lagSecondsOf({ store, clock: { now: () => new Date(NOW) } }, partitions);
};

describe('a follower is behind by', () => {
  const log = [
    { position: 1n, seconds: 90 },
    { position: 2n, seconds: 60, partition: 1 },
    { position: 3n, seconds: 30 },
  ];

  it('nothing when it has everything', async () => {
    expect(await lag(log, [[3n, 0n]])).toBeNull();
    expect(await lag([], [])).toBeNull();
  });

  it('the age of the oldest event that it has not taken', async () => {
    expect(await lag(log, [[1n, 2n]])).toBe(60);
    expect(await lag(log, [[2n, 1n]])).toBe(30);
  });

  it('no age less than none, where the clock of the log is ahead', async () => {
    expect(await lag([{ position: 1n, seconds: -5 }], [[0n, 1n]])).toBe(0);
  });

  it('what is dealt to the partitions that are late, and nothing else', async () => {
    // The other partition has its event, the older one.
    expect(
      await lag(log, [
        [1n, 2n],
        [2n, 0n],
      ]),
    ).toBe(30);
    expect(
      await lag(log, [
        [1n, 2n],
        [0n, 2n],
      ]),
    ).toBe(60);
  });

  it("what was handed over last, where others' events fill a page before it", async () => {
    const others = Array.from({ length: PAGE }, (_none, n) => ({
      position: BigInt(n) + 1n,
      seconds: 900,
      partition: 1,
    }));
    const last = BigInt(PAGE) + 1n;
    const far = [...others, { position: last, seconds: 7, partition: 0 }];
    expect(
      await lag(far, [
        [0n, last],
        [last, 0n],
      ]),
    ).toBe(7);
  });
});
