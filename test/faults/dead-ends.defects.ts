/** Rules as they were, or might have been, with a dead end in each: the property has to find them. */
import type { Actor, Category } from '@fascia/kernel';
import type { TaskType } from '@fascia/task';
import type { AnyAggregate } from '@fascia/write-door';
import { BY_A_DELEGATE, care, type Deed } from './dead-ends.history.js';
import type { Defect } from './dead-ends.world.js';

/** What is asked of a town after a history. */
export type Question = 'ends' | 'care' | 'offered' | 'asked' | 'silent' | 'left' | 'late';

export interface Control extends Defect {
  readonly name: string;
  readonly question: Question;
  /** How the histories begin in which it is looked for; any, where it is often met. */
  readonly begins?: readonly Deed[];
}

const at = (category: Category, change: (aggregate: AnyAggregate) => AnyAggregate): Defect => ({
  aggregate: (aggregate) => (aggregate.decider.category === category ? change(aggregate) : aggregate),
});

/** Read by name: each control knows what it refuses. */
interface State {
  readonly kind?: string;
  readonly therapistId?: string;
  readonly content?: { readonly target?: { readonly kind: string } };
}

type Refuses = (command: string, stage: string, state: State, by: Actor) => boolean;

const refusing = (category: Category, refuses: Refuses): Defect =>
  at(category, (aggregate) => ({
    ...aggregate,
    decider: {
      ...aggregate.decider,
      decide: (command, state, context) =>
        refuses(command.type, aggregate.decider.stage(state), state, context.by)
          ? { ok: false, refusal: { code: 'AS_IT_WAS', detail: 'As it was.' } }
          : aggregate.decider.decide(command, state, context),
    },
  }));

/** As if the table had no such rows. */
const without = (category: Category, commands: readonly string[], from: readonly string[]): Defect =>
  refusing(category, (command, stage) => commands.includes(command) && from.includes(stage));

interface Facts {
  readonly consents?: readonly { readonly kind: string }[];
  readonly referral?: { readonly active: boolean };
}

/** As if decisions knew something else. */
const knowing = (category: Category, change: (facts: Facts) => object): Defect =>
  at(category, (aggregate) => ({
    ...aggregate,
    facts: async (request, tools): Promise<never> => {
      const facts: Facts = await aggregate.facts(request, tools);
      return { ...facts, ...change(facts) } as never;
    },
  }));

/** A consent that is given after a restriction is not heard. */
const deafToConsent = knowing('referral', ({ consents = [] }) => ({
  consents: consents.filter(({ kind }) => kind !== 'granted'),
}));

/** What a clinic had accepted is forgotten once it does not stand any more. */
const forgetful = knowing('session', ({ referral }) =>
  referral?.active === false ? { referral: { ...referral, accepted: [] } } : {},
);

/** A flag is lifted by the referrer, and before an order there is none. */
const clearedByReferrer: Defect = {
  policy: (policy) => ({
    decide: (asked) =>
      asked.action === 'ClearFlag' && !asked.relations.includes('referrer')
        ? { allowed: false, policy: 'as it was' }
        : policy.decide(asked),
  }),
};

/** As if no row of the table of tasks asked for it. */
const neverAsked = (task: TaskType): Defect =>
  at('task', (aggregate) => ({
    ...aggregate,
    decider: {
      ...aggregate.decider,
      decide: (command, state, context) =>
        'taskType' in command && command.taskType === task
          ? { ok: false, refusal: { code: 'AS_IT_WAS', detail: 'As it was.' } }
          : aggregate.decider.decide(command, state, context),
    },
  }));

/** A visit that took place, and its therapist has left. */
const UNSIGNED: readonly Deed[] = [['order', 0], ...care(10), ['goes', 1]];

const does = (...commands: readonly string[]): readonly Deed[] =>
  commands.map((command) => ['does', command] as const);

/** Booked, and nobody came; so many times. */
const missed = (times: number): readonly Deed[] =>
  Array.from({ length: times }, () => [...care(1), ['time', 1] as const, ...does('MarkNoShow')]).flat();

/** Where each is asked for. */
const ASKED_AFTER: Readonly<Record<Exclude<TaskType, 'GENERAL'>, readonly Deed[]>> = {
  SIGN_ORDER: [],
  TRIAGE: care(1),
  ANSWER_INFO: [...care(2), ...does('RequestInformation')],
  BOOK_FIRST_VISIT: care(2),
  BOOK_VISIT: care(8),
  RECORD_VISIT: [...care(5), ['time', 2]],
  NOTE_MISSED_VISITS: [...care(4), ...missed(2)],
  DECIDE_DISCHARGE: [...care(4), ...missed(3)],
  ESTABLISH_PLAN: care(2),
  CERTIFY_PLAN: care(4),
  SIGN_SESSION: care(10),
  RED_FLAG_REVIEW: [...care(1), ['flag', 1]],
  HANDLE_DECLINE: [...care(1), ...does('DeclineReferral')],
  REVIEW_HOLD: [...care(2), ...does('HoldReferral')],
  CONFIRM_CANCELLATION: [...care(2), ...does('RequestCancellation')],
  REPORT_OUTCOME: [...care(8), ...does('DiscontinuePlan')],
  ACK_OUTCOME: care(12),
  ACKNOWLEDGE_REVISION: [...care(2), ...does('ReviseReferral')],
  ANSWER_PROPOSAL: [...care(2), ...does('ProposeStop')],
  RENEW_ORDER: [...care(1), ...Array.from({ length: 10 }, () => ['time', 2] as const)],
  MISSED_DEADLINE: [...care(1), ['time', 2]],
};

