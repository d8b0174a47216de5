/**
 * Care tasks: the rows say who is asked for which fact, this keeps the asking in step with what happens. What is open follows from
 * what was asked for and not taken back.
 */
import { HOUR_MS, instantAfterMs } from '@fascia/clinical/calendar';
import { idOf } from '@fascia/kernel';
import type { TaskType } from '@fascia/task';
import { isAmong, LEG_ENDS, LOOP_ENDS } from './leg.js';
import {
  referralOf,
  type CareEventType,
  type EventNamed,
  type Fired,
  type InstanceState,
  type Process,
  type Requested,
  type Taken,
  type Timer,
} from '../process.js';
import { NOTHING_KNOWN, notedOf, type Known } from './order-known.js';
import { askedOf, taskIdFor, TASK_ROWS, type SubjectTimer, type TaskRow } from './task-rows.js';

type Asks = Requested<'task', 'CreateTask' | 'CompleteTask' | 'CancelTask' | 'ReassignTask' | 'SetTaskDue'>;
/** Of one visit among those of the order. */
type Gives = Asks | Timer<`${SubjectTimer} ${string}`>;
type Asked = InstanceState<Known, Gives>;
type Input = EventNamed<CareEventType>;

/** Open flags, and visits of which something is still to be told or signed, are asked for when everything else is over. */
const OUTLIVE_THE_LOOP: readonly TaskType[] = [
  'SIGN_SESSION',
  'RECORD_VISIT',
  'RED_FLAG_REVIEW',
  'RENEW_ORDER',
];
/** Treatment is over, the loop is not: only the acknowledgement is still asked for. */
const OUTLIVE_THE_OUTCOME: readonly TaskType[] = [...OUTLIVE_THE_LOOP, 'ACK_OUTCOME'];

interface About {
  readonly referralId: string;
  readonly subjectId: string;
}

interface Asking {
  readonly known: Known;
  /** In which tasks are done that no clock of the order runs for. */
  readonly hours: TaskHours;
}

interface OpenTask {
  readonly id: string;
  readonly task: TaskType;
  readonly subjectId: string;
}

/** What was asked for and not taken back: read from the process's own requests. */
const openTasks = (requested: Asked['requested']): readonly OpenTask[] => {
  const over = new Set(
    requested
      .filter(({ command }) => command.type === 'CompleteTask' || command.type === 'CancelTask')
      .map(({ id }) => id),
  );
  return requested.flatMap(({ id, command }) =>
    command.type === 'CreateTask' && !over.has(id)
      ? [{ id, task: command.taskType, subjectId: command.subject.id }]
      : [],
  );
};

/** How soon a physician looks at a flag follows from the flag, not from the order; the name of the task does not tell which it is. */
const REVIEW_PRIORITY = {
  emergency: 'stat',
  urgent: 'urgent',
  sameDay: 'asap',
  byLaw: 'urgent',
} as const;

/** What was raised before flags said it themselves, is an emergency to be looked at at once. */
const reviewOf = ({ data, occurredAt }: Taken<EventNamed<'RedFlagRaised'>>) => {
  const dueAt = data.reviewDueAt ?? (data.urgency === 'emergency' ? occurredAt : undefined);
  return { priority: REVIEW_PRIORITY[data.urgency], ...(dueAt === undefined ? {} : { dueAt }) };
};

/** A day of review is one of whoever holds; of a hold for safety, of the clinic (docs/domain/days.md). */
const holdReviewed = ({ hold, referrer, recipient }: Known) => {
  const [organizationId] = hold?.holder === 'referrer' ? referrer : recipient;
  return hold === null || organizationId === undefined
    ? {}
    : { dueOn: { day: hold.reviewBy, organizationId } };
};

