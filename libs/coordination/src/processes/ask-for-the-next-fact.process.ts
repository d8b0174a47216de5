/**
 * Care tasks: the rows say who is asked for which fact, this keeps the asking in step with what happens. What is open follows from
 * what was asked for and not taken back.
 */
import { idOf } from '@fascia/kernel';
import { needsCall } from '@fascia/safety/contract';
import type { TaskType } from '@fascia/task';
import { isAmong, LEG_ENDS, LOOP_ENDS } from './leg.js';
import {
  referralOf,
  type CareEventType,
  type EventNamed,
  type InstanceState,
  type Process,
  type Requested,
  type Taken,
} from '../process.js';
import { taskIdFor, TASK_ROWS, type Known, type TaskRow } from './task-rows.js';

type Gives = Requested<'task', 'CreateTask' | 'CompleteTask' | 'CancelTask' | 'ReassignTask'>;
type Asked = InstanceState<Known, Gives>;

/** Open flags and unsigned notes are asked for when everything else is over. */
const OUTLIVE_THE_LOOP: readonly TaskType[] = ['SIGN_SESSION', 'RED_FLAG_REVIEW'];
/** Treatment is over, the loop is not: only the acknowledgement is still asked for. */
const OUTLIVE_THE_OUTCOME: readonly TaskType[] = [...OUTLIVE_THE_LOOP, 'ACK_OUTCOME'];

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

/** Who may be asked of the other side: one clinic, or the pool while nobody has claimed. */
const sidesNoted = (event: Taken, { pool }: Known): Partial<Known> => {
  switch (event.type) {
    case 'ReferralSent': {
      const { patientId, referrerOrganizationId, placement, content } = event.data;
      return {
        patientId,
        referrer: [referrerOrganizationId],
        recipient: placement.organizationIds,
        pool: placement.organizationIds,
        priority: content.priority ?? 'routine',
        payerProfile: content.payer?.profile ?? 'SELF-PAY',
      };
    }
    case 'ReferralRedirected': {
      const { organizationIds } = event.data.placement;
      return { recipient: organizationIds, pool: organizationIds };
    }
    case 'ReferralClaimed':
      return { recipient: [event.data.organizationId] };
    case 'ReferralReleased':
      return { recipient: pool };
    default:
      return {};
  }
};

const flagNoted = (event: Taken, { settledFlags, untoldFlags }: Known): Partial<Known> => {
  const flagId = idOf(event.stream);
  switch (event.type) {
    case 'RedFlagRaised':
      return needsCall(event.data) ? { untoldFlags: [...untoldFlags, flagId] } : {};
    case 'RedFlagCommunicated':
      return event.data.reached ? { untoldFlags: untoldFlags.filter((untold) => untold !== flagId) } : {};
    case 'RedFlagCleared':
    case 'RedFlagConfirmed':
      return { settledFlags: [...settledFlags.filter((settled) => settled !== flagId), flagId] };
    default:
      return {};
  }
};

const careNoted = (event: Taken, { therapists, clinics, booked }: Known): Partial<Known> => {
  switch (event.type) {
    case 'ReferralVisitBooked':
      return { booked: [...booked, event.data.sessionId] };
    case 'ReferralVisitKept':
    case 'ReferralVisitMissed':
    case 'ReferralVisitCancelled':
      return { booked: booked.filter((sessionId) => sessionId !== event.data.sessionId) };
    case 'ReferralTreatmentStarted':
      return { treated: true };
    case 'SessionScheduled':
    case 'SessionEnteredLate':
      return {
        therapists: { ...therapists, [idOf(event.stream)]: event.data.therapistId },
        clinics: { ...clinics, [idOf(event.stream)]: event.data.organizationId },
      };
    case 'SessionRescheduled':
      return { therapists: { ...therapists, [idOf(event.stream)]: event.data.therapistId } };
    case 'PlanEstablished':
      return { planInForce: true };
    case 'PlanCompleted':
    case 'PlanDiscontinued':
      return { planInForce: false };
    case 'ReferralAccepted':
      return { legOver: false };
    default:
      return isAmong(LEG_ENDS, event.type) ? { legOver: true, booked: [] } : {};
  }
};

