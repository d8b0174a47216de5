/**
 * The rules at sending, by the names a clinician knows them by (guards G1-G6, docs/domain/referral.md#guards). Each answers
 * nothing, or why not; `sendGuards` is the whole list, in the order in which people are told all of it.
 */
import {
  isRegion,
  mayPerform,
  payerProfile,
  siteFault,
  siteKey,
  wholeYearsOn,
  type BodySite,
} from '@fascia/clinical';
import {
  coversTreatmentBy,
  FACTS_UNASSIGNED,
  isSharingClosed,
  mergedRefusal,
  PATIENT_DECEASED,
  replacedRefusal,
  SHARING_CLOSED,
} from '@fascia/directory/contract';
import { allTold } from '@fascia/kernel';
import type { OrderContent, Target } from '../contract/order.js';
import type { ReferralRefusal } from '../contract/refusals.js';
import type { Draft } from './referral.state.js';
import type { ListingFact, ReferralFacts } from './facts.js';
import { attachmentsAreFiled } from './referral.documents.js';
import { fitOf, type Misfit, type Wanted } from './referral.fit.js';
import { concerns, orderFitsDiagnoses, usableDiagnoses } from './referral.places.js';
import {
  careIsNotContraindicated,
  precautionsAreKnown,
  precautionsAreSettled,
  noFlagIsOpen,
  preferredTechniquesAreAllowed,
  screeningIsAnswered,
  screeningIsSettled,
} from './referral.safety.js';

type Guard = (draft: Draft, facts: ReferralFacts) => ReferralRefusal | undefined;
type ManyGuard = (draft: Draft, facts: ReferralFacts) => readonly ReferralRefusal[];

const missingParts = (draft: Draft, facts: ReferralFacts): readonly string[] => {
  const { content } = draft;
  const provisional = usableDiagnoses(draft, facts).some(
    ({ verification }) => verification === 'provisional',
  );
  const parts: readonly (readonly [string, boolean])[] = [
    ['/content/priority', content.priority !== undefined],
    ['/content/service', content.service !== undefined],
    ['/content/target', content.target !== undefined],
    ['/content/sites', (content.sites?.length ?? 0) > 0],
    ['/content/diagnosisIds', (content.diagnosisIds?.length ?? 0) > 0],
    ['/content/onset', content.onset !== undefined],
    ['/content/clinicalQuestion', content.clinicalQuestion !== undefined || (content.goals?.length ?? 0) > 0],
    ['/content/precautions', content.precautions !== undefined],
    ['/content/requested', content.requested !== undefined],
    ['/content/payer', content.payer !== undefined],
    ['/content/suspicion', !provisional || content.suspicion !== undefined],
  ];
  return parts.filter(([, present]) => !present).map(([pointer]) => pointer);
};

/** What is wrong with the form of an order's content, whatever its stage: each place once, each with the sides it has. */
export const contentFault = (content: OrderContent): ReferralRefusal | undefined => {
  const sites = content.sites ?? [];
  const faulty = sites.findIndex(
    (site) => !isRegion(site.region) || siteFault(site as BodySite) !== undefined,
  );
  if (faulty >= 0) {
    return {
      code: 'SITE_INVALID',
      detail: 'A site names a region, and left, right or both where the region has sides.',
      pointer: `/content/sites/${String(faulty)}`,
    };
  }
  return new Set(sites.map((site) => siteKey(site as BodySite))).size === sites.length
    ? undefined
    : { code: 'SITE_REPEATED', detail: 'Every region and side is named once.', pointer: '/content/sites' };
};

/** G1: the minimum data set. */
const hasMinimumDataSet: Guard = (draft, facts) => {
  const missing = missingParts(draft, facts);
  return missing.length === 0
    ? undefined
    : {
        code: 'REFERRAL_INCOMPLETE',
        detail: 'The referral lacks parts that every recipient needs; edit the draft and send again.',
        about: { missing },
      };
};