/** How urgent it is otherwise than the order, and until when: of what the order's clocks run for, they say it. */
const saidOf = ({ task }: TaskRow, event: Taken | Fired<Gives>, { known, hours }: Asking) => {
  if (event.type === 'RedFlagRaised') return reviewOf(event);
  if (task === 'REVIEW_HOLD') return holdReviewed(known);
  const within = hours[task];
  return within === undefined ? {} : { dueAt: instantAfterMs(event.occurredAt, within * HOUR_MS) };
};

/** Somebody by name: whose visit it was, or for whom an order was written. */
const namedIn = (
  { task }: TaskRow,
  { actor }: Taken | Fired<Gives>,
  { therapists }: Known,
  subjectId: string,
): string | undefined => {
  if (task === 'SIGN_SESSION') return therapists[subjectId];
  return task === 'SIGN_ORDER' ? actor.onBehalfOf : undefined;
};

const createTask = (
  row: TaskRow,
  event: Taken | Fired<Gives>,
  asking: Asking,
  { referralId, subjectId }: About,
): Asks => {
  const state = asking.known;
  // The order may have gone on to another since.
  const clinic = row.subject === 'session' ? state.clinics[subjectId] : undefined;
  const practitionerId = namedIn(row, event, state, subjectId);
  return {
    category: 'task',
    id: taskIdFor(row.task, subjectId, event.id),
    command: {
      type: 'CreateTask',
      taskType: row.task,
      ...(state.patientId === undefined ? {} : { patientId: state.patientId }),
      referralId,
      subject: { category: row.subject, id: subjectId },
      assignment: {
        organizationIds: clinic === undefined ? [...askedOf(row, state)] : [clinic],
        roles: [...row.roles],
        ...(practitionerId === undefined ? {} : { practitionerId }),
      },
      priority: state.priority,
      sourceEventId: event.id,
      ...saidOf(row, event, asking),
    },
  };
};

const forTask = ({ id }: OpenTask, command: Asks['command']): Asks => ({ category: 'task', id, command });

/** Which open tasks an event ends, and how. */
const ending = (event: Taken, open: readonly OpenTask[], state: Known): readonly Asks[] =>
  open.flatMap((task) => {
    const row = TASK_ROWS.find((known) => known.task === task.task);
    const concerns = row?.subject === 'referral' || task.subjectId === idOf(event.stream);
    const asksForIt =
      row?.doneBy.includes(event.type) === true || row?.doneLateBy?.includes(event.type) === true;
    if (asksForIt && concerns && row.done?.(task.subjectId, state) !== false)
      return [forTask(task, { type: 'CompleteTask', byEventId: event.id })];
    const outlives = event.type === 'ReferralOutcomeReported' ? OUTLIVE_THE_OUTCOME : OUTLIVE_THE_LOOP;
    const loopOver =
      (isAmong(LOOP_ENDS, event.type) || event.type === 'ReferralOutcomeReported') &&
      !outlives.includes(task.task);
    const calledOff = row?.cancelledBy?.includes(event.type) === true && concerns;
    return loopOver || calledOff ? [forTask(task, { type: 'CancelTask', reason: event.type })] : [];
  });

/** When a pool's referral is claimed or given back, what is open for the recipient goes with it. */
const moving = (event: Taken, open: readonly OpenTask[], { recipient }: Known): readonly Asks[] =>
  event.type !== 'ReferralClaimed' && event.type !== 'ReferralReleased'
    ? []
    : open.flatMap((task) => {
        const row = TASK_ROWS.find((known) => known.task === task.task && known.asks === 'recipient');
        return row === undefined
          ? []
          : [
              forTask(task, {
                type: 'ReassignTask',
                organizationIds: [...recipient],
                roles: [...row.roles],
              }),
            ];
      });

const opening = (
  event: Taken,
  asking: Asking,
  still: readonly OpenTask[],
  referralId: string,
): readonly Asks[] =>
  TASK_ROWS.filter(
    (row) =>
      row.opensOn.includes(event.type) &&
      row.when?.(event, asking.known) !== false &&
      askedOf(row, asking.known).length > 0,
  )
    .map((row) => ({
      row,
      about: { referralId, subjectId: row.subject === 'referral' ? referralId : idOf(event.stream) },
    }))
    .filter(
      ({ row: { task }, about: { subjectId } }) =>
        !still.some((open) => open.task === task && open.subjectId === subjectId),
    )
    .map(({ row, about }) => createTask(row, event, asking, about));

