/** A referral of somebody new, carried on by its people over HTTP as far as a spec of the screens needs it. */
import { today } from '../journeys/harness.js';
import { somebody, type Person } from '../journeys/person.js';
import { carryVisit, refer } from '../journeys/treatment.js';

const HALF_HOUR_MS = 1_800_000;
const site = { region: 'knee', side: 'left' };
const flexion = { instrument: 'ROM', joint: 'knee', motion: 'flexion', side: 'left', mode: 'active' };

const goal = (goalId: string, category: string, measure: string, more: object): object => ({
  goalId,
  category,
  measure,
  dueDate: today(),
  longTerm: true,
  ...more,
});

const PLAN = {
  durationDays: 42,
  frequency: { timesPerWeek: 2 },
  plannedVisits: 8,
  coInterventions: [],
  interventions: [
    { technique: 'DTFM', sites: [site], tissues: ['tendon'], minutesPerVisit: 20, cpt: '97140' },
  ],
  goals: [
    goal('g1', 'pain', 'NPRS', { baseline: 6, target: 2, text: 'Stairs with pain of 2 at most.' }),
    goal('g2', 'mobility', 'ROM', { baseline: 90, target: 120, text: 'Squats to a low chair.', site }),
  ],
  precautionsConsidered: [],
};

const idOf = async (doing: Promise<{ readonly id: string }>): Promise<string> => (await doing).id;

/** A visit in a second. @returns its id */
export const booked = async (coordinator: Person, referralId: string): Promise<string> => {
  const { items } = (await coordinator.get('/api/v1/practitioners?name=halvorsen')).body as {
    readonly items: readonly { readonly id: string }[];
  };
  const soon = Date.now() + 1_000;
  return idOf(
    coordinator.does('/api/v1/sessions', {
      referralId,
      kind: 'treatment',
      therapistId: items[0]?.id,
      start: new Date(soon).toISOString(),
      end: new Date(soon + HALF_HOUR_MS).toISOString(),
    }),
  );
};

export interface Course {
  readonly referral: string;
  readonly measured: (point: string, measurement: object) => Promise<string>;
  /** As by the therapist's hand. */
  readonly reported: (outcome: object) => Promise<void>;
}

/** Accepted, planned, measured once of each kind, and visited once. */
export const underTreatment = async (
  { fascia }: { readonly fascia: { as(name: string): Person } },
  family: string,
): Promise<Course> => {
  const [physician, therapist, coordinator] = ['physician-demo', 'therapist-demo', 'coordinator-demo'].map(
    (name) => fascia.as(name),
  ) as [Person, Person, Person];
  const patient = await idOf(physician.does('/api/v1/patients', somebody(family)));
  const { diagnosis, referral } = await refer(physician, patient, 'SELF-PAY');
  await coordinator.does(`/api/v1/referrals/${referral}/accept`);
  const content = { ...PLAN, diagnosisIds: [diagnosis], startDate: today() };
  const plan = await idOf(therapist.does('/api/v1/plans', { referralId: referral, content }));
  await therapist.does(`/api/v1/plans/${plan}/establish`);
  const measured = (point: string, measurement: object): Promise<string> =>
    idOf(therapist.does('/api/v1/assessments', { referralId: referral, point, measurement }));
  await measured('baseline', { instrument: 'NPRS', value: 6 });
  await measured('baseline', { ...flexion, value: 90 });
  await carryVisit({ therapist, coordinator }, await booked(coordinator, referral));
  return {
    referral,
    measured,
    reported: (outcome) => therapist.does(`/api/v1/referrals/${referral}/report-outcome`, outcome),
  };
};

/** What is measured when the goals are met. */
export const metAtTheEnd = async ({ measured }: Course): Promise<void> => {
  await measured('discharge', { instrument: 'NPRS', value: 2 });
  await measured('discharge', { ...flexion, value: 125 });
};
