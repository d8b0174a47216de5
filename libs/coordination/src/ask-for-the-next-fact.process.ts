/**
 * Care tasks: who is asked for which fact, and which fact ends the asking (domain notes 4.3, PM1-PM4, PM9,
 * PM14, PM16, PM19, PM20). The rows are the whole rule; nothing about tasks is decided elsewhere.
 */
import { payerProfile, type PayerProfileName } from '@fascia/clinical';
import { idOf, uuidFrom, type Category, type Envelope, type Role } from '@fascia/kernel';
import type { ReferralEvent } from '@fascia/referral';
import type { TaskType } from '@fascia/task';
import { LEG_ENDS, LOOP_ENDS } from './leg.js';
import type { Json, Memory, ProcessManager, ProcessState, RequestedCommand, RequestedOf } from './process.js';

interface TaskRow {
  readonly task: TaskType;
  readonly opensOn: readonly string[];
  /** Whose organisation is asked. */
  readonly asks: 'referrer' | 'recipient';
  readonly roles: readonly Role[];
  readonly subject: Category;
  readonly doneBy: readonly string[];
  readonly cancelledBy?: readonly string[];
  /** Beside the event type. */
  readonly when?: (event: Envelope, memory: Memory) => boolean;
}

const PHYSICIAN: readonly Role[] = ['physician'];
const PHYSICIAN_OR_DELEGATE: readonly Role[] = ['physician', 'delegate'];
const DESK: readonly Role[] = ['coordinator', 'therapist'];
const THERAPIST: readonly Role[] = ['therapist'];

/** After these nothing more is asked under the leg. */
const LEG_OVER = ['ReferralDeclined', 'ReferralRedirected', 'ReferralInformationRequested'];

const certificationNeeded = (_event: Envelope, memory: Memory): boolean =>
  payerProfile((memory['payerProfile'] ?? 'SELF-PAY') as PayerProfileName).certification !== undefined;

/** A plan that ends with its leg asks for no outcome: it is told already, or the order is with somebody else. */
const underCare = (_event: Envelope, memory: Memory): boolean => memory['legOver'] !== true;

/** A referral accepted again after a question keeps the plan it has. */
const noPlanInForce = (_event: Envelope, memory: Memory): boolean => memory['planInForce'] !== true;

const isMaterial = (event: Envelope): boolean =>
  event.type === 'ReferralRevised' && (event.data as { material: boolean }).material;

