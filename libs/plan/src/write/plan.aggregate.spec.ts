import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { diagnosisAggregate } from '@fascia/diagnosis';
import { fold, type Fact } from '@fascia/kernel';
import { past, toolsOver } from '@fascia/testkit';
import type { PlanCommand } from '../contract/commands.js';
import type { PlanEvent } from '../contract/events.js';
import { PLAN_CURRENT, STAGES } from '../contract/lifecycle.js';
import {
  AT,
  CLINIC,
  COMMANDS,
  CONTENT,
  decider,
  DIAGNOSIS,
  PATIENT,
  PHYSICAL_THERAPIST,
  PLAN,
  PRACTICE,
  REFERRAL,
  SCENES,
  THERAPIST,
  uuid,
} from '../domain/plan.scenes.spec-data.js';
import { acceptedReferral, diagnosed, licensed } from './plan.aggregate.spec-data.js';
import { planAggregate } from './plan.aggregate.js';

const diagnoses = diagnosisAggregate({
  catalogue: () => {
    throw new Error('not asked');
  },
});
const plans = planAggregate({
  diagnoses,
  firstTreatmentOf: () => ({ run: () => Promise.resolve('2026-03-30T14:00:00.000Z') }),
  serviceCodes: loadServiceCodes,
});

const STREAMS = {
  [`referral-${REFERRAL}`]: acceptedReferral(),
  [`practitioner-${uuid(92)}`]: licensed([PHYSICAL_THERAPIST]),
  [`diagnosis-${DIAGNOSIS}`]: diagnosed(),
};

const factsFor = (
  command: PlanCommand,
  history: readonly Fact<PlanEvent>[],
  streams: Parameters<typeof toolsOver>[0] = STREAMS,
  rows: readonly object[] = [],
) => {
  const request = { command, state: fold(decider, history), id: PLAN, by: THERAPIST, at: AT };
  return plans.facts(request, toolsOver(streams, { plan: rows, precaution: [], diagnosis: [] }));
};

