/** A patient under treatment, with something in every part of the record: for specs that read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { today, type Fascia } from './harness.js';
import type { Person } from './person.js';

const SAMPLES = join(import.meta.dirname, '..', '..', 'data', 'samples', 'synthea-r4');
const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const HOUR_MS = 3_600_000;
const site = { region: 'knee', side: 'left' };

/** The ids of what there is. */
export interface Treated {
  readonly patient: string;
  readonly diagnosis: string;
  readonly referral: string;
  readonly plan: string;
  readonly session: string;
  readonly assessment: string;
  readonly flag: string;
  readonly task: string;
  readonly importId: string;
  /** Also: a referral declined and sent elsewhere, a visit broken off and one cancelled, measures of every instrument. */
  readonly redirected: string;
  readonly stopped: string;
  readonly cancelled: string;
  readonly measures: readonly string[];
}

const idOf = async (doing: Promise<{ readonly id: string }>): Promise<string> => (await doing).id;

export const refer = async (
  physician: Person,
  patientId: string,
  payer: string,
): Promise<{ diagnosis: string; referral: string }> => {
  const diagnosis = await idOf(
    physician.does('/api/v1/diagnoses', {
      patientId,
      code: 'M76.52',
      site,
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
      onset: '2026-02',
    }),
  );
  const listings = (await physician.get('/api/v1/listings?region=knee')).body.items as {
    id: string;
    title: string;
  }[];
  const listingId = listings.find(({ title }) => title.includes('Riverside'))?.id;
  const referral = await idOf(
    physician.does('/api/v1/referrals', {
      patientId,
      content: {
        priority: 'routine',
        service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
        target: { kind: 'directed', listingId },
        sites: [{ ...site, tissues: ['tendon'] }],
        diagnosisIds: [diagnosis],
        onset: '2026-02',
        clinicalQuestion: 'Stairs without pain.',
        goals: [{ category: 'pain', text: 'Stairs.' }],
        screening: SCREENING,
        precautions: [],
        requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
        payer: { profile: payer },
        duplicateOverrideReason: 'For a spec.',
      },
    }),
  );
  await physician.does(`/api/v1/referrals/${referral}/send`);
  return { diagnosis, referral };
};

const accept = async (physician: Person, coordinator: Person, referral: string): Promise<void> => {
  const at = `/api/v1/referrals/${referral}`;
  await coordinator.does(`${at}/acknowledge-receipt`);
  await coordinator.does(`${at}/request-information`, {
    questions: [{ questionId: 'q1', text: 'Injections?', mandatory: true }],
  });
  await physician.does(`${at}/supply-information`, { answers: [{ questionId: 'q1', text: 'None.' }] });
  await coordinator.does(`${at}/accept`, { note: 'Gladly.' });
  await coordinator.does(`${at}/post-message`, { text: 'See you soon.' });
};

const redirect = async (physician: Person, coordinator: Person, referral: string): Promise<void> => {
  await coordinator.does(`/api/v1/referrals/${referral}/decline`, {
    reason: 'capacity',
    note: 'Full until May.',
  });
  const { items } = (await physician.get('/api/v1/listings?region=knee')).body as {
    items: { id: string; title: string }[];
  };
  const listingId = items.find(({ title }) => title.includes('Willow'))?.id;
  await physician.does(`/api/v1/referrals/${referral}/redirect`, { target: { kind: 'directed', listingId } });
};

