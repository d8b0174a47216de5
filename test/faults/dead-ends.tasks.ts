/**
 * Where somebody has to act, somebody who is there is asked; no order that is open falls silent; and where one is over, nobody is kept
 * busy with it. Said here by what stands in the lists, and not by the rows that ask (libs/coordination/src/processes/task-rows.ts).
 */
import { DEFAULT_TIMES } from '@fascia/coordination';
import { instantAfterMs, HOUR_MS } from '@fascia/clinical/calendar';
import { deadlineModel, type DeadlineRow } from '@fascia/deadline';
import { idOf } from '@fascia/kernel';
import type { ReferralRow } from '@fascia/referral';
import type { SessionRow } from '@fascia/session';
import { taskModel, type TaskRow } from '@fascia/task';
import {
  currentPlanOf,
  flagsStanding,
  plansOf,
  referralsOf,
  sessionsOf,
  type Town,
} from './dead-ends.moves.js';
import type { DeadEnd } from './dead-ends.staff.js';

type Asked = TaskRow['type'];

/** By stage of a referral. What is asked for under care depends on more. */
const ASKED_IN: Readonly<Record<string, Asked>> = {
  Sent: 'TRIAGE',
  InTriage: 'TRIAGE',
  InfoRequested: 'ANSWER_INFO',
  Declined: 'HANDLE_DECLINE',
  OnHold: 'REVIEW_HOLD',
  CancelRequested: 'CONFIRM_CANCELLATION',
  OutcomeReported: 'ACK_OUTCOME',
};

const WITH_RECIPIENT: readonly string[] = [
  'Sent',
  'InTriage',
  'InfoRequested',
  'Accepted',
  'Booked',
  'InTreatment',
  'OnHold',
];
const UNDER_CARE: readonly string[] = ['Accepted', 'Booked', 'InTreatment'];
const BEFORE_OUTCOME: readonly string[] = [...UNDER_CARE, 'OnHold', 'CancelRequested'];
/** Something is still to be told of it. */
const NOT_TOLD: readonly string[] = ['Scheduled', 'CheckedIn', 'InProgress'];

/** When somebody should have told by themselves what became of it. */
const toldBy = ({ end_at, late_entry }: SessionRow): string =>
  instantAfterMs(late_entry?.at ?? end_at, DEFAULT_TIMES.untoldHours * HOUR_MS);

/** Of what is asked for in turn, one is; which of several, where any of them will do. */
const careNeeds = (town: Town, row: ReferralRow): readonly (readonly Asked[])[] => {
  const { id, stage, booked, missed, legs, recipient_organization_id: clinic } = row;
  const plan = currentPlanOf(town, id);
  const had = plansOf(town, id).some((one) => !one.current && one.organization_id === clinic);
  const next = stage === 'InTreatment' ? 'BOOK_VISIT' : 'BOOK_FIRST_VISIT';
  return [
    ...(UNDER_CARE.includes(stage) && booked.length === 0
      ? [[next, 'DECIDE_DISCHARGE', 'REPORT_OUTCOME'] as const]
      : []),
    ...(UNDER_CARE.includes(stage) && (plan === undefined ? !had : plan.stage === 'ChangesRequested')
      ? [['ESTABLISH_PLAN'] as const]
      : []),
    // The same clinic may have had the order before, and begins anew.
    ...(BEFORE_OUTCOME.includes(stage) && plan === undefined && had
      ? [['REPORT_OUTCOME', 'ESTABLISH_PLAN'] as const]
      : []),
    ...(BEFORE_OUTCOME.includes(stage) && missed.inARow >= 2 && legs.length === 1
      ? [['NOTE_MISSED_VISITS'] as const]
      : []),
  ];
};

/** Of these somebody is told as soon as they are missed; the others the product goes on with, or waits once more. */
const TOLD_OF = [
  'T-ACK',
  'T-TRIAGE',
  'T-INFO',
  'T-BOOK',
  'T-REBOOK',
  'T-FIRST',
  'T-DECLINED',
  'T-HOLD',
  'T-OUTCOME',
];

const isOpen = ({ status }: TaskRow): boolean => status === 'offered' || status === 'claimed';

const openTasks = ({ world }: Town): readonly TaskRow[] =>
  world.tables.all<TaskRow>(taskModel).filter(isOpen);

const isSomebodys = ({ people }: Town, task: TaskRow): boolean =>
  people.some(
    ({ role, organizationId, practitionerId }) =>
      task.roles.includes(role) &&
      task.organization_ids.includes(organizationId) &&
      (task.practitioner_id === null || task.practitioner_id === practitionerId),
  );

