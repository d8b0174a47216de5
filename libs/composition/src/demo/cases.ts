/**
 * Three cases in three places of the loop, so that every list has something real in it: a tendonitis that waits for
 * triage, a fibromyalgia accepted by a massage therapist, and one under Medicare whose plan waits for certification.
 */
import { dayOf, daysAfter } from '@fascia/clinical/calendar';
import { systemClock, type CalendarDate } from '@fascia/kernel';
import { DEMO_ZONE } from './network.js';
import { demoId } from './people.js';
import { actorOf, type Seeder } from './seeder.js';

const todayOf = (): CalendarDate => dayOf(systemClock.now().toISOString(), DEMO_ZONE);

const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));

interface Case {
  readonly key: string;
  readonly patientId: string;
  readonly code: string;
  readonly site: { readonly region: string; readonly side?: string };
  readonly tissues: readonly string[];
  readonly dysfunction: string;
  readonly question: string;
  readonly payer: string;
  readonly listing: string;
}

const sendCase = async (seeder: Seeder, one: Case): Promise<{ referralId: string; diagnosisId: string }> => {
  const physician = actorOf('physician-demo');
  const diagnosisId = await seeder.send(
    physician,
    { category: 'diagnosis', key: one.key, id: demoId(`${one.key}/diagnosis`) },
    {
      type: 'RecordDiagnosis',
      patientId: one.patientId,
      code: one.code,
      site: one.site,
      tissues: one.tissues,
      dysfunction: one.dysfunction,
      verification: 'confirmed',
      source: 'clinician',
      onset: todayOf().slice(0, 4),
    },
  );
  const referralId = await seeder.send(
    physician,
    { category: 'referral', key: one.key, id: demoId(`${one.key}/referral`) },
    {
      type: 'DraftReferral',
      patientId: one.patientId,
      content: {
        priority: 'routine',
        service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
        target: { kind: 'directed', listingId: demoId(one.listing) },
        sites: [{ ...one.site, tissues: one.tissues }],
        diagnosisIds: [diagnosisId],
        onset: todayOf().slice(0, 4),
        clinicalQuestion: one.question,
        screening: SCREENING,
        precautions: [],
        requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
        payer: { profile: one.payer },
      },
    },
  );
  await seeder.send(
    physician,
    { category: 'referral', key: `${one.key}/send`, id: referralId },
    { type: 'SendReferral' },
  );
  return { referralId, diagnosisId };
};

const waitsForTriage = async (seeder: Seeder, patientId: string): Promise<void> => {
  await sendCase(seeder, {
    key: 'tendonitis',
    patientId,
    code: 'M75.21',
    site: { region: 'shoulder', side: 'right' },
    tissues: ['tendon'],
    dysfunction: 'tendinopathy',
    question: 'Pain-free reach overhead, please.',
    payer: 'SELF-PAY',
    listing: 'riverside-stm',
  });
};

const isAccepted = async (seeder: Seeder, patientId: string): Promise<void> => {
  const { referralId } = await sendCase(seeder, {
    key: 'fibromyalgia',
    patientId,
    code: 'M79.7',
    site: { region: 'widespread' },
    tissues: ['muscle', 'fascia'],
    dysfunction: 'widespread-pain',
    question: 'Gentle start; what helps with sleep and pain?',
    payer: 'SELF-PAY',
    listing: 'willow-stm',
  });
  await seeder.send(
    actorOf('coordinator-two-demo'),
    { category: 'referral', key: 'fibromyalgia/accept', id: referralId },
    { type: 'AcceptReferral' },
  );
};

const plantarPlan = (diagnosisId: string) => ({
  diagnosisIds: [diagnosisId],
  startDate: todayOf(),
  durationDays: 60,
  frequency: { timesPerWeek: 2 },
  plannedVisits: 8,
  coInterventions: [],
  interventions: [
    {
      technique: 'IASTM',
      sites: [{ region: 'plantar', side: 'left' }],
      tissues: ['fascia'],
      minutesPerVisit: 15,
      cpt: '97140',
    },
  ],
  goals: [
    {
      goalId: 'pain',
      category: 'pain',
      measure: 'NPRS',
      baseline: 6,
      target: 2,
      dueDate: daysAfter(todayOf(), 45),
      longTerm: true,
      text: 'Heel pain at the first steps of the day at most 2.',
    },
  ],
  precautionsConsidered: [],
});

const waitsForCertification = async (seeder: Seeder, patientId: string): Promise<void> => {
  const { referralId, diagnosisId } = await sendCase(seeder, {
    key: 'medicare',
    patientId,
    code: 'M72.2',
    site: { region: 'plantar', side: 'left' },
    tissues: ['fascia'],
    dysfunction: 'fasciitis',
    question: 'Walks to the shop without heel pain.',
    payer: 'US-MEDICARE-B',
    listing: 'riverside-stm',
  });
  const therapist = actorOf('therapist-demo');
  await seeder.send(
    therapist,
    { category: 'referral', key: 'medicare/accept', id: referralId },
    { type: 'AcceptReferral' },
  );
  const planId = await seeder.send(
    therapist,
    { category: 'plan', key: 'medicare/plan', id: demoId('medicare/plan') },
    {
      type: 'DraftPlan',
      referralId,
      content: plantarPlan(diagnosisId),
    },
  );
  await seeder.send(
    therapist,
    { category: 'plan', key: 'medicare/establish', id: planId },
    { type: 'EstablishPlan' },
  );
};

export const seedCases = async (seeder: Seeder, patientIds: readonly string[]): Promise<void> => {
  const [tendonitis, fibromyalgia, medicare] = patientIds;
  if (tendonitis === undefined || fibromyalgia === undefined || medicare === undefined) return;
  await waitsForTriage(seeder, tendonitis);
  await isAccepted(seeder, fibromyalgia);
  await waitsForCertification(seeder, medicare);
};
