/** What commands of a referral name, and what each of it has to be. */
import { isKeptNowhere, isListed, ofPatient } from '@fascia/directory';
import type { ReferencesOf } from '@fascia/kernel';
import { isFlagToldOf } from '@fascia/safety';
import type { FactTools, Naming, Reference, View } from '@fascia/write-door';
import type { REFERRAL_COMMANDS, ReferralCommand } from '../contract/commands.js';
import type { ReferralEvent } from '../contract/events.js';
import type { ReferralState } from '../domain/referral.state.js';
import { underCare } from '../domain/under-care.js';

const content = {
  'content.target.listingId': isListed,
  'content.target.listingIds': isListed,
  'content.diagnosisIds': ofPatient('diagnosis'),
  'content.payer.authorizationId': isKeptNowhere,
  'content.attachments.documentId': ofPatient('document'),
} as const;

const referrerOf: View<ReferralState, ReferralEvent, string | undefined> = {
  folds: underCare.folds,
  of: (state) => (state.kind === 'none' ? undefined : state.referrerOrganizationId),
};

const isTheirs = ofPatient('referral');

/**
 * An order of the same patient from the same practice, not itself; or one that is still to come, under the id that will be brought for
 * it: as with everything that is made, such an id is free or taken.
 */
const replaces = async (
  naming: Naming<ReferralState, ReferralCommand>,
  tools: FactTools,
): Promise<boolean> => {
  const { named, id, state } = naming;
  if (named === id) return false;
  const referrer = await tools.view(referrerOf, named);
  if (referrer === undefined) return true;
  return state.kind !== 'none' && referrer === state.referrerOrganizationId && isTheirs(naming, tools);
};

export const referralReferences = {
  DraftReferral: { patientId: 'access', ...content },
  EditDraft: content,
  ReviseReferral: content,
  // Of those of the pool that are their own.
  ClaimReferral: { listingId: 'rule' },
  SupplyInformation: { 'answers.documentId': ofPatient('document') },
  DeclineReferral: { flagIds: isFlagToldOf },
  ProposeRedirect: { listingId: isListed },
  RedirectReferral: { 'target.listingId': isListed, 'target.listingIds': isListed },
  SendInterimNote: { documentId: ofPatient('document') },
  PostMessage: { documentId: ofPatient('document') },
  SupersedeReferral: { replacementId: replaces },
} satisfies ReferencesOf<typeof REFERRAL_COMMANDS, Reference<ReferralState, ReferralCommand>>;