/** @returns who waits for something that nobody is asked for, and tasks of nobody */
export const nobodyAsked = (town: Town): readonly DeadEnd[] => {
  const all = town.world.tables.all<TaskRow>(taskModel);
  const open = all.filter(isOpen);
  const wasAsked = (task: Asked, id: string, name: string | null = null): boolean =>
    all.some(({ type, referral_id, deadline }) => type === task && referral_id === id && deadline === name);
  const isAsked = (task: Asked, id: string): boolean =>
    open.some(({ type, subject_id }) => type === task && subject_id === id);
  const waits = (
    what: DeadEnd['what'],
    stage: string,
    task: Asked | readonly Asked[],
    id: string,
  ): readonly DeadEnd[] => {
    const any = [task].flat();
    return any.some((one) => isAsked(one, id))
      ? []
      : [{ what, stage, tried: [`nobody is asked for: ${any.join(' or ')}`] }];
  };
  const referrals = referralsOf(town);
  const visits = referrals.flatMap(({ id }) => sessionsOf(town, id));
  const clocks = town.world.tables.all<DeadlineRow>(deadlineModel);
  const byDelegate = new Set(
    town.world.events
      .filter(({ type, actor }) => type === 'ReferralDrafted' && actor.role === 'delegate')
      .map(({ stream }) => idOf(stream)),
  );
  return [
    ...open
      .filter((task) => !isSomebodys(town, task))
      .map(({ type, status }): DeadEnd => ({ what: 'task', stage: status, tried: [`of nobody: ${type}`] })),
    ...referrals.flatMap(({ id, stage }) => {
      const task = ASKED_IN[stage];
      return task === undefined ? [] : waits('referral', stage, task, id);
    }),
    ...referrals
      .filter(({ id, stage }) => stage === 'Draft' && byDelegate.has(id))
      .flatMap(({ id, stage }) => waits('referral', stage, 'SIGN_ORDER', id)),
    ...referrals.flatMap((row) =>
      careNeeds(town, row).flatMap((any) => waits('referral', row.stage, any, row.id)),
    ),
    ...referrals
      .filter((row) => row.open && row.proposal !== null)
      .flatMap(({ id, stage }) => waits('referral', stage, 'ANSWER_PROPOSAL', id)),
    ...referrals
      .filter(
        ({ stage, revision_to_acknowledge }) => revision_to_acknowledge && WITH_RECIPIENT.includes(stage),
      )
      .flatMap(({ id, stage }) => waits('referral', stage, 'ACKNOWLEDGE_REVISION', id)),
    ...referrals
      .map(({ id }) => currentPlanOf(town, id))
      .filter((plan) => plan?.stage === 'Submitted' && plan.needs_certification)
      .flatMap((plan) => waits('plan', 'Submitted', 'CERTIFY_PLAN', plan?.id ?? '')),
    ...visits
      .filter(({ stage }) => stage === 'Performed')
      .flatMap(({ id, stage }) => waits('session', stage, 'SIGN_SESSION', id)),
    ...visits
      .filter((visit) => NOT_TOLD.includes(visit.stage) && toldBy(visit) < town.world.now)
      .flatMap(({ id, stage }) => waits('session', stage, 'RECORD_VISIT', id)),
    // Whoever was told may have said that they know.
    ...referrals
      .filter(({ id, stage }) => stage === 'Expired' && !wasAsked('RENEW_ORDER', id))
      .map(({ stage }): DeadEnd => ({ what: 'referral', stage, tried: ['nobody was asked to renew it'] })),
    ...referrals.flatMap(({ id, stage }) =>
      (clocks.find((row) => row.id === id)?.deadlines ?? [])
        .filter(
          ({ name, missed }) => missed && TOLD_OF.includes(name) && !wasAsked('MISSED_DEADLINE', id, name),
        )
        .map(({ name }): DeadEnd => ({
          what: 'referral',
          stage,
          tried: [`nobody was told that it is late: ${name}`],
        })),
    ),
    ...flagsStanding(town)
      .filter(({ status, referral_id }) => status === 'open' && referral_id !== null)
      .flatMap(({ id, status }) => waits('flag', status, 'RED_FLAG_REVIEW', id)),
  ];
};

/** @returns orders that are open, and of which nobody would hear by a time until somebody remembers them */
export const fallenSilent = (town: Town): readonly DeadEnd[] => {
  const open = openTasks(town).filter((task) => task.type !== 'GENERAL' && isSomebodys(town, task));
  const isLooked = (id: string): boolean =>
    open.some(({ referral_id, due_at }) => referral_id === id && due_at !== null) ||
    sessionsOf(town, id).some((visit) => NOT_TOLD.includes(visit.stage) && toldBy(visit) >= town.world.now);
  return referralsOf(town)
    .filter(({ open: isGoingOn, id }) => isGoingOn && !isLooked(id))
    .map(({ stage }) => ({
      what: 'referral',
      stage,
      tried: ['nobody is asked for anything by a time, and nobody is to come'],
    }));
};

/** With whoever had the order, no more care is given: what comes of it is the physician's to say. */
const CARE_OVER: readonly string[] = [
  'Closed',
  'Withdrawn',
  'Cancelled',
  'Expired',
  'Voided',
  'Superseded',
  'Declined',
  'OutcomeReported',
];

const TO_COME: readonly string[] = ['Scheduled', 'CheckedIn'];

/** Asked for when everything else is over: a signature, a look at a flag; and what people ask of one another. */
const ASKED_FOR_STILL: readonly Asked[] = [
  'SIGN_SESSION',
  'RECORD_VISIT',
  'RED_FLAG_REVIEW',
  'RENEW_ORDER',
  'GENERAL',
];

const left = (what: DeadEnd['what'], stage: string, under: string): DeadEnd => ({
  what,
  stage,
  tried: [`left under an order that is: ${under}`],
});

/** @returns visits to come, plans and tasks under an order that is over, or that is with another clinic by now */
export const leftOver = (town: Town): readonly DeadEnd[] => {
  const open = openTasks(town);
  return referralsOf(town).flatMap(({ id, stage, open: isGoingOn, recipient_organization_id: clinic }) => {
    const isOver = CARE_OVER.includes(stage);
    const plan = currentPlanOf(town, id);
    const visits = sessionsOf(town, id).filter(
      (visit) => TO_COME.includes(visit.stage) && (isOver || visit.organization_id !== clinic),
    );
    const asked = open.filter(
      ({ type, referral_id }) => referral_id === id && !ASKED_FOR_STILL.includes(type),
    );
    return [
      ...visits.map((visit) => left('session', visit.stage, stage)),
      ...(plan === undefined || !isOver ? [] : [left('plan', plan.stage, stage)]),
      ...(isGoingOn || stage === 'Draft' ? [] : asked.map(({ type }) => left('task', type, stage))),
    ];
  });
};
