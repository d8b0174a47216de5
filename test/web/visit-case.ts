/** A patient with a plan of three places, one signed visit behind, and one booked for now. */
import type { Person } from '../journeys/person.js';

const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const MINUTE_MS = 60_000;

const WORK = [
  { technique: 'MFR', region: 'shoulder', side: 'right', tissue: 'fascia', minutes: 15 },
  { technique: 'STRIP', region: 'thoracic', side: 'right', tissue: 'muscle', minutes: 10 },
  { technique: 'TPR', region: 'cervical', side: 'right', tissue: 'muscle', minutes: 8 },
] as const;

const SITES = WORK.map(({ region, side, tissue }) => ({ region, side, tissues: [tissue] }));

/** Thins the blood: nothing deep across fibres, nothing with an edge, and softly. */
const PRECAUTIONS = ['P01'];

interface People {
  readonly physician: Person;
  readonly therapist: Person;
}

export interface VisitCase {
  readonly referral: string;
  readonly before: string;
  readonly visit: string;
}

type Made = { readonly id: string };

const ordered = async ({ physician, therapist }: People, patientId: string) => {
  const { id: diagnosis } = (await physician.does('/api/v1/diagnoses', {
    patientId,
    code: 'M79.12',
    site: { region: 'cervical', side: 'right' },
    tissues: ['muscle'],
    dysfunction: 'trigger-point',
    verification: 'confirmed',
    source: 'clinician',
    onset: '2026-02',
  })) as Made;
  const { items } = (await physician.get('/api/v1/listings?region=shoulder')).body as {
    items: { id: string; title: string }[];
  };
  const listingId = items.find(({ title }) => title.includes('Riverside'))?.id;
  const { id: referral } = (await physician.does('/api/v1/referrals', {
    patientId,
    content: {
      priority: 'routine',
      service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
      target: { kind: 'directed', listingId },
      sites: SITES,
      siteExplanation: 'One chain of muscles, from the neck to the shoulder blade.',
      diagnosisIds: [diagnosis],
      onset: '2026-02',
      clinicalQuestion: 'Can the head turn without pain, and the night be slept through?',
      screening: SCREENING,
      precautions: PRECAUTIONS,
      requested: { frequencyPerWeek: 2, weeks: 4, visits: 12 },
      payer: { profile: 'US-MEDICARE-B' },
    },
  })) as Made;
  await physician.does(`/api/v1/referrals/${referral}/send`);
  await therapist.does(`/api/v1/referrals/${referral}/accept`, {});
  return { diagnosis, referral };
};

const planned = async ({ therapist }: People, referralId: string, diagnosis: string, day: string) => {
  const { id } = (await therapist.does('/api/v1/plans', {
    referralId,
    content: {
      diagnosisIds: [diagnosis],
      startDate: day,
      durationDays: 42,
      frequency: { timesPerWeek: 2 },
      plannedVisits: 12,
      coInterventions: [],
      interventions: WORK.map(({ technique, region, side, tissue, minutes }) => ({
        technique,
        sites: [{ region, side }],
        tissues: [tissue],
        minutesPerVisit: minutes,
        cpt: '97140',
      })),
      goals: [
        {
          goalId: 'turn',
          category: 'mobility',
          measure: 'NPRS',
          baseline: 6,
          target: 2,
          dueDate: day,
          longTerm: true,
          text: 'Looks over the right shoulder while driving, pain at most 2.',
        },
      ],
      precautionsConsidered: PRECAUTIONS,
      homeProgram: 'Chin tucks, ten, three times a day.',
    },
  })) as Made;
  await therapist.does(`/api/v1/plans/${id}/establish`);
};

/** Of the visit that was booked last. */
let taken = 0;

/** Booked for a moment from now that is nobody else's, and over before anybody looks. */
export const book = async ({ therapist }: People, referralId: string): Promise<string> => {
  const { body } = await therapist.get('/api/v1/practitioners?name=halvorsen');
  const { items } = body as { items: Made[] };
  const start = Math.max(Date.now() + 1_000, taken);
  taken = start + 200;
  const { id } = (await therapist.does('/api/v1/sessions', {
    referralId,
    kind: 'treatment',
    therapistId: items[0]?.id,
    start: new Date(start).toISOString(),
    end: new Date(taken).toISOString(),
  })) as Made;
  return id;
};

const SCREENED = { flags: [], vitals: {}, skinIntact: true, consentVerbal: true, nprsPre: 6 };

const treated = async (people: People, referral: string): Promise<string> => {
  const { therapist } = people;
  const visit = await book(people, referral);
  const at = `/api/v1/sessions/${visit}`;
  await therapist.does(`${at}/check-in`);
  await therapist.does(`${at}/record-pre-screen`, SCREENED);
  await therapist.does(`${at}/start`);
  for (const done of WORK)
    await therapist.does(`${at}/record-intervention`, {
      ...done,
      pressureGrade: 2,
      cpt: '97140',
      nprsDuring: 4,
      response: 'Sore at first, then easier.',
    });
  const began = Date.now() - 23 * 60 * MINUTE_MS;
  await therapist.does(`${at}/complete`, {
    start: new Date(began).toISOString(),
    end: new Date(began + 40 * MINUTE_MS).toISOString(),
    totalTreatmentMinutes: 33,
    nprsPost: 4,
    narrative: {
      subjective: 'Wakes twice a night.',
      objective: 'Turns 50 degrees to the right.',
      assessment: 'Eases under slow load.',
      plan: 'Go on; less pressure at the neck.',
    },
  });
  await therapist.does(`${at}/sign`);
  return visit;
};

/** @param day on which the plan begins, at the clinic */
export const visitCase = async (people: People, patientId: string, day: string): Promise<VisitCase> => {
  const { diagnosis, referral } = await ordered(people, patientId);
  await planned(people, referral, diagnosis, day);
  const before = await treated(people, referral);
  return { referral, before, visit: await book(people, referral) };
};
