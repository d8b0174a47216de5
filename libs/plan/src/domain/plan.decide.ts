/**
 * The decisions about a plan. First the table (is this move in a row from here?), then the rules of the command.
 * Who may do it is decided by the access policy before; a rule here never asks for a role.
 */
import { payerProfile } from '@fascia/clinical';
import { allTold, decidesBy, happened, type Handlers } from '@fascia/kernel';
import type { PlanCommand, PlanCommandOf, PlanCommandType } from '../contract/commands.js';
import type { PlanContent } from '../contract/content.js';
import type { PlanEvent } from '../contract/events.js';
import { planLifecycle, type PlanStage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';
import { certify } from './certification.js';
import type { Answer, Context } from './deciding.js';
import type { PlanFacts } from './facts.js';
import { stageOf, type PlanState, type PlanUnderWay } from './plan.js';
import { completed } from './complete-content.js';
import { establishGuards, missingParts, referralIsActive, sharingIsOpen } from './plan.policies.js';

type Placed = Exclude<PlanState, { stage: 'none' }>;

const illegal = (command: PlanCommandType, from: PlanStage): Answer =>
  refuse('PLAN_ILLEGAL_TRANSITION', `A plan that is ${from} does not take ${command}.`, {
    about: { from, command },
  });

/** For commands whose rows all start from a plan that exists. */
const existing =
  <C extends PlanCommand>(decide: (command: C, state: Placed, context: Context) => Answer) =>
  (command: C, state: PlanState, context: Context): Answer =>
    state.stage === 'none' ? illegal(command.type, stageOf(state)) : decide(command, state, context);

/** For commands whose rows all start from a plan that was signed. */
const signed =
  <C extends PlanCommand>(decide: (command: C, state: PlanUnderWay, context: Context) => Answer) =>
  (command: C, state: PlanState, context: Context): Answer =>
    'inForce' in state ? decide(command, state, context) : illegal(command.type, stageOf(state));

/** The order of keys says nothing: stored JSON is sorted, a request is as it was typed. */
const canonical = (content: PlanContent): string =>
  JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const draft = (
  { referralId, content }: PlanCommandOf<'DraftPlan'>,
  _state: PlanState,
  { facts }: Context,
): Answer => {
  const { referral } = facts;
  if (referral === undefined)
    return refuse('REFERRAL_UNKNOWN', 'There is no such referral with a recipient.', {
      pointer: '/referralId',
    });
  const inactive = referralIsActive(content, facts);
  if (inactive !== undefined) return { ok: false, refusal: { ...inactive, pointer: '/referralId' } };
  const closed = sharingIsOpen(content, facts);
  if (closed !== undefined) return { ok: false, refusal: closed };
  const { patientId, organizationId, referrerOrganizationId, payerProfile: profile } = referral;
  return happened({
    type: 'PlanDrafted',
    data: { referralId, patientId, organizationId, referrerOrganizationId, payerProfile: profile, content },
  });
};

const edit = ({ content }: PlanCommandOf<'EditPlan'>, state: Placed, { facts }: Context): Answer => {
  if (canonical(content) === canonical(state.content)) return happened();
  const closed = sharingIsOpen(content, facts);
  return closed === undefined
    ? happened({ type: 'PlanEdited', data: { content } })
    : { ok: false, refusal: closed };
};

const establish = (
  _command: PlanCommandOf<'EstablishPlan'>,
  state: Placed,
  { at, facts }: Context,
): Answer => {
  // All at once: whoever writes a plan puts right everything that is wrong with it.
  const refusal = allTold(establishGuards.flatMap((guard) => guard(state.content, facts) ?? []));
  if (refusal !== undefined) return { ok: false, refusal };
  const content = completed(state.content);
  const { referral, signer } = facts;
  if (content === undefined || referral === undefined || signer === undefined) {
    return refuse('PLAN_INCOMPLETE', 'The plan lacks parts that it needs.', {
      about: { missing: missingParts(state.content) },
    });
  }
  const profile = payerProfile(referral.payerProfile);
  return happened({
    type: 'PlanEstablished',
    data: {
      planVersion: 'inForce' in state ? state.inForce.planVersion + 1 : 1,
      content,
      payerProfile: referral.payerProfile,
      profileVersion: profile.version,
      needsCertification: profile.certification !== undefined,
      signature: { practitionerId: signer.practitionerId, at },
    },
  });
};

const submit = ({ channel, proofRef }: PlanCommandOf<'SubmitPlan'>, state: Placed): Answer =>
  happened({
    type: 'PlanSubmitted',
    data: {
      toOrganizationId: state.referrerOrganizationId,
      channel,
      ...(proofRef === undefined ? {} : { proofRef }),
    },
  });

/** Agreement holds nothing up where certification is off; a wish for changes is answered by a new version. */
const review = ({ agree, text }: PlanCommandOf<'ReviewPlan'>, state: PlanUnderWay): Answer => {
  const { planVersion } = state.inForce;
  if (agree) {
    return state.agreed
      ? happened()
      : happened({
          type: 'PlanReviewed',
          data: { planVersion, agree, ...(text === undefined ? {} : { text }) },
        });
  }
  if (text === undefined)
    return refuse('PLAN_CHANGES_UNSTATED', 'Say what should change (text).', { pointer: '/text' });
  return happened<PlanEvent>(
    { type: 'PlanReviewed', data: { planVersion, agree, text } },
    { type: 'PlanChangesRequested', data: { text } },
  );
};

const handlers: Handlers<PlanState, PlanCommand, PlanEvent, PlanFacts> = {
  DraftPlan: draft,
  EditPlan: existing(edit),
  EstablishPlan: existing(establish),
  SubmitPlan: existing(submit),
  ReviewPlan: signed(review),
  CertifyPlan: signed(certify),
  CompletePlan: () => happened({ type: 'PlanCompleted', data: {} }),
  DiscontinuePlan: ({ reason }) => happened({ type: 'PlanDiscontinued', data: { reason } }),
};

export const decide = decidesBy(planLifecycle, { stageOf, handlers, illegal });