const plan = async (
  therapist: Person,
  physician: Person,
  referralId: string,
  diagnosis: string,
): Promise<string> => {
  const id = await idOf(
    therapist.does('/api/v1/plans', {
      referralId,
      content: {
        diagnosisIds: [diagnosis],
        startDate: today(),
        durationDays: 42,
        frequency: { timesPerWeek: 2 },
        plannedVisits: 8,
        coInterventions: [{ kind: 'exercise', by: 'patient' }],
        interventions: [
          { technique: 'DTFM', sites: [site], tissues: ['tendon'], minutesPerVisit: 20, cpt: '97140' },
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
        homeProgram: 'Stairs.',
      },
    }),
  );
  await therapist.does(`/api/v1/plans/${id}/establish`);
  await physician.does(`/api/v1/plans/${id}/review`, { agree: true, text: 'Good.' });
  await physician.does(`/api/v1/plans/${id}/certify`, {});
  return id;
};

/** One that is booked, from the check-in to the signature. */
export const carryVisit = async (
  { therapist, coordinator }: { readonly therapist: Person; readonly coordinator: Person },
  id: string,
): Promise<void> => {
  const at = `/api/v1/sessions/${id}`;
  await coordinator.does(`${at}/check-in`);
  await therapist.does(`${at}/record-pre-screen`, {
    flags: [],
    vitals: { sbpMmHg: 128, dbpMmHg: 80 },
    skinIntact: true,
    consentVerbal: true,
    nprsPre: 6,
  });
  await therapist.does(`${at}/start`);
  await therapist.does(`${at}/record-intervention`, {
    technique: 'DTFM',
    ...site,
    tissue: 'tendon',
    pressureGrade: 3,
    minutes: 0,
    timed: true,
    cpt: '97140',
    nprsDuring: 5,
    response: 'Well.',
  });
  const began = new Date(Date.now() - 1_000).toISOString();
  await therapist.does(`${at}/complete`, {
    start: began,
    end: new Date().toISOString(),
    totalTreatmentMinutes: 0,
    nprsPost: 4,
    narrative: {
      subjective: 'Stairs hurt.',
      objective: 'Tender tendon.',
      assessment: 'Responds.',
      plan: 'Go on.',
    },
  });
  await therapist.does(`${at}/sign`);
};

const treat = async (
  therapist: Person,
  coordinator: Person,
  referralId: string,
): Promise<Pick<Treated, 'session' | 'stopped' | 'cancelled'>> => {
  const therapistId = (await therapist.get('/api/v1/practitioners?name=halvorsen')).body.items[0]
    .id as string;
  const visit = (afterMs: number): Promise<string> =>
    idOf(
      coordinator.does('/api/v1/sessions', {
        referralId,
        kind: 'treatment',
        therapistId,
        start: new Date(Date.now() + afterMs).toISOString(),
        end: new Date(Date.now() + afterMs + HOUR_MS / 2).toISOString(),
      }),
    );
  const session = await visit(1_000);
  const cancelled = await visit(HOUR_MS);
  await coordinator.does(`/api/v1/sessions/${cancelled}/cancel`, { by: 'patient', reason: 'Ill.' });
  await carryVisit({ therapist, coordinator }, session);
  await therapist.does(`/api/v1/sessions/${session}/amend`, { text: 'Left knee.', reason: 'Forgotten.' });
  const stopped = await visit(1_000);
  await coordinator.does(`/api/v1/sessions/${stopped}/check-in`);
  const dizzy = {
    flags: ['F11'],
    vitals: { sbpMmHg: 190, heartRatePerMin: 90, spo2Percent: 97, tempCelsius: 37.2 },
    skinIntact: true,
    consentVerbal: true,
    nprsPre: 5,
  };
  await therapist.does(`/api/v1/sessions/${stopped}/record-pre-screen`, dizzy);
  await therapist.does(`/api/v1/sessions/${stopped}/stop`, { reason: 'Dizzy.' });
  return { session, stopped, cancelled };
};

const importSample = async (physician: Person): Promise<string> => {
  const [name = ''] = readdirSync(SAMPLES).filter((file) => file.endsWith('.json.gz'));
  const headers = { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' };
  return (await physician.insists('POST', '/api/v1/imports', readFileSync(join(SAMPLES, name)), headers)).body
    .id as string;
};

export const treatAPatient = async (fascia: Fascia): Promise<Treated> => {
  const [physician, therapist, coordinator] = ['physician-demo', 'therapist-demo', 'coordinator-demo'].map(
    (name) => fascia.as(name),
  ) as [Person, Person, Person];
  const importId = await importSample(physician);
  const patient = (await physician.get('/api/v1/patients?name=koepp')).body.items[0].id as string;
  const { referral: redirected } = await refer(physician, patient, 'SELF-PAY');
  await redirect(physician, coordinator, redirected);
  const { diagnosis, referral } = await refer(physician, patient, 'US-MEDICARE-B');
  await accept(physician, coordinator, referral);
  await coordinator.isAskedFor('BOOK_FIRST_VISIT', referral);
  const task = (await coordinator.get(`/api/v1/tasks?view=inbox&referralId=${referral}`)).body.items[0]
    .id as string;
  const measured = (point: string, measurement: object): Promise<string> =>
    idOf(therapist.does('/api/v1/assessments', { referralId: referral, point, measurement }));
  const planId = await plan(therapist, physician, referral, diagnosis);
  await measured('baseline', { instrument: 'NPRS', value: 6, region: 'knee' });
  const sessions = await treat(therapist, coordinator, referral);
  const assessment = await measured('progress', { instrument: 'NPRS', value: 3, region: 'knee' });
  const flexion = {
    instrument: 'ROM',
    joint: 'knee',
    motion: 'flexion',
    side: 'left',
    mode: 'active',
    position: 'supine',
  };
  const measures = [
    await measured('baseline', { ...flexion, value: 90, device: 'goniometer' }),
    await measured('progress', { ...flexion, value: 100, device: 'inclinometer' }),
    await measured('baseline', { instrument: 'PSFS', items: [3, 4, 5] }),
  ];
  const flag = await idOf(
    therapist.does('/api/v1/flags', {
      patientId: patient,
      referralId: referral,
      catalogueId: 'F11',
      source: 'by-hand',
      note: 'Low.',
    }),
  );
  return {
    patient,
    diagnosis,
    referral,
    plan: planId,
    ...sessions,
    assessment,
    flag,
    task,
    importId,
    redirected,
    measures,
  };
};