describe('the facts of a plan', () => {
  it('read the referral, the signer, the diagnoses and the first treatment for establishing', async () => {
    expect(await factsFor(COMMANDS.EstablishPlan, SCENES.Draft)).toEqual({
      today: '2026-04-01',
      sharingClosed: false,
      referral: {
        patientId: PATIENT,
        organizationId: CLINIC,
        referrerOrganizationId: PRACTICE,
        active: true,
        payerProfile: 'US-MEDICARE-B',
        // A region that the catalogue does not know covers nothing.
        sites: [{ region: 'shoulder', side: 'right' }],
        techniquesExcluded: ['CUP'],
      },
      signer: { practitionerId: uuid(92), maySign: true, taxonomies: [PHYSICAL_THERAPIST] },
      diagnoses: [{ diagnosisId: DIAGNOSIS, patientId: PATIENT, stands: true }],
      holds: { facts: [], at: AT, day: '2026-04-01' },
      firstTreatment: '2026-03-30',
      followsAnother: false,
      unknownCodes: [],
    });
  });

  it('read nothing for what the state alone decides', async () => {
    const facts = await factsFor(COMMANDS.CompletePlan, SCENES.Certified, {});
    expect(facts).toEqual({
      today: '2026-04-01',
      sharingClosed: false,
      holds: { facts: [], at: AT, day: '2026-04-01' },
      diagnoses: [],
      followsAnother: false,
      unknownCodes: [],
    });
  });

  it.each([COMMANDS.DraftPlan, COMMANDS.EditPlan, COMMANDS.EstablishPlan])(
    "know of the patient's no for $type",
    async (command) => {
      const history = command.type === 'DraftPlan' ? [] : SCENES.Draft;
      const withdrawn = {
        id: uuid(70),
        kind: 'withdrawn',
        purposes: ['TREAT'],
        organization_ids: [CLINIC],
        said_at: AT,
      };
      const facts = await plans.facts(
        { command, state: fold(decider, history), id: PLAN, by: THERAPIST, at: AT },
        toolsOver(STREAMS, { plan: [], precaution: [], diagnosis: [], consent: [withdrawn] }),
      );
      expect(facts.sharingClosed).toBe(true);
    },
  );

  it('know of its codes those that are none', async () => {
    const { interventions = [] } = CONTENT;
    const content = { ...CONTENT, interventions: interventions.map((one) => ({ ...one, cpt: 'BANANA' })) };
    const edited = past<PlanEvent>({ type: 'PlanEdited', data: { content } });
    const facts = await factsFor(COMMANDS.EstablishPlan, [...SCENES.Draft, edited]);
    expect(facts.unknownCodes).toEqual(interventions.map(() => 'BANANA'));
  });

  it('know another plan that was in force before, not this one', async () => {
    expect(
      (await factsFor(COMMANDS.CertifyPlan, SCENES.Submitted, STREAMS, [{ id: PLAN }])).followsAnother,
    ).toBe(false);
    expect(
      (await factsFor(COMMANDS.CertifyPlan, SCENES.Submitted, STREAMS, [{ id: PLAN }, { id: uuid(41) }]))
        .followsAnother,
    ).toBe(true);
  });

  it("find a referral inactive that is on hold, or a clinic's no more", async () => {
    const held = acceptedReferral([
      {
        type: 'ReferralPutOnHold',
        data: { holder: 'referrer', reason: 'Fever.', reviewBy: '2026-04-10', bookingsCancelled: [] },
      },
    ]);
    expect(
      (await factsFor(COMMANDS.EstablishPlan, SCENES.Draft, { ...STREAMS, [`referral-${REFERRAL}`]: held }))
        .referral?.active,
    ).toBe(false);
    const parties = { patientId: PATIENT, organizationId: uuid(3), referrerOrganizationId: PRACTICE };
    const elsewhere = past<PlanEvent>({
      type: 'PlanDrafted',
      data: { referralId: REFERRAL, ...parties, payerProfile: 'SELF-PAY', content: {} },
    });
    const facts = await factsFor(COMMANDS.EstablishPlan, [elsewhere]);
    expect(facts.referral?.active).toBe(false);
  });

  it('find a refuted diagnosis fallen, and a lapsed licence no licence', async () => {
    const streams = {
      ...STREAMS,
      [`diagnosis-${DIAGNOSIS}`]: diagnosed([{ type: 'DiagnosisRefuted', data: { reason: 'Imaging.' } }]),
      [`practitioner-${uuid(92)}`]: licensed([PHYSICAL_THERAPIST], '2026-03-31'),
    };
    const facts = await factsFor(COMMANDS.EstablishPlan, SCENES.Draft, streams);
    expect(facts.diagnoses).toEqual([{ diagnosisId: DIAGNOSIS, patientId: PATIENT, stands: false }]);
    expect(facts.signer?.maySign).toBe(false);
  });

  it("find a diagnosis fallen that turned out to be another person's", async () => {
    const toPatientId = uuid(11);
    const streams = {
      ...STREAMS,
      [`diagnosis-${DIAGNOSIS}`]: diagnosed([
        { type: 'DiagnosisMoved', data: { toPatientId, toId: uuid(12) } },
      ]),
    };
    const facts = await factsFor(COMMANDS.EstablishPlan, SCENES.Draft, streams);
    expect(facts.diagnoses).toMatchObject([{ stands: false }]);
  });
});

describe('the door of a plan', () => {
  const request = (command: PlanCommand, history: readonly Fact<PlanEvent>[]) => ({
    command,
    state: fold(decider, history),
    id: PLAN,
    by: THERAPIST,
    at: AT,
  });

  it('takes parties and patient from the referral first, then from the plan', async () => {
    const drafting = request(COMMANDS.DraftPlan, []);
    const theirs = { patientId: PATIENT, parties: { recipient: [CLINIC], referrer: [PRACTICE] } };
    expect(await plans.subject(drafting, toolsOver(STREAMS))).toEqual(theirs);
    const later = request(COMMANDS.CompletePlan, SCENES.Certified);
    expect(await plans.subject(later, toolsOver({}))).toEqual(theirs);
  });

  it('makes nobody a party of a referral that does not exist', async () => {
    const drafting = request(COMMANDS.DraftPlan, []);
    expect(await plans.subject(drafting, toolsOver({}))).toEqual({ parties: {} });
  });

  it.each(STAGES)("holds the referral's one place exactly while it is current: %s", (stage) => {
    const held = plans.holds?.(fold(decider, SCENES[stage]), PLAN) ?? [];
    expect(held.map((claim) => [claim.key, claim.interval, claim.refusal.code])).toEqual(
      PLAN_CURRENT.includes(stage) ? [[['current-plan', REFERRAL], undefined, 'PLAN_EXISTS']] : [],
    );
  });
});
