/** What the demo has nothing of, for pictures: a course of treatment whose outcome was reported, a plan that was changed, a visit under way. */
import { today, tokenOf } from '../journeys/harness.js';
import { Person, somebody } from '../journeys/person.js';
import { booked, metAtTheEnd, underTreatment } from './course.js';
import { visitCase } from './visit-case.js';

/** The paths of the pages of what was made. */
interface Furnished {
  readonly visit: string;
  /** Its next version waits for the physician, who sees what changed. */
  readonly plan: string;
}

type As = (name: string) => Person;

const WEEK_MS = 604_800_000;

const changedPlan = async (as: As): Promise<string> => {
  const [physician, therapist] = [as('physician-demo'), as('therapist-demo')];
  const patient = await physician.registers('Gallo');
  const { referral } = await visitCase({ physician, therapist }, patient, today());
  const { items } = (await therapist.get(`/api/v1/plans?referralId=${referral}`)).body as {
    readonly items: readonly { readonly id: string; readonly content: object }[];
  };
  const [plan] = items;
  if (plan === undefined) throw new Error('a plan was made, and is not found');
  const to = `/api/v1/plans/${plan.id}`;
  await physician.does(`${to}/review`, { agree: false, text: 'Fewer visits, and more to do at home.' });
  const changed = {
    ...plan.content,
    // Its visits began before it.
    startDate: new Date(Date.now() - WEEK_MS).toISOString().slice(0, 10),
    plannedVisits: 8,
    homeProgram: 'Chin tucks, ten, five times a day.',
  };
  await therapist.does(`${to}/edit`, { content: changed });
  await therapist.does(`${to}/establish`);
  return `/referrals/${referral}`;
};

/** @param url of the product */
export const furnish = async (url: string): Promise<Furnished> => {
  const as: As = (name) => new Person({ url, token: (person) => tokenOf(url, person) }, name);
  const coordinator = as('coordinator-demo');
  // Typed a second time, by somebody who did not look.
  const physician = as('physician-demo');
  for (const birthDate of ['1961-07-08', '1961-07-08'])
    await physician.does('/api/v1/patients', { ...somebody('Quintero'), birthDate });
  const { items } = (await coordinator.get('/api/v1/plans')).body as {
    readonly items: readonly { readonly referralId: string }[];
  };
  // Before the visit that takes up the therapist's next half hour.
  const plan = await changedPlan(as);
  const course = await underTreatment({ fascia: { as } }, 'Ferreira');
  await metAtTheEnd(course);
  await course.reported({ kind: 'goals-met', summary: 'Runs again, and goes on with the exercises.' });
  const visit = await booked(coordinator, items[0]?.referralId ?? '');
  await coordinator.does(`/api/v1/sessions/${visit}/check-in`);
  return { visit: `/visits/${visit}`, plan };
};