// prettier-ignore
export const TASK_ROWS: readonly TaskRow[] = [
  {
    task: 'TRIAGE', asks: 'recipient', roles: DESK, subject: 'referral',
    opensOn: ['ReferralSent', 'ReferralRedirected', 'ReferralDeclineReversed',
      'ReferralInformationRequested'],
    doneBy: ['ReferralAccepted', 'ReferralDeclined'], cancelledBy: ['ReferralRedirected'],
  },
  {
    task: 'ANSWER_INFO', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral',
    opensOn: ['ReferralInformationRequested'], doneBy: ['ReferralInformationSupplied'],
    cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'BOOK_FIRST_VISIT', asks: 'recipient', roles: ['scheduler', ...DESK], subject: 'referral',
    opensOn: ['ReferralAccepted'], doneBy: ['ReferralVisitBooked'], cancelledBy: LEG_OVER,
  },
  {
    task: 'ESTABLISH_PLAN', asks: 'recipient', roles: THERAPIST, subject: 'referral',
    opensOn: ['ReferralAccepted'], when: noPlanInForce, doneBy: ['PlanEstablished'], cancelledBy: LEG_OVER,
  },
  {
    task: 'HANDLE_DECLINE', asks: 'referrer', roles: PHYSICIAN_OR_DELEGATE, subject: 'referral',
    opensOn: ['ReferralDeclined'], doneBy: ['ReferralRedirected', 'ReferralWithdrawn', 'ReferralVoided'],
    cancelledBy: ['ReferralDeclineReversed'],
  },
  {
    task: 'ANSWER_PROPOSAL', asks: 'referrer', roles: PHYSICIAN, subject: 'referral',
    opensOn: ['ReferralRedirectProposed', 'ReferralStopProposed'],
    doneBy: ['ReferralProposalRejected', 'ReferralRedirected', 'ReferralWithdrawn',
      'ReferralCancellationRequested'],
    cancelledBy: ['ReferralDeclined'],
  },
  {
    task: 'ACKNOWLEDGE_REVISION', asks: 'recipient', roles: DESK, subject: 'referral',
    opensOn: ['ReferralRevised'], when: isMaterial, doneBy: ['ReferralRevisionAcknowledged'],
    cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'CERTIFY_PLAN', asks: 'referrer', roles: PHYSICIAN, subject: 'plan',
    opensOn: ['PlanSubmitted'], when: certificationNeeded, doneBy: ['PlanCertified'],
    cancelledBy: ['PlanChangesRequested', 'PlanDiscontinued', 'PlanCompleted'],
  },
  {
    task: 'SIGN_SESSION', asks: 'recipient', roles: THERAPIST, subject: 'session',
    opensOn: ['SessionPerformed'], doneBy: ['SessionSigned'],
  },
  {
    task: 'RED_FLAG_REVIEW', asks: 'referrer', roles: PHYSICIAN, subject: 'flag',
    opensOn: ['RedFlagRaised'], doneBy: ['RedFlagCleared', 'RedFlagConfirmed'],
  },
  {
    task: 'CONFIRM_CANCELLATION', asks: 'recipient', roles: DESK, subject: 'referral',
    opensOn: ['ReferralCancellationRequested'],
    doneBy: ['ReferralCancelled', 'ReferralCancellationRefused', 'ReferralOutcomeReported'],
  },
  {
    task: 'REPORT_OUTCOME', asks: 'recipient', roles: THERAPIST, subject: 'referral',
    opensOn: ['PlanCompleted', 'PlanDiscontinued', 'ReferralCancellationRefused'], when: underCare,
    doneBy: ['ReferralOutcomeReported'], cancelledBy: ['ReferralDeclined', 'ReferralRedirected'],
  },
  {
    task: 'ACK_OUTCOME', asks: 'referrer', roles: PHYSICIAN, subject: 'referral',
    opensOn: ['ReferralOutcomeReported'], doneBy: ['ReferralOutcomeAcknowledged'],
  },
];

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
const openTasks = ({ requested }: ProcessState): readonly OpenTask[] => {
  const over = new Set(
    requested
      .filter(({ command }) => command.type === 'CompleteTask' || command.type === 'CancelTask')
      .map(({ id }) => id),
  );
  return requested.flatMap(({ id, command }) => {
    if (command.type !== 'CreateTask' || over.has(id)) return [];
    const subject = command['subject'] as { id: string };
    return [{ id, task: command['taskType'] as TaskType, subjectId: subject.id }];
  });
};

/** Who may be asked of the other side: one clinic, or the pool while nobody has claimed. */
const sidesNoted = (event: Envelope, memory: Memory): Memory => {
  switch (event.type) {
    case 'ReferralSent': {
      const { patientId, referrerOrganizationId, placement, content } = event.data as Extract<
        ReferralEvent,
        { type: 'ReferralSent' }
      >['data'];
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
      const { organizationIds } = (
        event.data as Extract<ReferralEvent, { type: 'ReferralRedirected' }>['data']
      ).placement;
      return { recipient: organizationIds, pool: organizationIds };
    }
    case 'ReferralClaimed':
      return { recipient: [(event.data as { organizationId: string }).organizationId] };
    case 'ReferralReleased':
      return { recipient: memory['pool'] ?? [] };
    default:
      return {};
  }
};

const PLAN_ENDS: readonly string[] = ['PlanCompleted', 'PlanDiscontinued'];

/** What later tasks need to know of the order: who is on which side, how urgent, who pays; and whether a plan is in force. */
const noted = (event: Envelope, memory: Memory): Memory => ({
  ...sidesNoted(event, memory),
  ...(event.type === 'SessionScheduled'
    ? { [`therapist/${idOf(event.stream)}`]: (event.data as { therapistId: string }).therapistId }
    : {}),
  ...(event.type === 'PlanEstablished'
    ? { planInForce: true }
    : PLAN_ENDS.includes(event.type)
      ? { planInForce: false }
      : {}),
  ...(event.type === 'ReferralAccepted'
    ? { legOver: false }
    : LEG_ENDS.includes(event.type)
      ? { legOver: true }
      : {}),
});

