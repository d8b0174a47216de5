/** Care that was given can be told, whatever became of the order since: by whoever works at the clinic that had accepted it then. */
import { idOf } from '@fascia/kernel';
import { staff, type Town } from './dead-ends.moves.js';
import { given, type DeadEnd } from './dead-ends.staff.js';
import type { Move } from './dead-ends.world.js';

const MOST_MS = 3_600_000;

/** The patient or the therapist is in another visit of that time: it is there already. */
const ENTERED: readonly string[] = ['done', 'SESSION_OVERLAP'];

/** Of each time that a clinic took the patient on: a visit that began then, as each of its therapists would enter it now. */
export const lateEntries = (town: Town): readonly (readonly Move[])[] =>
  town.world.events
    .filter(({ type }) => type === 'ReferralAccepted')
    .map(({ stream, occurredAt, actor }) => {
      const from = Date.parse(occurredAt);
      const until = Math.min(town.world.clock.now().getTime(), from + MOST_MS);
      return staff(town, 'therapist', actor.organizationId).map((by) =>
        given(town, 'session', by, {
          type: 'ScheduleSession',
          referralId: idOf(stream),
          kind: 'treatment',
          therapistId: by.practitionerId,
          start: occurredAt,
          end: new Date(until).toISOString(),
          lateReason: 'The system was down.',
        }),
      );
    })
    .filter((moves) => moves.length > 0);

/** @returns visits that took place and that nobody could enter */
export const untold = async (town: Town): Promise<readonly DeadEnd[]> => {
  const found: DeadEnd[] = [];
  for (const moves of lateEntries(town)) {
    const tried: string[] = [];
    for (const move of moves) tried.push(await town.world.would(move));
    if (!tried.some((codes) => ENTERED.includes(codes)))
      found.push({ what: 'session', stage: 'none', tried: tried.map((codes) => `entered late: ${codes}`) });
  }
  return found;
};