const signerHasNpi: Guard = (_draft, { signer }) =>
  signer?.hasNpi === true
    ? undefined
    : {
        code: 'SIGNER_WITHOUT_NPI',
        detail: 'A referral is signed by a practitioner with a National Provider Identifier.',
      };

export const signerMaySign: Guard = (_draft, { signer }) =>
  signer?.licensed === true && !signer.suspended
    ? undefined
    : {
        code: 'SIGNER_NOT_LICENSED',
        detail: 'The signature needs a licence that is valid today and not suspended.',
      };

type OfPatient = Pick<ReferralFacts, 'patient'>;

/** Nothing is begun for a record that was merged away, or that its source has replaced; what was sent before goes on. */
export const patientIsCurrent = (_draft: unknown, { patient }: OfPatient): ReferralRefusal | undefined => {
  if (patient?.mergedInto !== undefined) return mergedRefusal(patient.mergedInto);
  return patient?.replacedById === undefined ? undefined : replacedRefusal(patient.replacedById);
};

export const patientLives = (_draft: unknown, { patient }: OfPatient): ReferralRefusal | undefined =>
  patient?.deceased === true ? PATIENT_DECEASED : undefined;

/** Nobody orders on what may be somebody else's, or without what may be theirs. */
const factsAreAssigned: Guard = (_draft, { patient }) =>
  (patient?.unassigned ?? 0) === 0 ? undefined : FACTS_UNASSIGNED;

/** What a recipient goes on with: the patient's last word counts, also after the order was sent. */
export const sharingIsOpen = (
  organizationId: string,
  { consents }: Pick<ReferralFacts, 'consents'>,
): ReferralRefusal | undefined => (isSharingClosed(consents, organizationId) ? SHARING_CLOSED : undefined);

/** G2: why sharing is lawful. A restriction or a withdrawal blocks whatever the profile says. */
const sharingIsLawful: Guard = (_draft, facts) => {
  const recipients = facts.listings.map((listing) => listing.organizationId);
  const closed = recipients.map((id) => sharingIsOpen(id, facts)).find((answer) => answer !== undefined);
  if (closed !== undefined) return closed;
  if (facts.profile.basis === 'TREATMENT') return undefined;
  const uncovered = recipients.filter(
    (organizationId) => consentsCovering(facts, organizationId).length === 0,
  );
  return uncovered.length === 0
    ? undefined
    : {
        code: 'CONSENT_MISSING',
        detail: 'An active consent for treatment must cover every recipient organisation.',
        about: { organizationIds: uncovered },
      };
};

export const consentsCovering = (facts: ReferralFacts, organizationId: string): readonly string[] =>
  facts.consents
    .filter((consent) => coversTreatmentBy(consent, organizationId))
    .map((consent) => consent.consentId);

/** G3: a diagnosis that is confirmed or provisional, of this patient. */
const diagnosesSupportReferral: Guard = (draft, facts) => {
  const usable = usableDiagnoses(draft, facts);
  const unusable = (draft.content.diagnosisIds ?? []).filter(
    (id) => !usable.some((diagnosis) => diagnosis.diagnosisId === id),
  );
  return unusable.length === 0
    ? undefined
    : {
        code: 'REFERRAL_DIAGNOSIS_INVALID',
        detail:
          "Every diagnosis of a referral is this patient's and confirmed or provisional; refuted or resolved ones are taken out.",
        pointer: '/content/diagnosisIds',
        about: { diagnosisIds: unusable },
      };
};

/** G3: none, named or on file, that STM must never meet. */
const noCodeBounces: Guard = (draft, facts) => {
  const onFile = facts.hazards.filter(
    ({ scope, place }) => scope === 'whole' || concerns(draft.content, place),
  );
  const named = usableDiagnoses(draft, facts).filter(({ bounces }) => bounces);
  const bouncing = [...new Set([...named, ...onFile].map(({ code }) => code))];
  return bouncing.length === 0
    ? undefined
    : {
        code: 'REFERRAL_CODE_BOUNCES',
        detail:
          'A condition with this code, in the order or on file, is not for soft-tissue mobilization: it needs medical care first.',
        about: { codes: bouncing },
      };
};

