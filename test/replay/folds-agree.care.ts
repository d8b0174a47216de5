/** What can be asked of referrals, plans, sessions and tasks; see folds-agree.world.ts. */
import type { Command } from '@fascia/kernel';
import * as plans from '../../libs/plan/src/domain/plan.scenes.spec-data.js';
import { whoseMove } from '../../libs/referral/src/contract/lifecycle.js';
import * as referrals from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import * as sessions from '../../libs/session/src/domain/session.scenes.spec-data.js';
import { absent, modelOf, person, uuid, world, type Shape, type World } from './folds-agree.world.js';

// Referrals

const { CLINIC, LISTING, OTHER_CLINIC, OTHER_LISTING, POOL_CONTENT } = referrals;
const BOTH = [referrals.listing(LISTING, CLINIC), referrals.listing(OTHER_LISTING, OTHER_CLINIC)];
const sides = [referrals.PHYSICIAN, referrals.COORDINATOR, referrals.STRANGER, referrals.SYSTEM];

const referralCommands: readonly Command[] = [
  ...Object.values(referrals.COMMANDS),
  { ...referrals.COMMANDS.DraftReferral, content: POOL_CONTENT } as Command,
  { ...referrals.COMMANDS.RedirectReferral, target: POOL_CONTENT.target } as Command,
  { ...referrals.COMMANDS.RedirectReferral, target: { kind: 'directed', listingId: LISTING } } as Command,
  { ...referrals.COMMANDS.BookVisit, sessionId: uuid(42) } as Command,
  { ...referrals.COMMANDS.MoveVisit, sessionId: uuid(41) } as Command,
  { ...referrals.COMMANDS.RecordAttendance, sessionId: uuid(41) } as Command,
  { ...referrals.COMMANDS.RecordNoShow, sessionId: uuid(41) } as Command,
  {
    ...referrals.COMMANDS.ReviseReferral,
    content: { ...referrals.CONTENT, requested: { frequencyPerWeek: 1, weeks: 2, visits: 2 } },
  } as Command,
  { ...referrals.COMMANDS.CancelVisit, sessionId: uuid(41) } as Command,
  { ...referrals.COMMANDS.StartTreatment, sessionId: uuid(42) } as Command,
];

const referralWorld = world('referral', {
  ends: [
    'DiscardDraft',
    'WithdrawReferral',
    'VoidReferral',
    'SupersedeReferral',
    'ExpireReferral',
    'ConfirmCancellation',
    'ReportOutcome',
    'DeclineReferral',
    'RedirectReferral',
    'RequestCancellation',
    'HoldReferral',
  ],
  asked: referralCommands.flatMap((command) =>
    sides.flatMap((by) =>
      [BOTH, BOTH.slice(1), BOTH.slice(0, 1)].map((listings) => ({
        command,
        by,
        ...(command.type === 'ExpireReferral' ? { at: '2026-09-01T09:00:00.000Z' } : {}),
        facts: {
          ...referrals.FACTS,
          listings,
          signer: {
            hasNpi: true,
            licensed: true,
            suspended: false,
            practitionerId: by.practitionerId ?? '',
          },
        },
      })),
    ),
  ),
  state: (state) =>
    state.kind === 'placed'
      ? {
          stage: state.phase.stage,
          content: state.content,
          codes: state.diagnosisCodes,
          validUntil: state.validUntil,
          legs: state.legs.map((leg: Shape) => ({
            no: leg.no,
            kind: leg.target.kind,
            listings: leg.target.kind === 'directed' ? [leg.target.listingId] : leg.target.listingIds,
            organizations: leg.organizationIds,
            recipient: absent(leg.recipient?.organizationId),
            recipientListing: absent(leg.recipient?.listingId),
            ended: absent(leg.ended),
          })),
          booked: state.booked,
          missed: [state.missed.consecutive, state.missed.total],
          proposal: absent(state.proposal?.kind),
          revision: state.revisionToAcknowledge,
          holder: absent(state.phase.holder),
          move: whoseMove(state.phase.stage, state.phase.holder),
          reached: reachedIn(state.phase),
        }
      : { stage: state.ended ?? 'Draft', content: state.content },
  row: (row) =>
    row.legs.length > 0
      ? {
          stage: row.stage,
          content: row.content,
          codes: row.diagnosis_codes,
          validUntil: row.valid_until,
          legs: row.legs.map((leg: Shape) => ({
            no: leg.no,
            kind: leg.kind,
            listings: leg.listing_ids,
            organizations: leg.organization_ids,
            recipient: leg.recipient,
            recipientListing: leg.recipient_listing_id,
            ended: leg.ended,
          })),
          booked: row.booked,
          missed: [row.missed.inARow, row.missed.total],
          proposal: row.proposal,
          revision: row.revision_to_acknowledge,
          holder: row.stage === 'OnHold' ? row.holder : null,
          move: row.whose_move,
          reached: shownAsReached(row),
        }
      : { stage: row.stage, content: row.content },
  beside: [
    {
      model: modelOf('care_team'),
      state: (state) => {
        if (state.kind !== 'placed') return { referrer: [], recipient: [], pool: [] };
        const { recipient, target, organizationIds } = state.legs.at(-1);
        return {
          referrer: [state.referrerOrganizationId],
          recipient: recipient === undefined ? [] : [recipient.organizationId],
          pool: recipient === undefined && target.kind === 'pool' ? organizationIds.toSorted() : [],
        };
      },
      rows: (rows) => {
        const now = (relation: string): readonly string[] =>
          rows
            .filter((row) => row.relation === relation && row.until === null)
            .map((row) => row.organization_id as string)
            .toSorted();
        return { referrer: now('referrer'), recipient: now('recipient'), pool: now('pool') };
      },
    },
  ],
});

