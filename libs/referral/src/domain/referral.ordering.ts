/** What an order says: the first draft, and a revision of what was sent. Rows 1 and 29a of the transition table. */
import { happened, sameInAnyOrder } from '@fascia/kernel';
import { BEFORE_OUTCOME } from '../contract/lifecycle.js';
import { MATERIAL_PARTS, type OrderContent, type Target } from '../contract/order.js';
import type { ReferralCommandOf } from '../contract/commands.js';
import { refuse } from '../contract/refusals.js';
import { signatureOf, type Answer, type Context, type Placed } from './deciding.js';
import type { ReferralFacts } from './facts.js';
import { currentLeg, stageOf, type Draft, type ReferralState } from './referral.state.js';
import { patientIsCurrent, patientLives, whyNotRevised } from './referral.policies.js';

export const draftReferral = (
  command: ReferralCommandOf<'DraftReferral'>,
  _state: ReferralState,
  { by, facts }: Context,
): Answer => {
  const { patientId, content } = command;
  if (facts.patient === undefined)
    return refuse('PATIENT_UNKNOWN', 'There is no such patient.', { pointer: '/patientId' });
  const refusal = patientIsCurrent(undefined, facts) ?? patientLives(undefined, facts);
  if (refusal !== undefined) return { ok: false, refusal };
  return happened({
    type: 'ReferralDrafted',
    data: { patientId, referrerOrganizationId: by.organizationId ?? '', content },
  });
};

const isMaterial = (before: OrderContent, after: OrderContent): boolean =>
  MATERIAL_PARTS.some((part) => !sameInAnyOrder(before[part], after[part]));

/** One of a pool has claimed it, or it went on to another clinic: whom it was for first is asked nothing. */
const whoHasIt = (state: Placed): Target => {
  const { recipient, target } = currentLeg(state);
  return recipient === undefined ? target : { kind: 'directed', listingId: recipient.listingId };
};

/** Who has taken the patient on is not asked again whether there is room for somebody new. */
const askedAgain = (state: Placed, { listings }: ReferralFacts): ReferralFacts['listings'] =>
  BEFORE_OUTCOME.includes(stageOf(state))
    ? listings.map((listing) => ({ ...listing, published: true, capacity: 'open' }))
    : listings;

export const revise = (
  command: ReferralCommandOf<'ReviseReferral'>,
  state: Placed,
  context: Context,
): Answer => {
  const { target } = state.content;
  const content: OrderContent = { ...command.content, ...(target === undefined ? {} : { target }) };
  const draft: Draft = { ...state, content: { ...content, target: whoHasIt(state) } };
  const refusal = whyNotRevised(draft, { ...context.facts, listings: askedAgain(state, context.facts) });
  if (refusal !== undefined) return { ok: false, refusal };
  return happened({
    type: 'ReferralRevised',
    data: {
      content,
      reason: command.reason,
      material: isMaterial(state.content, content),
      signature: signatureOf(context),
    },
  });
};
