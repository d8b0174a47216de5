/** Every refusal beside the table, one situation each; and what the rules let pass. */
import { DEFAULT_THRESHOLDS } from '@fascia/clinical';
import { gist, given } from '@fascia/testkit';
import type { PlanCommand } from '../contract/commands.js';
import type { PlanContent, PlanGoal, PlanIntervention } from '../contract/content.js';
import { GOAL_MEASURES } from '../contract/content.js';
import { PLAN_CONTRACT } from '../contract/events.js';
import { certificationWindow } from './certification.js';
import type { PlanFacts, ReferralFact } from './facts.js';
import {
  AT,
  COMMANDS,
  CONTENT,
  decider,
  drafted,
  established,
  FACTS,
  FAMILY_PHYSICIAN,
  PHYSICAL_THERAPIST,
  PHYSICIAN,
  PLAN,
  REFERRAL_FACT,
  SCENES,
  THERAPIST,
  uuid,
  type History,
} from './plan.scenes.spec-data.js';

const ask = (history: History, command: PlanCommand, facts: Partial<PlanFacts> = {}) =>
  given(decider, PLAN_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, ...facts },
    by: THERAPIST,
    at: AT,
    id: PLAN,
  });

const establish = (content: PlanContent, facts: Partial<PlanFacts> = {}) =>
  ask([drafted(content)], COMMANDS.EstablishPlan, facts);

const referral = (more: Partial<ReferralFact>): Partial<PlanFacts> => ({
  referral: { ...REFERRAL_FACT, ...more },
});
const signer = (more: Partial<NonNullable<PlanFacts['signer']>>): Partial<PlanFacts> => ({
  signer: { practitionerId: uuid(92), maySign: true, taxonomies: [PHYSICAL_THERAPIST], ...more },
});
const goal = (more: Partial<PlanGoal>): PlanContent => ({
  ...CONTENT,
  goals: CONTENT.goals.map((one) => ({ ...one, ...more })),
});
const intervention = (more: Partial<PlanIntervention>): PlanContent => ({
  ...CONTENT,
  interventions: CONTENT.interventions.map((one) => ({ ...one, ...more })),
});
const without = (part: keyof PlanContent): PlanContent => {
  const { [part]: _gone, ...rest } = CONTENT;
  return rest;
};

describe('drafting', () => {
  it('takes the parties and the payer from the referral', () => {
    const answer = ask([], { type: 'DraftPlan', referralId: uuid(20), content: {} });
    expect(answer.ok && answer.events[0]?.data).toEqual({
      referralId: uuid(20),
      patientId: uuid(10),
      organizationId: uuid(2),
      referrerOrganizationId: uuid(1),
      payerProfile: 'US-MEDICARE-B',
      content: {},
    });
  });

  it('needs a referral that exists and is active', () => {
    expect(gist(ask([], COMMANDS.DraftPlan, { referral: undefined }))).toBe('REFERRAL_UNKNOWN');
    expect(gist(ask([], COMMANDS.DraftPlan, referral({ active: false })))).toBe('PLAN_REFERRAL_NOT_ACTIVE');
  });
});

describe("over the patient's no", () => {
  const closed = { sharingClosed: true };
  it.each([
    ['drafted', [], COMMANDS.DraftPlan],
    ['edited', SCENES.Draft, COMMANDS.EditPlan],
    ['signed', SCENES.Draft, COMMANDS.EstablishPlan],
  ] as const)('no plan is %s', (_what, history, command) => {
    expect(gist(ask(history, command, closed))).toBe('CONSENT_WITHDRAWN');
  });

  it('a plan that was signed is ended', () => {
    expect(gist(ask(SCENES.Submitted, COMMANDS.CompletePlan, closed))).toEqual(['PlanCompleted']);
    expect(gist(ask(SCENES.Submitted, COMMANDS.DiscontinuePlan, closed))).toEqual(['PlanDiscontinued']);
  });
});