/** How far the loop has come with the clinic that has the order now. */
const REACHED: Readonly<Record<string, readonly [last: string, ...may: string[]]>> = {
  Sent: ['sent'],
  InTriage: ['received', 'sent'],
  InfoRequested: ['received', 'sent'],
  Accepted: ['accepted', 'sent', 'received'],
  Booked: ['booked', 'sent', 'received', 'accepted'],
  InTreatment: ['firstVisit', 'sent', 'received', 'accepted', 'booked'],
  OutcomeReported: ['outcome', 'sent', 'received', 'accepted', 'booked', 'firstVisit'],
};

const reachedIn = ({ stage }: { readonly stage: string }): string => REACHED[stage]?.[0] ?? 'over or paused';

const shownAsReached = ({ stage, loop }: { readonly stage: string; readonly loop: object }): string => {
  const known = REACHED[stage];
  if (known === undefined) return 'over or paused';
  const beyond = Object.keys(loop).filter((station) => !known.includes(station));
  return beyond.length === 0 && known[0] in loop
    ? known[0]
    : `${known[0]}, but shows ${Object.keys(loop).join()}`;
};

// Plans and sessions

const signed = (content: Shape): Shape => content ?? null;

const planWorld = world('plan', {
  ends: ['DiscontinuePlan'],
  asked: [
    ...Object.values(plans.COMMANDS),
    { ...plans.COMMANDS.ReviewPlan, agree: false, text: 'Fewer visits.' } as Command,
  ].flatMap((command) =>
    [plans.THERAPIST, plans.PHYSICIAN].flatMap((by) =>
      [plans.REFERRAL_FACT, { ...plans.REFERRAL_FACT, payerProfile: 'US-MEDICARE-B' }].map((referral) => ({
        command,
        by,
        facts: { ...plans.FACTS, referral },
        at: plans.AT,
      })),
    ),
  ),
  state: (state) => ({
    stage: state.stage,
    current: !['Completed', 'Discontinued'].includes(state.stage),
    content: state.content,
    payer: state.payerProfile,
    inForce: state.stage === 'Discontinued' ? 'ended' : signed(state.inForce?.content),
    version: state.stage === 'Discontinued' ? 'ended' : (state.inForce?.planVersion ?? 0),
    from: state.stage === 'Discontinued' ? 'ended' : absent(state.certification?.from),
    until: state.stage === 'Discontinued' ? 'ended' : absent(state.certification?.until),
  }),
  row: (row) => ({
    stage: row.stage,
    current: row.current,
    content: row.content,
    payer: row.payer_profile,
    inForce: row.stage === 'Discontinued' ? 'ended' : row.in_force,
    version: row.stage === 'Discontinued' ? 'ended' : row.plan_version,
    from: row.stage === 'Discontinued' ? 'ended' : row.certified_from,
    until: row.stage === 'Discontinued' ? 'ended' : row.certified_until,
  }),
});

