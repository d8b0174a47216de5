/** Commands that process managers asked for and that have no outcome after a stated time: nobody else would miss them. */
import { PROCESS_COMMANDS } from '@fascia/coordination';
import { parkedSubjects, partitionOf } from '@fascia/delivery';
import type { Position } from '@fascia/kernel';
import type { Settings } from '../process/settings.js';
import { standingsOf, type StandingParts } from './standing.js';

export interface Unanswered {
  /** At least: it is counted through a page of the log, and what waits behind a parked instance is one with it. */
  readonly commands: number;
  /** Since the oldest was asked for, or parked; 0 when there is none. */
  readonly oldestSeconds: number;
}

export interface UnansweredParts extends StandingParts {
  readonly settings: Pick<Settings, 'unansweredMs'>;
}

const PAGE = 1_000;

/** When each was asked for that lies before nobody's checkpoint, in milliseconds. */
const askedAfter = async (
  parts: UnansweredParts,
  parked: ReadonlySet<string>,
): Promise<readonly number[]> => {
  const { followers } = await standingsOf(parts);
  const mine = followers.filter(({ follower }) => follower === PROCESS_COMMANDS);
  const behind = mine.filter((one) => one.behind > 0n).map(({ position }) => position);
  const [first, ...others] = behind;
  if (first === undefined) return [];
  const from = others.reduce((least, one) => (one < least ? one : least), first);
  const doneIn = new Map<number, Position>(mine.map(({ partition, position }) => [partition, position]));
  return (await parts.store.readAll(from, PAGE))
    .filter(
      (event) =>
        event.type === 'CommandRequested' &&
        !parked.has(event.stream) &&
        event.position > (doneIn.get(partitionOf(event, mine.length)) ?? 0n),
    )
    .map(({ recordedAt }) => Date.parse(recordedAt));
};

export const unansweredOf = async (parts: UnansweredParts): Promise<Unanswered> => {
  const parked = (await parkedSubjects(parts.rows)).filter(({ follower }) => follower === PROCESS_COMMANDS);
  const asked = await askedAfter(parts, new Set(parked.map(({ subject }) => subject)));
  const now = parts.clock.now().getTime();
  const ages = [...asked, ...parked.map(({ since }) => Date.parse(since))]
    .map((at) => now - at)
    .filter((age) => age >= parts.settings.unansweredMs);
  return { commands: ages.length, oldestSeconds: Math.max(0, ...ages) / 1_000 };
};