describe('establishing', () => {
  it('fixes the content under the signature and the payer of the day', () => {
    const { coInterventions: _others, ...content } = CONTENT;
    const answer = establish(content);
    expect(answer.ok && answer.events).toEqual([
      {
        type: 'PlanEstablished',
        data: {
          planVersion: 1,
          content: { ...content, coInterventions: [] },
          payerProfile: 'US-MEDICARE-B',
          profileVersion: '2026.1',
          needsCertification: true,
          signature: { practitionerId: uuid(92), at: AT },
        },
      },
    ]);
  });

  it('says all at once that stands in the way', () => {
    const answer = establish(goal({ longTerm: false, target: 7 }), { signer: undefined });
    const told = answer.ok ? [] : [answer.refusal, ...(answer.refusal.also ?? [])];
    expect(told.map(({ code }) => code)).toEqual([
      'PLAN_NO_GOAL',
      'PLAN_GOAL_DIRECTION',
      'SIGNER_NOT_LICENSED',
      'PLAN_PERFORMER_NOT_ALLOWED',
    ]);
  });

  it("counts the plan's versions", () => {
    const answer = ask(SCENES.ChangesRequested, COMMANDS.EstablishPlan);
    expect(answer.ok && answer.events[0]?.data).toMatchObject({ planVersion: 2 });
  });

  it.each<[string, PlanContent, Partial<PlanFacts>, string]>([
    [
      'a referral that is on hold or elsewhere',
      CONTENT,
      referral({ active: false }),
      'PLAN_REFERRAL_NOT_ACTIVE',
    ],
    ['no diagnosis', without('diagnosisIds'), {}, 'PLAN_NO_DIAGNOSIS'],
    ['an empty list of diagnoses', { ...CONTENT, diagnosisIds: [] }, {}, 'PLAN_NO_DIAGNOSIS'],
    [
      'a refuted diagnosis',
      CONTENT,
      { diagnoses: [{ diagnosisId: uuid(30), patientId: uuid(10), stands: false }] },
      'PLAN_NO_DIAGNOSIS',
    ],
    [
      "another patient's diagnosis",
      CONTENT,
      { diagnoses: [{ diagnosisId: uuid(30), patientId: uuid(11), stands: true }] },
      'PLAN_NO_DIAGNOSIS',
    ],
    ['no goal', without('goals'), {}, 'PLAN_NO_GOAL'],
    ['short-term goals only', goal({ longTerm: false }), {}, 'PLAN_NO_GOAL'],
    ['a goal without a measure', goal({ measure: undefined }), {}, 'PLAN_NO_GOAL'],
    ['a goal without a date', goal({ dueDate: undefined }), {}, 'PLAN_NO_GOAL'],
    ['more pain as the target', goal({ target: 7 }), {}, 'PLAN_GOAL_DIRECTION'],
    [
      'less function as the target',
      goal({ measure: 'PSFS', baseline: 5, target: 4 }),
      {},
      'PLAN_GOAL_DIRECTION',
    ],
    [
      'the baseline as the target',
      goal({ measure: 'ROM', baseline: 90, target: 90 }),
      {},
      'PLAN_GOAL_DIRECTION',
    ],
    [
      'a paired region without its side',
      intervention({ sites: [{ region: 'shoulder' }] }),
      {},
      'PLAN_SITE_INVALID',
    ],
    [
      'the other side',
      intervention({ sites: [{ region: 'shoulder', side: 'left' }] }),
      {},
      'PLAN_SITE_NOT_REFERRED',
    ],
    [
      'both sides where one is referred',
      intervention({ sites: [{ region: 'shoulder', side: 'bilateral' }] }),
      {},
      'PLAN_SITE_NOT_REFERRED',
    ],
    [
      'another region',
      intervention({ sites: [{ region: 'hip', side: 'right' }] }),
      {},
      'PLAN_SITE_NOT_REFERRED',
    ],
    ['91 days under Medicare', { ...CONTENT, durationDays: 91 }, {}, 'PLAN_DURATION_TOO_LONG'],
    [
      'a code that is none',
      intervention({ cpt: 'BANANA' }),
      { unknownCodes: ['BANANA'] },
      'PLAN_CODE_UNKNOWN',
    ],
    ['an unknown technique', intervention({ technique: 'REIKI' }), {}, 'PLAN_TECHNIQUE_UNKNOWN'],
    [
      'a technique that the referrer excluded',
      intervention({ technique: 'CUP' }),
      {},
      'PLAN_TECHNIQUE_EXCLUDED',
    ],
    [
      'a start after the first session',
      CONTENT,
      { firstTreatment: '2026-03-31' },
      'PLAN_NOT_BEFORE_TREATMENT',
    ],
    ['nobody who could sign', CONTENT, { signer: undefined }, 'SIGNER_NOT_LICENSED'],
    ['a signer without a licence today', CONTENT, signer({ maySign: false }), 'SIGNER_NOT_LICENSED'],
    [
      'a massage therapist under Medicare',
      CONTENT,
      signer({ taxonomies: ['225700000X'] }),
      'PLAN_PERFORMER_NOT_ALLOWED',
    ],
  ])('is refused with %s', (_what, content, facts, code) => {
    expect(gist(establish(content, facts))).toBe(code);
  });

  it.each([
    'startDate',
    'durationDays',
    'frequency',
    'plannedVisits',
    'interventions',
    'precautionsConsidered',
  ] as const)('is refused without %s', (part) => {
    const answer = establish(without(part));
    expect(answer.ok ? [] : answer.refusal).toMatchObject({
      code: 'PLAN_INCOMPLETE',
      about: { missing: [`/content/${part}`] },
    });
  });

  it.each<[string, PlanContent, Partial<PlanFacts>]>([
    ['90 days under Medicare', { ...CONTENT, durationDays: 90 }, {}],
    [
      '91 days where the patient pays',
      { ...CONTENT, durationDays: 91 },
      referral({ payerProfile: 'SELF-PAY' }),
    ],
    ['the first session on the first day', CONTENT, { firstTreatment: '2026-04-01' }],
    ['a later start after another plan', CONTENT, { firstTreatment: '2026-01-05', followsAnother: true }],
    [
      'any region under a widespread referral',
      intervention({ sites: [{ region: 'hip', side: 'left' }] }),
      referral({ sites: [{ region: 'widespread' }] }),
    ],
    [
      'one side of a bilateral referral',
      CONTENT,
      referral({ sites: [{ region: 'shoulder', side: 'bilateral' }] }),
    ],
    [
      'a goal in words beside a measurable one',
      {
        ...CONTENT,
        goals: [
          ...CONTENT.goals,
          { goalId: 'g2', category: 'wellbeing', longTerm: false, text: 'Enjoys gardening.' },
        ],
      },
      {},
    ],
  ])('takes %s', (_what, content, facts) => {
    expect(gist(establish(content, facts))).toEqual(['PlanEstablished']);
  });

  it('knows a direction for every measure', () => {
    for (const measure of GOAL_MEASURES)
      expect(DEFAULT_THRESHOLDS.rows.some((row) => row.instrument === measure)).toBe(true);
  });
});

