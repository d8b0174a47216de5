/** Every refusal beside the table, one situation each; and what the guards let pass. */
import { gist, given, past } from '@fascia/testkit';
import type { Fact } from '@fascia/kernel';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import type { OrderContent } from '../contract/order.js';
import type { ReferralCommand } from './commands.js';
import type { ReferralFacts } from './facts.js';
import { decide } from './referral.decide.js';
import { evolve } from './referral.js';
import { stageOf } from './referral.state.js';
import {
  CLINIC, COMMANDS, CONTENT, COORDINATOR, DIAGNOSIS, FACTS, FLAG, listing, LISTING, OTHER_CLINIC, OTHER_LISTING, PATIENT, PHYSICIAN,
  POOL_CLAIMED, POOL_SENT, SCENES, SESSION, STRANGER, THERAPIST,
} from './referral.scenes.spec-data.js';

const decider = { category: 'referral', initial: { kind: 'none' }, evolve, decide, stage: stageOf } as const;

type History = readonly Fact<ReferralEvent>[];
interface Situation {
  readonly history: History;
  readonly command: ReferralCommand;
  readonly facts?: Partial<ReferralFacts>;
  readonly by?: typeof PHYSICIAN;
  readonly at?: string;
}

const answer = ({ history, command, facts = {}, by = PHYSICIAN, at = '2026-04-01T10:00:00.000Z' }: Situation): string | readonly string[] =>
  gist(given(decider, REFERRAL_CONTRACT, ...history).when(command, { facts: { ...FACTS, ...facts }, by, at }));

const draftOf = (content: OrderContent): History => [
  past({ type: 'ReferralDrafted', data: { patientId: PATIENT, referrerOrganizationId: PHYSICIAN.organizationId ?? '', content } }, PHYSICIAN),
];

const without = (part: keyof OrderContent): OrderContent => {
  const { [part]: _gone, ...rest } = CONTENT;
  return rest;
};

const send = (facts: Partial<ReferralFacts>, content: OrderContent = CONTENT): Situation => ({ history: draftOf(content), command: COMMANDS.SendReferral, facts });