/** One whose payer wants plans certified; one that a delegate writes. */
const ORDER_OF: Readonly<Partial<Record<TaskType, number>>> = { CERTIFY_PLAN: 2, SIGN_ORDER: BY_A_DELEGATE };

const WITHOUT_A_ROW: readonly Control[] = (
  Object.keys(ASKED_AFTER) as readonly (keyof typeof ASKED_AFTER)[]
).map((task) => ({
  name: `nobody is asked for ${task}`,
  question: 'asked',
  begins: [['order', ORDER_OF[task] ?? 0], ...ASKED_AFTER[task]],
  ...neverAsked(task),
}));

export const CONTROLS: readonly Control[] = [
  ...WITHOUT_A_ROW,
  {
    name: 'treatment goes on, and nobody is asked to book its next visit',
    question: 'silent',
    begins: [['order', 0], ...care(11)],
    ...neverAsked('BOOK_VISIT'),
  },
  {
    name: 'a visit that came as far as the check-in is neither cancelled nor stopped',
    question: 'ends',
    begins: [['order', 0], ...care(7)],
    ...without('session', ['CancelSession', 'StopSession', 'VoidSession'], ['CheckedIn']),
  },
  {
    name: 'a visit whose therapist left before they signed it is signed and voided by nobody',
    question: 'ends',
    begins: UNSIGNED,
    ...refusing(
      'session',
      (command, stage, { therapistId }, { practitionerId }) =>
        stage === 'Performed' &&
        (command === 'VoidSession' || (command === 'SignSession' && practitionerId !== therapistId)),
    ),
  },
  {
    name: 'a flag that was raised before there was an order is lifted by nobody',
    question: 'ends',
    begins: [['flag', 0]],
    ...clearedByReferrer,
  },
  {
    name: 'sharing that was closed stays closed',
    question: 'care',
    begins: [['order', 0], ...care(1), ['consent', 0]],
    ...deafToConsent,
  },
  {
    name: 'a hold is taken off by nobody once its reason has gone',
    question: 'care',
    begins: [['order', 0], ...care(2), ...does('HoldReferral')],
    ...without('referral', ['ResumeReferral'], ['OnHold']),
  },
  {
    name: 'a plan that the physician wants changed is not established again',
    question: 'care',
    begins: [['order', 0], ...care(4), ...does('ReviewPlan')],
    ...without('plan', ['EstablishPlan'], ['ChangesRequested']),
  },
  {
    name: 'an order that was declined goes to nobody else',
    question: 'care',
    begins: [['order', 0], ...care(1), ...does('DeclineReferral')],
    ...without('referral', ['RedirectReferral', 'ReverseDecline'], ['Declined']),
  },
  {
    name: 'a plan is offered for changes and takes none',
    question: 'offered',
    ...without('plan', ['EditPlan'], ['Draft', 'ChangesRequested']),
  },
  {
    name: 'an order that a clinic has taken from a pool is not revised',
    question: 'offered',
    begins: [['order', 1], ...care(3)],
    ...refusing(
      'referral',
      (command, stage, { content }) =>
        command === 'ReviseReferral' && stage !== 'Sent' && content?.target?.kind === 'pool',
    ),
  },
  {
    name: 'nobody can be asked for anything',
    question: 'asked',
    ...without('task', ['CreateTask'], ['none']),
  },
  {
    name: 'visits stay booked when their order ends',
    question: 'left',
    begins: [['order', 0], ...care(5), ...does('RequestCancellation', 'ConfirmCancellation')],
    ...refusing(
      'session',
      (command, _stage, _state, { role }) => command === 'CancelSession' && role === 'system',
    ),
  },
  {
    name: 'a visit that took place is not entered once its order is over',
    question: 'late',
    begins: [['order', 0], ...care(2), ...does('RequestCancellation', 'ConfirmCancellation')],
    ...forgetful,
  },
];

/** Found, and not mended yet: each is shown by a history, and nothing else is let pass. */
export interface Known {
  readonly name: string;
  readonly question: Question;
  readonly deeds: readonly Deed[];
  /** What whoever tries is told, all of it. */
  readonly told: readonly string[];
}

export const KNOWN: readonly Known[] = [
  {
    name: 'a signature is asked of a therapist who has left, and of nobody else',
    question: 'asked',
    deeds: UNSIGNED,
    told: ['of nobody: SIGN_SESSION'],
  },
];

/** What was a dead end, by the histories that showed it. */
export const ONCE: readonly Omit<Known, 'told'>[] = [
  {
    name: 'a visit that its therapist did not sign before they left was signed by nobody',
    question: 'ends',
    deeds: UNSIGNED,
  },
  {
    name: 'an order that a clinic has taken from a pool, or to which it was redirected, was not revised',
    question: 'offered',
    deeds: [['order', 1], ...care(3)],
  },
  {
    name: 'an order whose cancellation was asked for while it was on hold was shown as if it still were',
    question: 'care',
    deeds: [['order', 0], ...care(2), ...does('HoldReferral', 'RequestCancellation')],
  },
];
