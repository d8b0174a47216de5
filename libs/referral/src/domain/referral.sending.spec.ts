/** What the guards of sending refuse, one situation each; and what they let pass. */
import { HOUR_MS, instantAfterMs } from '@fascia/clinical/calendar';
import { given, past } from '@fascia/testkit';
import { REFERRAL_CONTRACT } from '../contract/events.js';
import type { OrderContent } from '../contract/order.js';
import type { ReferralFacts } from './facts.js';
import {
  CLINIC,
  COMMANDS,
  CONTENT,
  DIAGNOSIS,
  FACTS,
  FLAG,
  listing,
  LISTING,
  OTHER_CLINIC,
  OTHER_LISTING,
  PATIENT,
  PHYSICIAN,
  POOL_CONTENT,
} from './referral.scenes.spec-data.js';
import { answer, decider, type History, type Situation } from './referral.situations.spec-data.js';

/** When {@link draftOf} was begun. */
const DRAFTED = past({ type: 'ReferralDrafted' as const, data: {} }).at;

const draftOf = (content: OrderContent): History => [
  past(
    {
      type: 'ReferralDrafted',
      data: { patientId: PATIENT, referrerOrganizationId: PHYSICIAN.organizationId ?? '', content },
    },
    PHYSICIAN,
  ),
];

const without = (part: keyof OrderContent): OrderContent => {
  const { [part]: _gone, ...rest } = CONTENT;
  return rest;
};

const send = (facts: Partial<ReferralFacts>, content: OrderContent = CONTENT): Situation => ({
  history: draftOf(content),
  command: COMMANDS.SendReferral,
  facts,
});