describe('sending', () => {
  it.each([
    'priority', 'service', 'sites', 'diagnosisIds', 'onset', 'clinicalQuestion', 'precautions', 'requested', 'payer', 'target',
  ] as const)('G1: is refused without %s', (part) => {
    expect(answer(send({}, without(part)))).toBe('REFERRAL_INCOMPLETE');
  });

  const provisional = { diagnosisId: DIAGNOSIS, patientId: PATIENT, code: 'M75.21', verification: 'provisional', bounces: false };
  const consent = (kind: 'granted' | 'restricted' | 'withdrawn', organizationIds: string[]) => [{ consentId: FLAG, kind, purposes: ['TREAT'], organizationIds }];
  const explicit = { ...FACTS.profile, basis: 'EXPLICIT' as const };
  const openFlag = [{ flagId: FLAG, catalogueId: 'F01', urgency: 'emergency', open: true }];
  const signer = { practitionerId: PHYSICIAN.practitionerId ?? '', hasNpi: true, licensed: true, suspended: false };

  it.each<[string, Partial<ReferralFacts>, string]>([
    ['a provisional diagnosis without the reason for the suspicion', { diagnoses: [provisional] }, 'REFERRAL_INCOMPLETE'],
    ['a signer without an NPI', { signer: { ...signer, hasNpi: false } }, 'SIGNER_WITHOUT_NPI'],
    ['a signer whose licence is over', { signer: { ...signer, licensed: false } }, 'SIGNER_NOT_LICENSED'],
    ['a suspended signer', { signer: { ...signer, suspended: true } }, 'SIGNER_NOT_LICENSED'],
    ['a patient record that was merged', { patient: { birthDate: '1980-05-05', mergedInto: FLAG } }, 'PATIENT_MERGED'],
    ['G2: sharing with the recipient restricted', { consents: consent('restricted', [CLINIC]) }, 'CONSENT_WITHDRAWN'],
    ['G2: all sharing withdrawn', { consents: consent('withdrawn', []) }, 'CONSENT_WITHDRAWN'],
    ['G2: explicit profile and no consent', { profile: explicit }, 'CONSENT_MISSING'],
    ['G2: explicit profile and consent for another organisation', { profile: explicit, consents: consent('granted', [OTHER_CLINIC]) }, 'CONSENT_MISSING'],
    ['G3: a refuted diagnosis', { diagnoses: [{ ...provisional, verification: 'refuted' }] }, 'REFERRAL_DIAGNOSIS_INVALID'],
    ['G3: another patient\'s diagnosis', { diagnoses: [{ ...provisional, verification: 'confirmed', patientId: FLAG }] }, 'REFERRAL_DIAGNOSIS_INVALID'],
    ['G3: a code that bounces on sight', { diagnoses: [{ ...provisional, verification: 'confirmed', code: 'M72.6', bounces: true }] }, 'REFERRAL_CODE_BOUNCES'],
    ['G4: an open red flag', { flags: openFlag }, 'REFERRAL_FLAG_OPEN'],
    ['G5: a listing that is gone', { listings: [] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: a withdrawn listing', { listings: [listing(LISTING, CLINIC, { published: false })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: another service', { listings: [listing(LISTING, CLINIC, { services: ['YOGA'] })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: another region', { listings: [listing(LISTING, CLINIC, { regions: ['knee'] })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: too young for the listing', { listings: [listing(LISTING, CLINIC, { ageMin: 60 })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: too old for the listing', { listings: [listing(LISTING, CLINIC, { ageMax: 40 })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: a payer not taken', { listings: [listing(LISTING, CLINIC, { payers: ['US-MEDICARE-B'] })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: nobody licensed to treat', { listings: [listing(LISTING, CLINIC, { performers: [] })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G5: no capacity', { listings: [listing(LISTING, CLINIC, { capacity: 'closed' })] }, 'REFERRAL_RECIPIENT_UNFIT'],
    ['G6: another open referral for the place', { duplicates: [FLAG] }, 'REFERRAL_DUPLICATE'],
  ])('is refused with %s', (_what, facts, code) => {
    expect(answer(send(facts))).toBe(code);
  });

  it('G4: is refused while a screening question is open, unknown, or answered with yes', () => {
    const screening = (answerTo: 'yes' | 'unknown') => [...(CONTENT.screening ?? []).slice(1), { flagId: 'F01', answer: answerTo }];
    expect(answer(send({}, { ...CONTENT, screening: (CONTENT.screening ?? []).slice(1) }))).toBe('REFERRAL_SCREENING_UNANSWERED');
    expect(answer(send({}, { ...CONTENT, screening: screening('unknown') }))).toBe('REFERRAL_SCREENING_UNANSWERED');
    expect(answer(send({}, { ...CONTENT, screening: screening('yes') }))).toBe('REFERRAL_SCREENING_POSITIVE');
    const settled = [{ flagId: FLAG, catalogueId: 'F01', urgency: 'emergency', open: false }];
    expect(answer(send({ flags: settled }, { ...CONTENT, screening: screening('yes') }))).toEqual(['ReferralSent']);
  });

  it('is refused when the referral would be over before it starts', () => {
    expect(answer(send({}, { ...CONTENT, validUntil: '2026-03-01' }))).toBe('REFERRAL_VALIDITY_OVER');
  });

  it('massage therapists do not perform under Medicare, physical therapists do', () => {
    const medicare = { ...CONTENT, payer: { profile: 'US-MEDICARE-B' as const } };
    const offer = (taxonomy: string) => ({ listings: [listing(LISTING, CLINIC, { payers: ['US-MEDICARE-B'], performers: [taxonomy] })] });
    expect(answer(send(offer('225700000X'), medicare))).toBe('REFERRAL_RECIPIENT_UNFIT');
    expect(answer(send(offer('225100000X'), medicare))).toEqual(['ReferralSent']);
  });

  it('says on the event why sharing is lawful', () => {
    const story = given(decider, REFERRAL_CONTRACT, ...draftOf(CONTENT));
    const granted = consent('granted', [CLINIC]);
    const decision = story.when(COMMANDS.SendReferral, { facts: { ...FACTS, profile: explicit, consents: granted }, by: PHYSICIAN });
    expect(decision).toMatchObject({ ok: true, events: [{ data: { basis: { kind: 'EXPLICIT', consentIds: [FLAG] } } }] });
  });

  it('a second reason lets a second referral through', () => {
    expect(answer(send({ duplicates: [FLAG] }, { ...CONTENT, duplicateOverrideReason: 'Other tendon.' }))).toEqual(['ReferralSent']);
  });
});

describe.each<[string, Situation, string]>([
  ['drafting for a patient who does not exist', { history: [], command: COMMANDS.DraftReferral, facts: { patient: undefined } }, 'PATIENT_UNKNOWN'],
  ['drafting for a merged patient', { history: [], command: COMMANDS.DraftReferral, facts: { patient: { birthDate: '1980', mergedInto: FLAG } } }, 'PATIENT_MERGED'],
  ['claiming for a listing of another organisation', { history: POOL_SENT, command: { type: 'ClaimReferral', listingId: OTHER_LISTING }, by: COORDINATOR }, 'REFERRAL_NOT_CURRENT_LEG'],
  ['claiming when the listing no longer fits', { history: POOL_SENT, command: COMMANDS.ClaimReferral, by: COORDINATOR, facts: { listings: [listing(LISTING, CLINIC, { capacity: 'closed' })] } }, 'REFERRAL_RECIPIENT_UNFIT'],
  ['claiming what was claimed', { history: POOL_CLAIMED, command: COMMANDS.ClaimReferral, by: STRANGER }, 'REFERRAL_ILLEGAL_TRANSITION'],
  ['asking with a visit booked', { history: [...SCENES.Accepted, past({ type: 'ReferralVisitBooked', data: { sessionId: SESSION, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' } }), past({ type: 'ReferralPutOnHold', data: { holder: 'recipient', reason: 'x', reviewBy: '2026-04-02', bookingsCancelled: [] } }), past({ type: 'ReferralResumed', data: {} }), past({ type: 'ReferralReceived', data: {} })], command: COMMANDS.RequestInformation, by: COORDINATOR }, 'REFERRAL_VISIT_BOOKED'],
  ['asking two questions with one id', { history: SCENES.InTriage, command: { type: 'RequestInformation', questions: [{ questionId: 'q', text: 'a', mandatory: true }, { questionId: 'q', text: 'b', mandatory: true }] }, by: COORDINATOR }, 'QUESTION_ID_REPEATED'],
  ['answering without a mandatory answer', { history: SCENES.InfoRequested, command: { type: 'SupplyInformation', answers: [] } }, 'INFORMATION_INCOMPLETE'],
  ['accepting after the validity', { history: SCENES.InTriage, command: COMMANDS.AcceptReferral, by: COORDINATOR, at: '2026-07-01T10:00:00.000Z' }, 'REFERRAL_VALIDITY_OVER'],
  ['accepting what no longer fits', { history: SCENES.InTriage, command: COMMANDS.AcceptReferral, by: COORDINATOR, facts: { listings: [listing(LISTING, CLINIC, { performers: [] })] } }, 'REFERRAL_RECIPIENT_UNFIT'],
  ['declining for a red flag without naming it', { history: SCENES.InTriage, command: { type: 'DeclineReferral', reason: 'red-flag' }, by: COORDINATOR }, 'RED_FLAG_UNNAMED'],
  ['redirecting to who declined', { history: SCENES.Declined, command: { type: 'RedirectReferral', target: { kind: 'directed', listingId: LISTING } } }, 'RECIPIENT_DECLINED_BEFORE'],
  ['redirecting to who does not fit', { history: SCENES.Declined, command: COMMANDS.RedirectReferral, facts: { listings: [] } }, 'REFERRAL_RECIPIENT_UNFIT'],
  ['redirecting where sharing is restricted', { history: SCENES.Declined, command: COMMANDS.RedirectReferral, facts: { listings: [listing(OTHER_LISTING, OTHER_CLINIC)], consents: [{ consentId: FLAG, kind: 'restricted', purposes: [], organizationIds: [] }] } }, 'CONSENT_WITHDRAWN'],
  ['redirecting too often', { history: SCENES.Declined, command: COMMANDS.RedirectReferral, facts: { profile: { ...FACTS.profile, maxLegs: 1 } } }, 'REFERRAL_TOO_MANY_LEGS'],
  ['booking before a revision is acknowledged', { history: [...SCENES.Accepted, past({ type: 'ReferralRevised', data: { content: CONTENT, material: true, reason: 'x', signature: { practitionerId: FLAG, at: '2026-04-01T09:00:00.000Z' } } })], command: COMMANDS.BookVisit, by: THERAPIST }, 'REVISION_UNACKNOWLEDGED'],
  ['booking the first visit after the validity', { history: SCENES.Accepted, command: { ...COMMANDS.BookVisit, start: '2026-08-01T09:00:00.000Z' }, by: THERAPIST }, 'REFERRAL_VALIDITY_OVER'],
  ['a no-show of a visit not booked', { history: SCENES.Booked, command: { type: 'RecordNoShow', sessionId: FLAG }, by: THERAPIST }, 'VISIT_NOT_BOOKED'],
  ['cancelling a visit not booked', { history: SCENES.Booked, command: { ...COMMANDS.CancelVisit, sessionId: FLAG }, by: THERAPIST }, 'VISIT_NOT_BOOKED'],
  ['a hold without an end', { history: SCENES.Accepted, command: { ...COMMANDS.HoldReferral, reviewBy: '2026-12-01' } }, 'HOLD_REVIEW_DATE'],
  ['a hold until yesterday', { history: SCENES.Accepted, command: { ...COMMANDS.HoldReferral, reviewBy: '2026-03-31' } }, 'HOLD_REVIEW_DATE'],
  ['resuming with a red flag open', { history: SCENES.OnHold, command: COMMANDS.ResumeReferral, facts: { flags: [{ flagId: FLAG, catalogueId: 'F01', urgency: 'emergency', open: true }] } }, 'RED_FLAG_OPEN'],
  ['resuming what the referrer holds', { history: SCENES.OnHold, command: COMMANDS.ResumeReferral, by: THERAPIST }, 'HOLD_IS_THE_REFERRERS'],
  ['confirming a cancellation during a session', { history: SCENES.CancelRequested, command: COMMANDS.ConfirmCancellation, facts: { care: { ...FACTS.care, inProgress: 1 } } }, 'SESSION_IN_PROGRESS'],
  ['confirming a cancellation with unsigned notes', { history: SCENES.CancelRequested, command: COMMANDS.ConfirmCancellation, facts: { care: { ...FACTS.care, performedUnsigned: 1 } } }, 'SESSION_UNSIGNED'],
  ['an outcome with a session to come', { history: SCENES.InTreatment, command: COMMANDS.ReportOutcome, by: THERAPIST, facts: { care: { ...FACTS.care, notEnded: 1, upcoming: [SESSION] } } }, 'SESSION_NOT_ENDED'],
  ['an outcome with unsigned notes', { history: SCENES.InTreatment, command: COMMANDS.ReportOutcome, by: THERAPIST, facts: { care: { ...FACTS.care, performedUnsigned: 1 } } }, 'SESSION_UNSIGNED'],
  ['an outcome without measures or a reason', { history: SCENES.InTreatment, command: COMMANDS.ReportOutcome, by: THERAPIST, facts: { care: { ...FACTS.care, finalMeasureIds: [] } } }, 'OUTCOME_WITHOUT_MEASURES'],
  ['an outcome by somebody unlicensed', { history: SCENES.InTreatment, command: COMMANDS.ReportOutcome, by: THERAPIST, facts: { signer: undefined } }, 'SIGNER_NOT_LICENSED'],
  ['an addendum by somebody unlicensed', { history: SCENES.OutcomeReported, command: COMMANDS.AmendOutcome, by: THERAPIST, facts: { signer: undefined } }, 'SIGNER_NOT_LICENSED'],
  ['taking back an old decline', { history: SCENES.Declined, command: COMMANDS.ReverseDecline, by: COORDINATOR, at: '2026-04-20T09:00:00.000Z' }, 'DECLINE_TOO_OLD'],
  ['expiring what is valid', { history: SCENES.InTriage, command: COMMANDS.ExpireReferral }, 'REFERRAL_STILL_VALID'],
  ['revising to something incomplete', { history: SCENES.Accepted, command: { type: 'ReviseReferral', content: {}, reason: 'x' } }, 'REFERRAL_INCOMPLETE'],
  ['a directed target without a listing', { history: [], command: { type: 'DraftReferral', patientId: PATIENT, content: { target: { kind: 'directed' } as never } } }, 'REFERRAL_CONTENT_INVALID'],
  ['a shoulder without a side', { history: [], command: { type: 'DraftReferral', patientId: PATIENT, content: { sites: [{ region: 'shoulder', tissues: [] }] } } }, 'SITE_INVALID'],
  ['one place twice', { history: [], command: { type: 'DraftReferral', patientId: PATIENT, content: { sites: [{ region: 'knee', side: 'left', tissues: [] }, { region: 'knee', side: 'left', tissues: [] }] } } }, 'SITE_REPEATED'],
  ['an empty message', { history: SCENES.Accepted, command: { type: 'PostMessage' } }, 'MESSAGE_EMPTY'],
])('%s', (_what, situation, code) => {
  it(`is refused with ${code}`, () => {
    expect(answer(situation)).toBe(code);
  });
});

describe('a booking', () => {
  it('within the days of grace keeps the referral alive', () => {
    const history = [...SCENES.Accepted, past<ReferralEvent>({ type: 'ReferralVisitBooked', data: { sessionId: SESSION, kind: 'treatment', start: '2026-07-03T09:00:00.000Z' } })];
    expect(answer({ history, command: COMMANDS.ExpireReferral, at: '2026-07-01T09:00:00.000Z' })).toBe('VISIT_WITHIN_GRACE');
  });

  it('told twice is one booking', () => {
    const again = { type: 'BookVisit', sessionId: SESSION, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' } as const;
    expect(answer({ history: SCENES.Booked, command: again, by: THERAPIST })).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('of a deceased patient waits for nobody', () => {
    const command = { type: 'RequestCancellation', reason: 'Died.', deceased: true } as const;
    expect(answer({ history: SCENES.InTreatment, command })).toEqual(['ReferralCancellationRequested', 'ReferralCancelled']);
  });

  it('before treatment is confirmed at once where the installation says so', () => {
    const facts = { profile: { ...FACTS.profile, cancelBeforeTreatment: 'AUTO' as const } };
    expect(answer({ history: SCENES.Booked, command: COMMANDS.RequestCancellation, facts })).toEqual(['ReferralCancellationRequested', 'ReferralCancelled']);
    expect(answer({ history: SCENES.InTreatment, command: COMMANDS.RequestCancellation, facts })).toEqual(['ReferralCancellationRequested']);
  });
});
