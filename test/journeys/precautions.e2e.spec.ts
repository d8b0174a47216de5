/** Precautions from a file to the treatment table: what the running product refuses, and what opens it (docs/domain/safety.md#where-it-decides). */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import { Fascia, today } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Answer, Person } from './person.js';
import { refer } from './treatment.js';

const JOURNEY_MS = 180_000;
const HOUR_MS = 3_600_000;
const SITE = { region: 'knee', side: 'left' };
const FHIR = { 'content-type': 'application/fhir+json' };

describe('a patient with precautions', () => {
  let fascia: Fascia;
  let physician: Person;
  let therapist: Person;
  let coordinator: Person;
  let patient: string;
  let proposed: string;
  let referral: string;
  let diagnosis: string;
  let therapistId: string;

  const asked = (by: Person, path: string, body: object = {}): Promise<Answer> =>
    by.send('POST', `/api/v1/${path}`, body, { 'idempotency-key': randomUUID() });
  const gist = ({ status, body }: Answer): unknown => body?.code ?? status;
  const planFor = async (technique: string): Promise<Answer> => {
    const content = {
      diagnosisIds: [diagnosis],
      startDate: today(),
      durationDays: 42,
      frequency: { timesPerWeek: 2 },
      plannedVisits: 8,
      coInterventions: [],
      interventions: [
        { technique, sites: [SITE], tissues: ['muscle', 'fascia'], minutesPerVisit: 20, cpt: '97140' },
      ],
      goals: [
        {
          goalId: 'g1',
          category: 'pain',
          measure: 'NPRS',
          baseline: 6,
          target: 2,
          dueDate: today(),
          longTerm: true,
          text: 'Stairs at most 2.',
        },
      ],
      precautionsConsidered: [],
    };
    const { id } = await therapist.does('/api/v1/plans', { referralId: referral, content });
    const answer = await asked(therapist, `plans/${String(id)}/establish`);
    if (answer.status !== 200)
      await therapist.does(`/api/v1/plans/${String(id)}/discontinue`, { reason: 'Not possible.' });
    return answer;
  };
  const book = (afterMs: number): Promise<Answer> =>
    asked(coordinator, 'sessions', {
      referralId: referral,
      kind: 'treatment',
      therapistId,
      start: new Date(Date.now() + afterMs).toISOString(),
      end: new Date(Date.now() + afterMs + HOUR_MS / 2).toISOString(),
    });

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    [physician, therapist, coordinator] = ['physician-demo', 'therapist-demo', 'coordinator-demo'].map(
      (name) => fascia.as(name),
    ) as [Person, Person, Person];
    therapistId = (await therapist.get('/api/v1/practitioners?name=halvorsen')).body.items[0].id as string;
    const subject = { reference: 'Patient/p' };
    const said = [
      {
        resourceType: 'Patient',
        id: 'p',
        name: [{ family: 'Abendroth', given: ['Ines'] }],
        birthDate: '1961-02-03',
        gender: 'female',
      },
      {
        resourceType: 'MedicationStatement',
        id: 'm',
        status: 'active',
        subject,
        medicationCodeableConcept: {
          coding: [
            { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '11289', display: 'Warfarin' },
          ],
        },
      },
    ];
    await physician.insists(
      'POST',
      '/api/v1/imports',
      { resourceType: 'Bundle', type: 'collection', entry: said.map((resource) => ({ resource })) },
      FHIR,
    );
    patient = (await physician.get('/api/v1/patients?name=abendroth')).body.items[0].id as string;
    proposed = (await physician.get(`/api/v1/patients/${patient}/precautions`)).body.items[0].id as string;
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  it('is told of to who looks after the records of the practice: they see what waits, and settle nothing', async () => {
    const clerk = fascia.as('records-demo');
    const told = async (): Promise<{ readonly id: string } | undefined> => {
      const { body } = await clerk.get(`/api/v1/precautions?status=proposed&patientId=${patient}`);
      return (body.items as { readonly id: string }[]).find(({ id }) => id === proposed);
    };
    expect(await until(told, { deadlineMs: 60_000, message: 'the proposal to be told' })).toMatchObject({
      status: 'proposed',
      patientId: patient,
      patient: { name: 'Ines Abendroth', birthDate: '1961-02-03' },
      catalogueId: 'P01',
      from: 'medication',
      allowedActions: [],
    });
    for (const [act, body] of [
      ['confirm', {}],
      ['dismiss', { reason: 'Not mine to say.' }],
    ] as const)
      expect(gist(await asked(clerk, `precautions/${proposed}/${act}`, body))).toBe('FORBIDDEN_ROLE');
  });

  it('is not referred while nobody has looked at what the file proposes', async () => {
    const check = await physician.get(`/api/v1/referrals/check?patientId=${patient}`);
    expect(check.body.findings).toContainEqual(
      expect.objectContaining({ code: 'REFERRAL_PRECAUTION_UNSETTLED', ids: [proposed] }),
    );
    await expect(refer(physician, patient, 'SELF-PAY')).rejects.toThrow('REFERRAL_PRECAUTION_UNSETTLED');
    await physician.does(`/api/v1/precautions/${proposed}/confirm`);
    ({ referral, diagnosis } = await refer(physician, patient, 'SELF-PAY'));
    await coordinator.does(`/api/v1/referrals/${referral}/accept`, {});
  });

  it('is planned for with what the anticoagulant leaves', async () => {
    expect(gist(await planFor('DTFM'))).toBe('PLAN_TECHNIQUE_CONTRAINDICATED');
    expect(gist(await planFor('MFR'))).toBe(200);
    const { body } = await therapist.get(
      `/api/v1/patients/${patient}/allowed-techniques?region=knee&side=left&referralId=${referral}`,
    );
    expect(body.sites).toMatchObject([{ maxPressureGrade: 2, findings: [{ catalogueId: 'P01' }] }]);
    expect(body.sites[0].allowedTechniques).not.toContain('DTFM');
  });

  it('is booked once a physician has cleared what needs a clearance, and until it ends', async () => {
    const { id } = await therapist.does('/api/v1/precautions', {
      patientId: patient,
      catalogueId: 'P08',
      site: SITE,
      details: [],
      source: 'examination',
    });
    const clearance = { rationale: 'Stable for years.', evidence: 'Letter.', from: today(), until: today() };
    expect(gist(await book(24 * HOUR_MS))).toBe('SESSION_CONTRAINDICATED');
    expect(gist(await asked(therapist, `precautions/${String(id)}/clear`, clearance))).toBe('FORBIDDEN_ROLE');
    expect(gist(await asked(physician, `precautions/${String(id)}/clear`, clearance))).toBe(200);
    expect(gist(await book(72 * HOUR_MS))).toBe('SESSION_CONTRAINDICATED');
    await physician.does(`/api/v1/precautions/${String(id)}/resolve`, {
      reason: 'It was a bruise.',
      evidence: 'Ultrasound.',
    });
    expect(gist(await book(72 * HOUR_MS))).toBe(201);
  });

  it('is treated with care, and what was done all the same is told', async () => {
    const { body: visit } = await book(1_000);
    const at = `sessions/${String(visit.id)}`;
    await coordinator.does(`/api/v1/${at}/check-in`);
    await therapist.does(`/api/v1/${at}/record-pre-screen`, {
      flags: [],
      vitals: {},
      skinIntact: true,
      consentVerbal: true,
      nprsPre: 6,
    });
    await therapist.does(`/api/v1/${at}/start`);
    const work = {
      technique: 'DTFM',
      ...SITE,
      tissue: 'muscle',
      pressureGrade: 5,
      minutes: 0,
      timed: true,
      cpt: '97140',
      deviationReason: 'It was tight.',
    };
    expect(gist(await asked(therapist, `${at}/record-intervention`, work))).toBe(
      'SESSION_TECHNIQUE_CONTRAINDICATED',
    );
    const soft = { ...work, technique: 'MFR', tissue: 'fascia' };
    expect(gist(await asked(therapist, `${at}/record-intervention`, soft))).toBe(
      'SESSION_PRESSURE_CONTRAINDICATED',
    );
    expect(
      gist(await asked(therapist, `${at}/record-intervention`, { ...work, doneDespite: 'Told afterwards.' })),
    ).toBe(200);
    const { body } = await therapist.get(`/api/v1/${at}`);
    expect(body).toMatchObject({
      contraindicatedCare: [{ seq: 1, catalogueIds: ['P01'], reason: 'Told afterwards.' }],
      complianceFlags: ['CONTRAINDICATED_CARE'],
    });
  });
});
