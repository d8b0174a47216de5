/** What an order says of the plan that is asked for: a proposal, of which everything can be changed. */
import { TECHNIQUES } from '@fascia/clinical';
import type { BodyOf } from '../api/commands.js';
import type { Answer } from '../api/questions.js';
import { daysLater } from '../parts/zone.js';

export type Content = BodyOf<'plans', 'EditPlan'>['content'];
export type Goal = NonNullable<Content['goals']>[number];
export type Intervention = NonNullable<Content['interventions']>[number];
export type Other = NonNullable<Content['coInterventions']>[number];
export type Site = Intervention['sites'][number];

type Order = Pick<Answer<'getReferral'>, 'content' | 'sites'>;

const WEEK_DAYS = 7;
/** What most visits give to one technique. */
const USUAL_MINUTES = 15;
/** A plan treats a place at a time: those that follow are added by hand. */
const MOST_SITES = 20;

const siteOf = ({ region, side }: Answer<'getReferral'>['sites'][number]): Site =>
  ({ region, ...(side === undefined ? {} : { side }) }) as Site;

/** The first technique that is preferred and that there is: none where nobody prefers any. */
const preferredIn = ({ content: { service }, sites }: Order): Intervention[] => {
  const preferred = TECHNIQUES.filter(({ code }) => service?.techniquesPreferred?.includes(code));
  const [first] = sites;
  if (first === undefined) return [];
  return preferred.map(({ code, cpt }) => ({
    technique: code,
    sites: sites.slice(0, MOST_SITES).map(siteOf),
    tissues: first.tissues as Intervention['tissues'],
    minutesPerVisit: USUAL_MINUTES,
    cpt: (cpt as readonly string[])[0] ?? '',
  }));
};

/** @param today of the clinic */
export const proposalFrom = (order: Order, today: string, newId: () => string): Content => {
  const { diagnosisIds, goals = [], requested } = order.content;
  const duration = requested === undefined ? undefined : requested.weeks * WEEK_DAYS;
  return {
    startDate: today,
    ...(diagnosisIds === undefined ? {} : { diagnosisIds: [...diagnosisIds] }),
    ...(requested === undefined || duration === undefined
      ? {}
      : {
          durationDays: duration,
          frequency: { timesPerWeek: requested.frequencyPerWeek },
          plannedVisits: requested.visits,
        }),
    goals: goals.map(({ category, text }) => ({
      goalId: newId(),
      category,
      text,
      longTerm: true,
      ...(duration === undefined ? {} : { dueDate: daysLater(today, duration) }),
    })),
    interventions: preferredIn(order),
    coInterventions: [],
  };
};

export const emptyGoal = (goalId: string): Goal => ({ goalId, category: 'pain', longTerm: true, text: '' });

/** Where the order asks for it, as far as it says where. */
export const newIntervention = ({ sites }: Pick<Order, 'sites'>): Intervention => ({
  technique: '',
  sites: sites.slice(0, MOST_SITES).map(siteOf),
  tissues: [...(sites[0]?.tissues ?? [])] as Intervention['tissues'],
  minutesPerVisit: USUAL_MINUTES,
  cpt: '',
});

/** What a technique is usually billed as is proposed, and stays what somebody wrote. */
export const withTechnique = (intervention: Intervention, technique: string): Intervention => {
  const usual = (code: string): string =>
    (TECHNIQUES.find((one) => one.code === code)?.cpt as readonly string[] | undefined)?.[0] ?? '';
  const written = intervention.cpt !== '' && intervention.cpt !== usual(intervention.technique);
  return { ...intervention, technique, cpt: written ? intervention.cpt : usual(technique) };
};
