/** Where somebody has to act, somebody who is there is asked; and where an order is over, nobody is kept busy with it. */
import { taskModel, type TaskRow } from '@fascia/task';
import { currentPlanOf, flagsStanding, referralsOf, sessionsOf, type Town } from './dead-ends.moves.js';
import type { DeadEnd } from './dead-ends.staff.js';

/** By stage of a referral. On hold, booked and in treatment nobody is asked for the next step: no task says it. */
const ASKED_IN: Readonly<Record<string, TaskRow['type']>> = {
  Sent: 'TRIAGE',
  InTriage: 'TRIAGE',
  InfoRequested: 'ANSWER_INFO',
  Declined: 'HANDLE_DECLINE',
  CancelRequested: 'CONFIRM_CANCELLATION',
  OutcomeReported: 'ACK_OUTCOME',
};

const isOpen = ({ status }: TaskRow): boolean => status === 'offered' || status === 'claimed';

const isSomebodys = ({ people }: Town, task: TaskRow): boolean =>
  people.some(
    ({ role, organizationId, practitionerId }) =>
      task.roles.includes(role) &&
      task.organization_ids.includes(organizationId) &&
      (task.practitioner_id === null || task.practitioner_id === practitionerId),
  );

/** @returns who waits for something that nobody is asked for, and tasks of nobody */
export const nobodyAsked = (town: Town): readonly DeadEnd[] => {
  const open = town.world.tables.all<TaskRow>(taskModel).filter(isOpen);
  const isAsked = (task: TaskRow['type'], id: string): boolean =>
    open.some(({ type, subject_id }) => type === task && subject_id === id);
  const waits = (
    what: DeadEnd['what'],
    stage: string,
    task: TaskRow['type'],
    id: string,
  ): readonly DeadEnd[] =>
    isAsked(task, id) ? [] : [{ what, stage, tried: [`nobody is asked for: ${task}`] }];
  const referrals = referralsOf(town);
  return [
    ...open
      .filter((task) => !isSomebodys(town, task))
      .map(({ type, status }): DeadEnd => ({ what: 'task', stage: status, tried: [`of nobody: ${type}`] })),
    ...referrals.flatMap(({ id, stage }) => {
      const task = ASKED_IN[stage];
      return task === undefined ? [] : waits('referral', stage, task, id);
    }),
    ...referrals
      .filter((row) => row.open && row.proposal !== null)
      .flatMap(({ id, stage }) => waits('referral', stage, 'ANSWER_PROPOSAL', id)),
    ...referrals
      .flatMap(({ id }) => sessionsOf(town, id))
      .filter(({ stage }) => stage === 'Performed')
      .flatMap(({ id, stage }) => waits('session', stage, 'SIGN_SESSION', id)),
    ...flagsStanding(town)
      .filter(({ status, referral_id }) => status === 'open' && referral_id !== null)
      .flatMap(({ id, status }) => waits('flag', status, 'RED_FLAG_REVIEW', id)),
  ];
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
const ASKED_FOR_STILL: readonly TaskRow['type'][] = ['SIGN_SESSION', 'RED_FLAG_REVIEW', 'GENERAL'];

const left = (what: DeadEnd['what'], stage: string, under: string): DeadEnd => ({
  what,
  stage,
  tried: [`left under an order that is: ${under}`],
});

/** @returns visits to come, plans and tasks under an order that is over, or that is with another clinic by now */
export const leftOver = (town: Town): readonly DeadEnd[] => {
  const open = town.world.tables.all<TaskRow>(taskModel).filter(isOpen);
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
