/**
 * The clocks of an order: the rows say what starts, stops and meets them; this keeps the deadlines in step with what happens, and looks
 * at the clock.
 */
import type { DeadlineEvent, DeadlineSide } from '@fascia/deadline/contract';
import { isAmong, LEG_ENDS, LOOP_ENDS } from './leg.js';
import {
  referralOf,
  type CareEventType,
  type EventNamed,
  type Process,
  type Taken,
  type Timer,
} from '../process.js';
import { asked, isStanding, without, type Clock, type Gives, type Noted } from './clocks-known.js';
import { looking, missed, notDone } from './clocks-missed.js';
import { DEADLINE_ROWS, type DeadlineRow } from './deadline-rows.js';
import { NOTHING_KNOWN, notedOf, type Known } from './order-known.js';

type Input = EventNamed<CareEventType>;

const clocks = (name: DeadlineRow['deadline']): readonly Timer<Clock>[] => [
  { cancel: name },
  { cancel: `${name} again` },
];

// What happens to an order

interface Ended {
  readonly row: DeadlineRow;
  readonly met: boolean;
}

const endedBy = (event: Taken, known: Noted): readonly Ended[] =>
  DEADLINE_ROWS.filter(({ deadline }) => isStanding(known, deadline)).flatMap((row) => {
    const met = row.metBy.includes(event.type);
    const off = row.calledOffBy?.includes(event.type) === true || isAmong(LOOP_ENDS, event.type);
    return met || off ? [{ row, met }] : [];
  });

const startedBy = (event: Taken, known: Noted): readonly DeadlineRow[] =>
  DEADLINE_ROWS.filter(
    (row) =>
      row.startsOn.includes(event.type) &&
      !isStanding(known, row.deadline) &&
      row.when?.(event, known, known.standing) !== false &&
      actingOn(row, known).organizationIds.length > 0,
  );

const actingOn = (
  { side }: Pick<DeadlineRow, 'side'>,
  { hold, referrer, recipient }: Known,
): { readonly side: DeadlineSide; readonly organizationIds: string[] } => {
  const holder = hold?.holder === 'recipient' ? 'recipient' : 'referrer';
  const acts = side === 'holder' ? holder : side;
  return { side: acts, organizationIds: [...(acts === 'recipient' ? recipient : referrer)] };
};

const setting = (row: DeadlineRow, event: Taken, known: Noted, referralId: string): Gives =>
  asked(referralId, {
    type: 'SetDeadline',
    name: row.deadline,
    referralId,
    ...(known.patientId === undefined ? {} : { patientId: known.patientId }),
    ...actingOn(row, known),
    priority: known.priority,
    ...row.due?.(event, known),
    at: event.occurredAt,
    sourceEventId: event.id,
  });

/** Whoever was told of it need not look any more. */
const untelling = (
  { deadline }: DeadlineRow,
  met: boolean,
  event: Taken,
  { told }: Noted,
): readonly Gives[] =>
  (told[deadline] ?? []).map((id) => ({
    category: 'task',
    id,
    command: met ? { type: 'CompleteTask', byEventId: event.id } : { type: 'CancelTask', reason: event.type },
  }));

const becauseOf = ({ occurredAt: at, id: sourceEventId }: Taken) => ({ at, sourceEventId });

/** A question, a hold: what stands still, and what goes on. */
const pausing = (event: Taken, known: Noted, referralId: string): readonly Gives[] => {
  // One pause may end within another.
  const goesOn = known.hold === null && !known.cancelling;
  return DEADLINE_ROWS.filter(({ deadline }) => isStanding(known, deadline)).flatMap(
    ({ deadline: name, pausesOn, resumesOn }): readonly Gives[] => [
      ...(pausesOn?.includes(event.type) === true
        ? [asked(referralId, { type: 'PauseDeadline', name, ...becauseOf(event) })]
        : []),
      ...(resumesOn?.includes(event.type) === true && goesOn
        ? [asked(referralId, { type: 'ResumeDeadline', name, ...becauseOf(event) })]
        : []),
    ],
  );
};

const inStep = (event: Taken, before: Noted, referralId: string) => {
  const noted = notedOf(event, before);
  const known = { ...before, ...noted };
  const ended = endedBy(event, known);
  const gone = ended.map(({ row }) => row.deadline);
  const left = { ...known, standing: without(known.standing, gone) };
  const started = startedBy(event, left);
  return {
    noted: {
      ...noted,
      standing: {
        ...left.standing,
        ...Object.fromEntries(started.map(({ deadline }) => [deadline, 'running'] as const)),
      },
      startedAt: without(known.startedAt, gone),
      looked: without(known.looked, gone),
      told: without(known.told, gone),
    },
    gives: [
      ...ended.flatMap(({ row, met }): readonly Gives[] => [
        asked(referralId, {
          type: met ? 'MeetDeadline' : 'CallOffDeadline',
          name: row.deadline,
          ...becauseOf(event),
        }),
        ...clocks(row.deadline),
        ...untelling(row, met, event, known),
      ]),
      ...pausing(event, left, referralId),
      ...started.map((row) => setting(row, event, left, referralId)),
    ],
  };
};

// What happens to a deadline

const ofDeadline = (event: Taken<DeadlineEvent>, known: Noted, referralId: string) => {
  const { name } = event.data;
  switch (event.type) {
    case 'DeadlineSet':
      return isStanding(known, name)
        ? {
            noted: { startedAt: { ...known.startedAt, [name]: event.data.startedAt } },
            gives: [{ set: name, dueAt: event.data.dueAt }],
          }
        : {};
    case 'DeadlineResumed':
      return isStanding(known, name) ? { gives: [{ set: name, dueAt: event.data.dueAt }] } : {};
    case 'DeadlineMissed':
      return missed(event, known, referralId);
    case 'DeadlinePaused':
      return { gives: [{ cancel: name }] };
    case 'DeadlineMet':
    case 'DeadlineCalledOff':
      return {};
  }
};

/** Taken to know the sides and the care, beside what the rows name. */
const TELLING = [
  ...LEG_ENDS,
  'ReferralDrafted',
  'ReferralClaimed',
  'ReferralReleased',
  'ReferralVisitBooked',
  'ReferralVisitKept',
  'ReferralTreatmentStarted',
  'PlanEstablished',
] as const satisfies readonly CareEventType[];

const DEADLINE_EVENTS = [
  'DeadlineSet',
  'DeadlinePaused',
  'DeadlineResumed',
  'DeadlineMissed',
] as const satisfies readonly DeadlineEvent['type'][];

const isOfDeadline = (event: Taken): event is Taken<EventNamed<(typeof DEADLINE_EVENTS)[number]>> =>
  isAmong(DEADLINE_EVENTS, event.type);

export const keepDeadlines: Process<Input, Noted, Gives> = {
  name: 'keep-deadlines',
  takes: [
    ...new Set<CareEventType>([
      ...DEADLINE_ROWS.flatMap(({ startsOn, metBy, calledOffBy = [], pausesOn = [], resumesOn = [] }) => [
        ...startsOn,
        ...metBy,
        ...calledOffBy,
        ...pausesOn,
        ...resumesOn,
      ]),
      ...TELLING,
      ...DEADLINE_EVENTS,
    ]),
  ],
  initial: { ...NOTHING_KNOWN, standing: {}, startedAt: {}, looked: {}, told: {} },
  instanceOf: referralOf,
  react: (event, { memory, key }) => {
    if (event.type === 'TimerFired') return looking(event, memory, key.id);
    return isOfDeadline(event) ? ofDeadline(event, memory, key.id) : inStep(event, memory, key.id);
  },
  refused: notDone,
};