/** How soon a physician looks at a flag follows from the flag, not from the order; the name of the task does not tell which it is. */
const REVIEW_PRIORITY = {
  emergency: 'stat',
  urgent: 'urgent',
  sameDay: 'asap',
  byLaw: 'urgent',
} as const;

/** What was raised before flags said it themselves, is an emergency to be looked at at once. */
const reviewOf = ({ data, occurredAt }: Taken<EventNamed<'RedFlagRaised'>>) => ({
  priority: REVIEW_PRIORITY[data.urgency],
  dueAt: data.reviewDueAt ?? (data.urgency === 'emergency' ? occurredAt : undefined),
});

const createTask = (row: TaskRow, event: Taken, state: Known, referralId: string): Gives => {
  const subjectId = row.subject === 'referral' ? referralId : idOf(event.stream);
  const { priority = state.priority, dueAt } = event.type === 'RedFlagRaised' ? reviewOf(event) : {};
  // The order may have gone on to another since.
  const clinic = row.subject === 'session' ? state.clinics[subjectId] : undefined;
  const practitionerId = row.task === 'SIGN_SESSION' ? state.therapists[subjectId] : undefined;
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
        organizationIds: clinic === undefined ? [...state[row.asks]] : [clinic],
        roles: [...row.roles],
        ...(practitionerId === undefined ? {} : { practitionerId }),
      },
      priority,
      sourceEventId: event.id,
      ...(dueAt === undefined ? {} : { dueAt }),
    },
  };
};

const forTask = ({ id }: OpenTask, command: Gives['command']): Gives => ({ category: 'task', id, command });

/** Which open tasks an event ends, and how. */
const ending = (event: Taken, open: readonly OpenTask[], state: Known): readonly Gives[] =>
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
const moving = (event: Taken, open: readonly OpenTask[], { recipient }: Known): readonly Gives[] =>
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
  state: Known,
  still: readonly OpenTask[],
  referralId: string,
): readonly Gives[] =>
  TASK_ROWS.filter(
    (row) =>
      row.opensOn.includes(event.type) && row.when?.(event, state) !== false && state[row.asks].length > 0,
  )
    .map((row) => ({ row, given: createTask(row, event, state, referralId) }))
    .filter(({ row: { task, subject } }) => {
      const subjectId = subject === 'referral' ? referralId : idOf(event.stream);
      return !still.some((open) => open.task === task && open.subjectId === subjectId);
    })
    .map(({ given }) => given);

/** Taken to know the sides and the care, beside what the rows name. */
const TELLING = [
  ...LEG_ENDS,
  'ReferralClaimed',
  'ReferralReleased',
  'ReferralTreatmentStarted',
  'ReferralVisitKept',
  'SessionScheduled',
  'SessionEnteredLate',
  'SessionRescheduled',
] as const satisfies readonly CareEventType[];

export const askForTheNextFact: Process<EventNamed<CareEventType>, Known, Gives> = {
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
  initial: {
    referrer: [],
    recipient: [],
    pool: [],
    priority: 'routine',
    payerProfile: 'SELF-PAY',
    therapists: {},
    clinics: {},
    planInForce: false,
    booked: [],
    treated: false,
    legOver: false,
    settledFlags: [],
    untoldFlags: [],
  },
  instanceOf: referralOf,
  react: (event, { memory, requested, key }) => {
    const noted = {
      ...sidesNoted(event, memory),
      ...careNoted(event, memory),
      ...flagNoted(event, memory),
    };
    const state = { ...memory, ...noted };
    const open = openTasks(requested);
    const ended = ending(event, open, state);
    const still = open.filter(({ id }) => !ended.some((one) => one.id === id));
    return {
      noted,
      gives: [...ended, ...moving(event, still, state), ...opening(event, state, still, key.id)],
    };
  },
};
