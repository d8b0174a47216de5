/** A deadline that is missed: who is told of it, what the product does then, and when it looks again. */
import { DAY_MS, elapsedMs, instantAfterMs, MINUTE_MS } from '@fascia/clinical/calendar';
import type { DeadlineCommand, DeadlineName } from '@fascia/deadline/contract';
import { uuidFrom, type Instant } from '@fascia/kernel';
import type { EventNamed, Fired, InstanceState, Reaction, Refused, Taken } from '../process.js';
import { asked, isStanding, rowOf, without, type Clock, type Gives, type Noted } from './clocks-known.js';
import { DEADLINE_ROWS, type DeadlineRow, type Rung, type Told } from './deadline-rows.js';

/** Because of which somebody is told: of a refusal, only when it was tried. */
interface Cause {
  readonly id?: string;
  readonly occurredAt: Instant;
}

const telling = (
  row: DeadlineRow,
  rung: Rung,
  { id: sourceEventId, occurredAt }: Cause,
  { known, referralId }: { readonly known: Noted; readonly referralId: string },
): { readonly ids: readonly string[]; readonly gives: readonly Gives[] } => {
  const gives = (row.tells?.[rung] ?? [])
    .filter(({ side }) => known[side].length > 0)
    .map(({ side, roles }: Told, ordinal): Gives => ({
      category: 'task',
      id: uuidFrom('task', 'MISSED_DEADLINE', referralId, sourceEventId ?? occurredAt, String(ordinal)),
      command: {
        type: 'CreateTask',
        taskType: 'MISSED_DEADLINE',
        deadline: row.deadline,
        ...(known.patientId === undefined ? {} : { patientId: known.patientId }),
        referralId,
        subject: { category: 'referral', id: referralId },
        assignment: { organizationIds: [...known[side]], roles: [...roles] },
        priority: known.priority,
        dueAt: occurredAt,
        ...(sourceEventId === undefined ? {} : { sourceEventId }),
      },
    }));
  return { ids: gives.flatMap((one) => ('id' in one ? [one.id] : [])), gives };
};

const told = (known: Noted, name: DeadlineName, ids: readonly string[]) => ({
  told: { ...known.told, [name]: [...(known.told[name] ?? []), ...ids] },
});

export const missed = (event: Taken<EventNamed<'DeadlineMissed'>>, known: Noted, referralId: string) => {
  const { name, dueAt } = event.data;
  const row = rowOf(name);
  const startedAt = known.startedAt[name];
  // It was met since, late; or the one that stands is another already, of which nothing is heard yet.
  if (row === undefined || startedAt === undefined || !isStanding(known, name)) return {};
  const tells = telling(row, 'atOnce', event, { known, referralId });
  const waited = elapsedMs(startedAt, dueAt);
  return {
    noted: {
      standing: { ...known.standing, [name]: 'missed' as const },
      looked: { ...known.looked, [name]: dueAt },
      ...told(known, name, tells.ids),
    },
    gives: [
      ...tells.gives,
      ...(row.then === undefined
        ? []
        : [{ category: 'referral', id: referralId, command: row.then } satisfies Gives]),
      ...(row.tells?.later === undefined
        ? []
        : [{ set: `${name} again` as const, dueAt: instantAfterMs(dueAt, waited) }]),
    ],
  };
};

const isAgain = (clock: Clock): clock is `${DeadlineName} again` => clock.endsWith(' again');

export const looking = (fired: Fired<Gives>, known: Noted, referralId: string) => {
  const { timer, dueAt } = fired.data;
  if (!isAgain(timer)) return { gives: [asked(referralId, { type: 'MissDeadline', name: timer, dueAt })] };
  const name = timer.slice(0, -' again'.length) as DeadlineName;
  const row = rowOf(name);
  if (row === undefined || !isStanding(known, name)) return {};
  if (row.then !== undefined)
    return {
      noted: { looked: { ...known.looked, [name]: dueAt } },
      gives: [{ category: 'referral', id: referralId, command: row.then } satisfies Gives],
    };
  const tells = telling(row, 'later', fired, { known, referralId });
  return { noted: told(known, name, tells.ids), gives: tells.gives };
};

/** A deadline that could not be set does not stand; one that is not due by the clock of the day is looked at again. */
const ofNone = (command: DeadlineCommand, { standing }: Noted): Reaction<Noted, Gives> => {
  switch (command.type) {
    case 'SetDeadline':
      return { noted: { standing: without(standing, [command.name]) } };
    case 'MissDeadline':
      return standing[command.name] === undefined
        ? {}
        : { gives: [{ set: command.name, dueAt: instantAfterMs(command.dueAt, MINUTE_MS) }] };
    default:
      return {};
  }
};

/** What cannot be done yet is tried again the next day, as long as the deadline stands. */
export const notDone = (
  { asked: { category, command } }: Refused<Gives>,
  { memory, key }: InstanceState<Noted, Gives>,
): Reaction<Noted, Gives> => {
  if (category === 'deadline') return ofNone(command, memory);
  const row = DEADLINE_ROWS.find(({ then }) => then?.type === command.type);
  const last = row && memory.looked[row.deadline];
  if (row === undefined || last === undefined || !isStanding(memory, row.deadline)) return {};
  const again = { set: `${row.deadline} again` as const, dueAt: instantAfterMs(last, DAY_MS) };
  if ((memory.told[row.deadline] ?? []).length > 0) return { gives: [again] };
  const tells = telling(row, 'refused', { occurredAt: last }, { known: memory, referralId: key.id });
  return { noted: told(memory, row.deadline, tells.ids), gives: [...tells.gives, again] };
};