describe('reviewing', () => {
  it('says what should change', () => {
    expect(gist(ask(SCENES.Submitted, { type: 'ReviewPlan', agree: false }))).toBe('PLAN_CHANGES_UNSTATED');
  });

  it('holds nothing up where certification is off', () => {
    const history = [drafted(), established(1, 'SELF-PAY')];
    expect(gist(ask(history, { type: 'ReviewPlan', agree: true, text: 'Fine.' }))).toEqual(['PlanReviewed']);
    expect(gist(ask(history, COMMANDS.CompletePlan))).toEqual(['PlanCompleted']);
  });
});

describe('certifying', () => {
  const doctor = signer({ practitionerId: PHYSICIAN.practitionerId ?? '', taxonomies: [FAMILY_PHYSICIAN] });
  const certify = (
    command: Partial<Extract<PlanCommand, { type: 'CertifyPlan' }>> = {},
    facts: Partial<PlanFacts> = {},
    history: History = SCENES.Submitted,
  ) => ask(history, { type: 'CertifyPlan', ...command }, { ...doctor, ...facts });

  it('lasts from the first treatment for as long as the plan, unless said otherwise', () => {
    const answer = certify({ visitRequiredBy: '2026-04-10' }, { firstTreatment: '2026-03-30' });
    expect(answer.ok && answer.events[0]?.data).toEqual({
      mode: 'SIGNATURE',
      planVersion: 1,
      certifiedBy: uuid(91),
      from: '2026-03-30',
      until: '2026-05-11',
      visitRequiredBy: '2026-04-10',
      profileVersion: '2026.1',
    });
  });

  it('may be for less', () => {
    const answer = certify({ until: '2026-04-20' });
    expect(answer.ok && answer.events[0]?.data).toMatchObject({ from: '2026-04-01', until: '2026-04-20' });
  });

  it.each<[string, ReturnType<typeof certify>, string]>([
    [
      'where the payer asks for none',
      certify({}, {}, [drafted(), established(1, 'SELF-PAY')]),
      'CERT_NOT_REQUIRED',
    ],
    ['by a chiropractor', certify({}, signer({ taxonomies: ['111N00000X'] })), 'CERT_NOT_AUTHORISED_SIGNER'],
    ['by nobody known', certify({}, { signer: undefined }), 'CERT_NOT_AUTHORISED_SIGNER'],
    [
      'without a licence',
      certify({}, signer({ taxonomies: [FAMILY_PHYSICIAN], maySign: false })),
      'SIGNER_NOT_LICENSED',
    ],
    ['on the 31st day', certify({}, { today: '2026-05-02' }), 'CERT_WINDOW_EXCEEDED'],
    ['late without a reason', certify({ delayed: true }, { today: '2026-05-02' }), 'CERT_WINDOW_EXCEEDED'],
    ['for longer than the plan', certify({ until: '2026-05-14' }), 'CERT_PERIOD_TOO_LONG'],
    ['until before it begins', certify({ until: '2026-03-31' }), 'CERT_PERIOD_REVERSED'],
  ])('is refused %s', (_what, answer, code) => {
    expect(gist(answer)).toBe(code);
  });

  it('keeps a delay visible, and only a delay', () => {
    const late = certify({ delayed: true, reason: 'On leave.' }, { today: '2026-05-02' });
    expect(late.ok && late.events[0]?.data).toMatchObject({
      delayed: true,
      reason: 'On leave.',
      from: '2026-04-01',
    });
    const onTime = certify({ delayed: true, reason: 'On leave.' }, { today: '2026-05-01' });
    expect(onTime).toMatchObject({ ok: true, events: [{ type: 'PlanCertified' }] });
    expect(onTime.ok && onTime.events[0]?.data).not.toHaveProperty('delayed');
  });

  it('is due 30 days after the first treatment and lasts 90 days at most', () => {
    const plan = { startDate: '2026-04-01', durationDays: 120 };
    const rules = { certifiers: [], initialDueDays: 30, periodMaxDays: 90 };
    expect(certificationWindow(plan, { followsAnother: false, firstTreatment: '2026-03-20' }, rules)).toEqual(
      {
        from: '2026-03-20',
        due: '2026-04-19',
        latestUntil: '2026-06-18',
      },
    );
    expect(
      certificationWindow(plan, { followsAnother: true, firstTreatment: '2025-01-20' }, rules).from,
    ).toBe('2026-04-01');
  });
});

describe('submitting and ending', () => {
  it('goes to the referrer, with proof', () => {
    const answer = ask(SCENES.Established, COMMANDS.SubmitPlan);
    expect(answer.ok && answer.events[0]?.data).toEqual({
      toOrganizationId: uuid(1),
      channel: 'fax',
      proofRef: 'receipt 17',
    });
  });

  it('discontinues a draft as well as a plan in force', () => {
    expect(gist(ask(SCENES.Draft, COMMANDS.DiscontinuePlan))).toEqual(['PlanDiscontinued']);
    expect(gist(ask(SCENES.Certified, COMMANDS.DiscontinuePlan))).toEqual(['PlanDiscontinued']);
  });
});