/** Of a visit that is entered late. */
const LONG_AGO = { start: '2026-04-01T07:00:00.000Z', end: '2026-04-01T08:00:00.000Z' };

const sessionWorld = world('session', {
  ends: ['CancelSession', 'MarkNoShow', 'StopSession', 'RescheduleSession'],
  asked: [
    ...Object.values(sessions.COMMANDS),
    { ...sessions.COMMANDS.RescheduleSession, therapistId: uuid(93) } as Command,
    { ...sessions.COMMANDS.RecordPreScreen, flags: ['F10'] } as Command,
    { ...sessions.COMMANDS.SignSession, reason: 'On leave.' } as Command,
    { ...sessions.COMMANDS.ScheduleSession, ...LONG_AGO, lateReason: 'The system was away.' } as Command,
  ].flatMap((command) =>
    [sessions.THERAPIST, sessions.COLLEAGUE].map((by) => ({
      command,
      by,
      facts: {
        ...sessions.FACTS,
        referral: { ...sessions.REFERRAL_FACT, accepted: [{ from: LONG_AGO.start }] },
      },
      at: sessions.atFor(command.type as Parameters<typeof sessions.atFor>[0]),
    })),
  ),
  state: (state) => ({
    stage: state.stage,
    kind: state.kind,
    therapist: state.therapistId,
    late: state.enteredLate,
    start: state.performed === undefined ? state.start : 'took place',
    end: state.performed?.end ?? state.end,
    interventions: state.interventions,
    preScreen: absent(state.preScreen?.nprsPre),
    amendments: (state.amendments ?? []).map(({ text }: Shape) => text),
  }),
  row: (row) => ({
    stage: row.stage,
    kind: row.kind,
    therapist: row.therapist_id,
    late: row.late_entry !== null,
    start: row.minutes === null ? row.start_at : 'took place',
    end: row.end_at,
    interventions: row.interventions,
    preScreen: row.nprs_pre,
    amendments: row.amendments.map(({ text }: Shape) => text),
  }),
});

// Tasks

const THERAPIST = person('therapist', 2, 92);
const COLLEAGUE = person('therapist', 2, 93);
const assignedTo = (practitionerId?: string) => ({
  organizationIds: [uuid(2)],
  roles: ['therapist'],
  ...(practitionerId === undefined ? {} : { practitionerId }),
});

const taskCommands = [undefined, uuid(93)].flatMap((practitionerId): readonly Command[] => [
  {
    type: 'CreateTask',
    taskType: 'TRIAGE',
    patientId: uuid(10),
    subject: { category: 'referral', id: uuid(20) },
    assignment: assignedTo(practitionerId),
    priority: 'routine',
  } as Command,
  { type: 'ReassignTask', ...assignedTo(practitionerId) },
]);

const taskWorld = world('task', {
  asked: [
    ...taskCommands,
    ...['ClaimTask', 'CompleteTask'].map((type) => ({ type })),
    ...['ReleaseTask', 'CancelTask'].map((type) => ({ type, reason: 'Ill.' })),
    ...[{}, { dueAt: '2026-04-03T09:00:00.000Z' }].map((due) => ({ type: 'SetTaskDue', ...due })),
  ].flatMap((command) => [THERAPIST, COLLEAGUE].map((by) => ({ command, by, facts: {} }))),
  state: (state) => ({
    stage: state.stage,
    organizations: state.assignment.organizationIds,
    roles: state.assignment.roles,
    practitioner: absent(state.claimedBy?.practitionerId ?? state.assignment.practitionerId),
    due: absent(state.dueAt),
  }),
  row: (row) => ({
    stage: row.status,
    organizations: row.organization_ids,
    roles: row.roles,
    practitioner: row.practitioner_id,
    due: row.due_at,
  }),
});

export const CARE_WORLDS: readonly World[] = [referralWorld, planWorld, sessionWorld, taskWorld];
