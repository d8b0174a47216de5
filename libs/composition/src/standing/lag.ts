/** How old what a follower has not taken is: positions say how much is to come, and not whether people wait for it. */
import { partitionOf } from '@fascia/delivery';
import type { Position, StoredEvent } from '@fascia/kernel';
import type { FollowedPartition, StandingParts } from './standing.js';

/** What is looked through for the first event of a partition: others' events lie between. */
const PAGE = 1_000;

const least = (positions: readonly Position[]): Position =>
  positions.reduce((one, other) => (other < one ? other : one));

/**
 * @param followed the partitions of one follower
 * @returns age of the oldest event that it has still to come; a little less where that lies beyond a page of others' events; `null` when
 * it has everything
 */
export const lagSecondsOf = async (
  { store, clock }: Pick<StandingParts, 'store' | 'clock'>,
  followed: readonly FollowedPartition[],
): Promise<number | null> => {
  const late = followed.filter(({ behind }) => behind > 0n);
  if (late.length === 0) return null;
  const takenIn = new Map(late.map(({ partition, position }) => [partition, position]));
  const isToCome = (event: StoredEvent, partitions: number): boolean => {
    const taken = takenIn.get(partitionOf(event, partitions));
    return taken !== undefined && event.position > taken;
  };
  const partitions = Math.max(...late.map((one) => one.partitions));
  const after = least(late.map(({ position }) => position));
  const page = await store.readAll(after, partitions === 1 ? 1 : PAGE);
  const oldest =
    page.find((event) => isToCome(event, partitions)) ??
    // What was handed over last is to come in any case.
    (await store.readAt(least(late.map(({ position, behind }) => position + behind))));
  if (oldest === undefined) return null;
  return Math.max(0, clock.now().getTime() - Date.parse(oldest.recordedAt)) / 1_000;
};
