/** What an order says: the first draft, and a revision of what was sent. Rows 1 and 29a of the transition table. */
import { happened, sameInAnyOrder } from '@fascia/kernel';
import type { OrderContent } from '../contract/order.js';
import type { ReferralCommandOf } from '../contract/commands.js';
import { refuse } from '../contract/refusals.js';
import { signatureOf, type Answer, type Context, type Placed } from './deciding.js';
import type { Draft, ReferralState } from './referral.state.js';
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

/** What makes a revision material: the recipient must look again (docs/domain/referral.md#revision). */
const isMaterial = (before: OrderContent, after: OrderContent): boolean =>
  (['diagnosisIds', 'sites', 'precautions', 'requested'] as const).some(
    (part) => !sameInAnyOrder(before[part], after[part]),
  );

export const revise = (
  command: ReferralCommandOf<'ReviseReferral'>,
  state: Placed,
  context: Context,
): Answer => {
  const { target } = state.content;
  const content: OrderContent = { ...command.content, ...(target === undefined ? {} : { target }) };
  const draft: Draft = { ...state, content };
  const refusal = whyNotRevised(draft, context.facts);
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