const createTask = (row: TaskRow, event: Envelope, memory: Memory, referralId: string): RequestedCommand => {
  const subjectId = row.subject === 'referral' ? referralId : idOf(event.stream);
  const urgent =
    event.type === 'RedFlagRaised' && (event.data as { urgency: string }).urgency === 'emergency';
  const therapistId = memory[`therapist/${subjectId}`];
  return {
    category: 'task',
    id: uuidFrom('task', row.task, subjectId, event.id),
    command: {
      type: 'CreateTask',
      taskType: row.task,
      ...(memory['patientId'] === undefined ? {} : { patientId: memory['patientId'] }),
      referralId,
      subject: { category: row.subject, id: subjectId },
      assignment: {
        organizationIds: memory[row.asks] ?? [],
        roles: [...row.roles],
        ...(row.task === 'SIGN_SESSION' && therapistId !== undefined ? { practitionerId: therapistId } : {}),
      },
      priority: urgent ? 'stat' : (memory['priority'] ?? 'routine'),
      sourceEventId: event.id,
      ...(urgent ? { dueAt: event.occurredAt } : {}),
    },
  };
};

const forTask = (task: OpenTask, command: RequestedOf<'task'>['command']): RequestedCommand => ({
  category: 'task',
  id: task.id,
  command,
});

/** Which open tasks an event ends, and how. */
const ending = (event: Envelope, open: readonly OpenTask[]): readonly RequestedCommand[] =>
  open.flatMap((task) => {
    const row = TASK_ROWS.find((known) => known.task === task.task);
    const concerns = row?.subject === 'referral' || task.subjectId === idOf(event.stream);
    if (row?.doneBy.includes(event.type) === true && concerns)
      return [forTask(task, { type: 'CompleteTask', byEventId: event.id })];
    const outlives = event.type === 'ReferralOutcomeReported' ? OUTLIVE_THE_OUTCOME : OUTLIVE_THE_LOOP;
    const loopOver =
      (LOOP_ENDS.includes(event.type) || event.type === 'ReferralOutcomeReported') &&
      !outlives.includes(task.task);
    const calledOff = row?.cancelledBy?.includes(event.type) === true && concerns;
    return loopOver || calledOff ? [forTask(task, { type: 'CancelTask', reason: event.type })] : [];
  });

const isAsked = (memory: Memory, row: TaskRow): boolean =>
  Array.isArray(memory[row.asks]) && (memory[row.asks] as Json[]).length > 0;

/** When a pool's referral is claimed or given back, what is open for the recipient goes with it. */
const moving = (event: Envelope, open: readonly OpenTask[], memory: Memory): readonly RequestedCommand[] =>
  event.type !== 'ReferralClaimed' && event.type !== 'ReferralReleased'
    ? []
    : open.flatMap((task) => {
        const row = TASK_ROWS.find((known) => known.task === task.task && known.asks === 'recipient');
        return row === undefined
          ? []
          : [
              forTask(task, {
                type: 'ReassignTask',
                organizationIds: memory['recipient'] ?? [],
                roles: [...row.roles],
              }),
            ];
      });

export const askForTheNextFact: ProcessManager = {
  name: 'ask-for-the-next-fact',
  takes: [
    ...new Set([
      ...TASK_ROWS.flatMap((row) => [...row.opensOn, ...row.doneBy, ...(row.cancelledBy ?? [])]),
      ...LEG_ENDS,
      'ReferralClaimed',
      'ReferralReleased',
      'SessionScheduled',
    ]),
  ],
  react: (event, state, referralId) => {
    const news = noted(event, state.memory);
    const memory = { ...state.memory, ...news };
    const ended = ending(event, openTasks(state));
    const endedIds = new Set(ended.map(({ id }) => id));
    const still = openTasks(state).filter((task) => !endedIds.has(task.id));
    const opening = TASK_ROWS.filter(
      (row) =>
        row.opensOn.includes(event.type) && row.when?.(event, memory) !== false && isAsked(memory, row),
    )
      .map((row) => createTask(row, event, memory, referralId))
      .filter(
        ({ command }) =>
          !still.some(
            (task) =>
              task.task === command['taskType'] &&
              task.subjectId === (command['subject'] as { id: string }).id,
          ),
      );
    return { noted: news, commands: [...ended, ...moving(event, still, memory), ...opening] };
  },
};