/** Why a listing does not fit an order today; nothing when it does. */
export const misfit = (
  listing: ListingFact,
  content: OrderContent,
  facts: ReferralFacts,
): Misfit | undefined => {
  const payer = content.payer?.profile ?? 'SELF-PAY';
  const wanted: Wanted = {
    service: content.service?.code ?? 'STM',
    regions: (content.sites ?? []).map((site) => site.region),
    age: facts.patient === undefined ? undefined : wholeYearsOn(facts.patient.birthDate, listing.today),
    payer,
    mayTreat: mayPerform(payerProfile(payer), listing.performers),
  };
  return fitOf(listing, wanted).find(({ fits }) => !fits)?.what;
};

const WHY: Readonly<Record<Misfit, string>> = {
  'not-published': 'it is not listed (any more)',
  service: 'it does not offer the service',
  region: 'it does not treat the region',
  age: 'the patient is outside its age band',
  payer: 'it does not take the payer',
  performer: 'nobody licensed there today may treat under this payer profile',
  capacity: 'it takes no new patients at present',
};

export const recipientUnfit = (why: Misfit, listingId: string): ReferralRefusal => ({
  code: 'REFERRAL_RECIPIENT_UNFIT',
  detail: `The recipient does not fit: ${WHY[why]}. Choose another listing, or change the order.`,
  pointer: '/content/target',
  about: { listingId, why },
});

/** Whom a target may name. */
const listingIdsOf = (target: Target | undefined): readonly string[] =>
  target === undefined ? [] : target.kind === 'directed' ? [target.listingId] : target.listingIds;

/** G5: every listing of the target fits. */
const recipientsFit: ManyGuard = ({ content }, facts) =>
  listingIdsOf(content.target).flatMap((listingId) => {
    const listing = facts.listings.find((known) => known.listingId === listingId);
    const why = listing === undefined ? 'not-published' : misfit(listing, content, facts);
    return why === undefined ? [] : recipientUnfit(why, listingId);
  });

export const duplicateRefusal = (referralIds: readonly string[]): ReferralRefusal => ({
  code: 'REFERRAL_DUPLICATE',
  detail:
    'The patient has another open referral for this service and region; say why both are needed, or use that one.',
  pointer: '/content/duplicateOverrideReason',
  about: { referralIds },
});

/** G6: no other open referral for the same service and an overlapping region. */
const isNoDuplicate: Guard = ({ content }, { duplicates }) =>
  duplicates.length === 0 || content.duplicateOverrideReason !== undefined
    ? undefined
    : duplicateRefusal(duplicates);

/** Of what an order says, sent or revised. */
const orderGuards: readonly (Guard | ManyGuard)[] = [
  patientLives,
  hasMinimumDataSet,
  signerHasNpi,
  signerMaySign,
  sharingIsLawful,
  diagnosesSupportReferral,
  noCodeBounces,
  orderFitsDiagnoses,
  screeningIsAnswered,
  noFlagIsOpen,
  screeningIsSettled,
  precautionsAreKnown,
  preferredTechniquesAreAllowed,
  attachmentsAreFiled,
  recipientsFit,
  isNoDuplicate,
];

/** An order under way is revised also to say what now closes the care. */
const sendGuards: readonly (Guard | ManyGuard)[] = [
  patientIsCurrent,
  factsAreAssigned,
  ...orderGuards,
  precautionsAreSettled,
  careIsNotContraindicated,
];

/** All that stands in an order's way is told at once: whoever sends puts it right in one go. */
const asked =
  (guards: readonly (Guard | ManyGuard)[]) =>
  (draft: Draft, facts: ReferralFacts): ReferralRefusal | undefined =>
    allTold(guards.flatMap((guard) => guard(draft, facts) ?? []));

export const whyNotSent = asked(sendGuards);
export const whyNotRedirected = asked([recipientsFit, patientLives, sharingIsLawful]);
export const whyNotRevised = asked(orderGuards);