/** What ends a visit, or says that it was not to be. */
const VISIT_TOLD = TASK_ROWS.flatMap(({ opensAt, doneBy }) => (opensAt === undefined ? [] : doneBy));

/** When a visit is over by what was booked, and a while more, somebody says what became of it. */
const watching = (event: Taken, untoldMs: number): readonly Gives[] => {
  const timer = `T-VISIT ${idOf(event.stream)}` as const;
  switch (event.type) {
    case 'SessionScheduled':
    case 'SessionRescheduled':
      return [{ set: timer, dueAt: instantAfterMs(event.data.end, untoldMs) }];
    case 'SessionEnteredLate':
      return [{ set: timer, dueAt: instantAfterMs(event.occurredAt, untoldMs) }];
    default:
      return isAmong(VISIT_TOLD, event.type) ? [{ cancel: timer }] : [];
  }
};

const overdue = (fired: Fired<Gives>, asking: Asking, referralId: string): readonly Asks[] => {
  const [timer = '', subjectId = ''] = fired.data.timer.split(' ');
  return TASK_ROWS.filter(({ opensAt }) => opensAt === timer).map((row) =>
    createTask(row, fired, asking, { referralId, subjectId }),
  );
};

/** As the clock says by which the order goes on; while that stands still, at no time. */
const timing = (event: Taken, open: readonly OpenTask[]): readonly Asks[] => {
  if (!isAmong(CLOCKS, event.type)) return [];
  const { name, ...data } = (event as Taken<EventNamed<(typeof CLOCKS)[number]>>).data;
  return open
    .filter(({ task }) => TASK_ROWS.some((row) => row.task === task && row.dueBy?.includes(name) === true))
    .map((task) => forTask(task, { type: 'SetTaskDue', ...('dueAt' in data ? { dueAt: data.dueAt } : {}) }));
};

const CLOCKS = ['DeadlineSet', 'DeadlinePaused', 'DeadlineResumed'] as const;

/** Taken to know the sides and the care, beside what the rows name. */
const TELLING = [
  ...LEG_ENDS,
  'ReferralClaimed',
  'ReferralReleased',
  'SessionScheduled',
  'SessionEnteredLate',
  ...CLOCKS,
] as const satisfies readonly CareEventType[];

export type TaskHours = Readonly<Partial<Record<TaskType, number>>>;

/** @param untoldHours after the end of a visit, in which people say by themselves what became of it */
export const askForTheNextFact = (untoldHours: number, hours: TaskHours): Process<Input, Known, Gives> => ({
  name: 'ask-for-the-next-fact',
  takes: [
    ...new Set<CareEventType>([
      ...TASK_ROWS.flatMap((row) => [
        ...row.opensOn,
        ...row.doneBy,
        ...(row.doneLateBy ?? []),
        ...(row.cancelledBy ?? []),
      ]),
      ...TELLING,
    ]),
  ],
  initial: NOTHING_KNOWN,
  instanceOf: referralOf,
  react: (event, { memory, requested, key }) => {
    if (event.type === 'TimerFired') return { gives: overdue(event, { known: memory, hours }, key.id) };
    const noted = notedOf(event, memory);
    const state = { ...memory, ...noted };
    const open = openTasks(requested);
    const ended = ending(event, open, state);
    const still = open.filter(({ id }) => !ended.some((one) => one.id === id));
    return {
      noted,
      gives: [
        ...ended,
        ...moving(event, still, state),
        ...opening(event, { known: state, hours }, still, key.id),
        ...timing(event, still),
        ...watching(event, untoldHours * HOUR_MS),
      ],
    };
  },
});