describe('sending', () => {
  it.each([
    'priority',
    'service',
    'sites',
    'diagnosisIds',
    'onset',
    'clinicalQuestion',
    'precautions',
    'requested',
    'payer',
    'target',
  ] as const)('G1: is refused without %s', (part) => {
    expect(answer(send({}, without(part)))).toBe('REFERRAL_INCOMPLETE');
  });

  const provisional = {
    diagnosisId: DIAGNOSIS,
    patientId: PATIENT,
    code: 'M75.21',
    verification: 'provisional',
    bounces: false,
    place: { region: 'shoulder', side: 'right' },
  };
  const consent = (kind: 'granted' | 'restricted' | 'withdrawn', organizationIds: string[]) => [
    { consentId: FLAG, kind, purposes: ['TREAT'], organizationIds, saidAt: DRAFTED },
  ];
  const explicit = { ...FACTS.profile, basis: 'EXPLICIT' as const };
  const openFlag = [
    { flagId: FLAG, catalogueId: 'F01', urgency: 'emergency', open: true, raisedAt: DRAFTED },
  ];
  const signer = {
    practitionerId: PHYSICIAN.practitionerId ?? '',
    hasNpi: true,
    licensed: true,
    suspended: false,
  };

  const hazard = (more: Partial<ReferralFacts['hazards'][number]>) => ({
    diagnosisId: FLAG,
    code: 'L03.115',
    scope: 'whole' as const,
    place: {},
    ...more,
  });

  const reasonsFor = (situation: Situation): readonly string[] => {
    const decision = given(decider, REFERRAL_CONTRACT, ...situation.history).when(situation.command, {
      facts: { ...FACTS, ...situation.facts },
      by: PHYSICIAN,
    });
    return decision.ok ? [] : [decision.refusal, ...(decision.refusal.also ?? [])].map(({ code }) => code);
  };

  it('tells all that stands in the way at once', () => {
    const reasons = reasonsFor(
      send({
        signer: { ...signer, hasNpi: false, licensed: false },
        flags: openFlag,
        diagnoses: [],
        duplicates: [FLAG],
        listings: [listing(LISTING, CLINIC, { capacity: 'closed' })],
      }),
    );
    expect(reasons).toEqual([
      'SIGNER_WITHOUT_NPI',
      'SIGNER_NOT_LICENSED',
      'REFERRAL_DIAGNOSIS_INVALID',
      'REFERRAL_FLAG_OPEN',
      'REFERRAL_RECIPIENT_UNFIT',
      'REFERRAL_DUPLICATE',
    ]);
  });

  it('tells an order that names nobody yet what else it lacks', () => {
    expect(reasonsFor(send({ listings: [], signer: { ...signer, hasNpi: false } }, {}))).toEqual([
      'REFERRAL_INCOMPLETE',
      'SIGNER_WITHOUT_NPI',
      'REFERRAL_SCREENING_UNANSWERED',
    ]);
  });

  it('names every member of a pool that does not fit', () => {
    const listings = [
      listing(LISTING, CLINIC, { capacity: 'closed' }),
      listing(OTHER_LISTING, OTHER_CLINIC, { published: false }),
    ];
    expect(reasonsFor(send({ listings }, POOL_CONTENT))).toEqual([
      'REFERRAL_RECIPIENT_UNFIT',
      'REFERRAL_RECIPIENT_UNFIT',
    ]);
  });

  it("says nothing of another patient's diagnosis but that it cannot be named", () => {
    const theirs = {
      ...provisional,
      patientId: FLAG,
      bounces: true,
      place: { region: 'knee', side: 'left' },
    };
    expect(reasonsFor(send({ diagnoses: [theirs] }))).toEqual(['REFERRAL_DIAGNOSIS_INVALID']);
  });

  it('G3: lets an order pass that is for another place than what is hazardous there', () => {
    const hazards = [hazard({ scope: 'site', place: { region: 'lower-leg', side: 'right' } })];
    expect(answer(send({ hazards }))).toEqual(['ReferralSent']);
  });

  it.each<[string, Partial<ReferralFacts>, string]>([
    [
      'a provisional diagnosis without the reason for the suspicion',
      { diagnoses: [provisional] },
      'REFERRAL_INCOMPLETE',
    ],
    ['a signer without an NPI', { signer: { ...signer, hasNpi: false } }, 'SIGNER_WITHOUT_NPI'],
    ['a signer whose licence is over', { signer: { ...signer, licensed: false } }, 'SIGNER_NOT_LICENSED'],
    ['a suspended signer', { signer: { ...signer, suspended: true } }, 'SIGNER_NOT_LICENSED'],
    [
      'a patient record that was merged',
      { patient: { birthDate: '1980-05-05', mergedInto: FLAG } },
      'PATIENT_MERGED',
    ],
    [
      'G2: sharing with the recipient restricted',
      { consents: consent('restricted', [CLINIC]) },
      'CONSENT_WITHDRAWN',
    ],
    ['G2: all sharing withdrawn', { consents: consent('withdrawn', []) }, 'CONSENT_WITHDRAWN'],
    ['G2: explicit profile and no consent', { profile: explicit }, 'CONSENT_MISSING'],
    [
      'G2: explicit profile and consent for another organisation',
      { profile: explicit, consents: consent('granted', [OTHER_CLINIC]) },
      'CONSENT_MISSING',
    ],
    [
      'G3: a refuted diagnosis',
      { diagnoses: [{ ...provisional, verification: 'refuted' }] },
      'REFERRAL_DIAGNOSIS_INVALID',
    ],
    [
      "G3: another patient's diagnosis",
      { diagnoses: [{ ...provisional, verification: 'confirmed', patientId: FLAG }] },
      'REFERRAL_DIAGNOSIS_INVALID',
    ],
    [
      'G3: a code that bounces on sight',
      { diagnoses: [{ ...provisional, verification: 'confirmed', code: 'M72.6', bounces: true }] },
      'REFERRAL_CODE_BOUNCES',
    ],
    ['G3: a code on file that bounces on sight', { hazards: [hazard({})] }, 'REFERRAL_CODE_BOUNCES'],
    [
      'G3: one on file that bounces where the order is',
      { hazards: [hazard({ scope: 'site', place: { region: 'shoulder' } })] },
      'REFERRAL_CODE_BOUNCES',
    ],
    [
      'G3: one on file that bounces nobody knows where',
      { hazards: [hazard({ scope: 'site' })] },
      'REFERRAL_CODE_BOUNCES',
    ],
    ['G4: an open red flag', { flags: openFlag }, 'REFERRAL_FLAG_OPEN'],
    ['G5: a listing that is gone', { listings: [] }, 'REFERRAL_RECIPIENT_UNFIT'],
    [
      'G5: a withdrawn listing',
      { listings: [listing(LISTING, CLINIC, { published: false })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: another service',
      { listings: [listing(LISTING, CLINIC, { services: ['YOGA'] })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: another region',
      { listings: [listing(LISTING, CLINIC, { regions: ['knee'] })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: too young for the listing',
      { listings: [listing(LISTING, CLINIC, { ageMin: 60 })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: too old for the listing',
      { listings: [listing(LISTING, CLINIC, { ageMax: 40 })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: a payer not taken',
      { listings: [listing(LISTING, CLINIC, { payers: ['US-MEDICARE-B'] })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: nobody licensed to treat',
      { listings: [listing(LISTING, CLINIC, { performers: [] })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    [
      'G5: no capacity',
      { listings: [listing(LISTING, CLINIC, { capacity: 'closed' })] },
      'REFERRAL_RECIPIENT_UNFIT',
    ],
    ['G6: another open referral for the place', { duplicates: [FLAG] }, 'REFERRAL_DUPLICATE'],
  ])('is refused with %s', (_what, facts, code) => {
    expect(answer(send(facts))).toBe(code);
  });

  it('G4: is refused while a screening question is open, unknown, or answered with yes', () => {
    const screening = (answerTo: 'yes' | 'unknown') => [
      ...(CONTENT.screening ?? []).slice(1),
      { flagId: 'F01', answer: answerTo },
    ];
    expect(answer(send({}, { ...CONTENT, screening: (CONTENT.screening ?? []).slice(1) }))).toBe(
      'REFERRAL_SCREENING_UNANSWERED',
    );
    expect(answer(send({}, { ...CONTENT, screening: screening('unknown') }))).toBe(
      'REFERRAL_SCREENING_UNANSWERED',
    );
    expect(answer(send({}, { ...CONTENT, screening: screening('yes') }))).toBe('REFERRAL_SCREENING_POSITIVE');
    const settled = (raisedAt: string) => [
      { flagId: FLAG, catalogueId: 'F01', urgency: 'emergency', open: false, raisedAt },
    ];
    const yes = { ...CONTENT, screening: screening('yes') };
    const dayBefore = instantAfterMs(DRAFTED, -24 * HOUR_MS);
    for (const raisedAt of [DRAFTED, dayBefore])
      expect(answer(send({ flags: settled(raisedAt) }, yes))).toEqual(['ReferralSent']);
    // Another day's yes was another question.
    expect(answer(send({ flags: settled(instantAfterMs(dayBefore, -1)) }, yes))).toBe(
      'REFERRAL_SCREENING_POSITIVE',
    );
  });

  it('is refused when the referral would be over before it starts', () => {
    expect(answer(send({}, { ...CONTENT, validUntil: '2026-03-01' }))).toBe('REFERRAL_VALIDITY_OVER');
  });

  it('massage therapists do not perform under Medicare, physical therapists do', () => {
    const medicare = { ...CONTENT, payer: { profile: 'US-MEDICARE-B' as const } };
    const offer = (taxonomy: string) => ({
      listings: [listing(LISTING, CLINIC, { payers: ['US-MEDICARE-B'], performers: [taxonomy] })],
    });
    expect(answer(send(offer('225700000X'), medicare))).toBe('REFERRAL_RECIPIENT_UNFIT');
    expect(answer(send(offer('225100000X'), medicare))).toEqual(['ReferralSent']);
  });

  it('says on the event why sharing is lawful', () => {
    const story = given(decider, REFERRAL_CONTRACT, ...draftOf(CONTENT));
    const granted = consent('granted', [CLINIC]);
    const decision = story.when(COMMANDS.SendReferral, {
      facts: { ...FACTS, profile: explicit, consents: granted },
      by: PHYSICIAN,
    });
    expect(decision).toMatchObject({
      ok: true,
      events: [{ data: { basis: { kind: 'EXPLICIT', consentIds: [FLAG] } } }],
    });
  });

  it('a second reason lets a second referral through', () => {
    expect(
      answer(send({ duplicates: [FLAG] }, { ...CONTENT, duplicateOverrideReason: 'Other tendon.' })),
    ).toEqual(['ReferralSent']);
  });
});
