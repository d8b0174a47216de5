/** What may be asked of a plan of care. */
import { REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import {
  acts,
  amount,
  code,
  creates,
  day,
  flag,
  line,
  list,
  ref,
  shape,
  text,
  typesOf,
  whole,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { CO_INTERVENTION_KINDS, GOAL_CATEGORIES, GOAL_MEASURES } from './content.js';
import { SUBMIT_CHANNELS } from './events.js';

const site = shape('PlanSite', { region: code(REGIONS), side: code(SIDES).optional() });

const frequency = shape('PlanFrequency', {
  timesPerWeek: amount(0.5, 7),
  weeks: whole(1, 52, 'For as long as the plan lasts when absent.').optional(),
});

const coIntervention = shape('PlanCoIntervention', {
  kind: code(CO_INTERVENTION_KINDS),
  by: line(200, 'Who sees to it.'),
  note: text(4000).optional(),
});

const intervention = shape('PlanIntervention', {
  technique: line(20, 'Code of the technique catalogue.'),
  sites: list(site, { min: 1, max: 20 }),
  tissues: list(code(TISSUES), { max: 5 }),
  minutesPerVisit: whole(1, 480),
  cpt: line(10, 'A billing code number.'),
});

const goal = shape('PlanGoal', {
  goalId: line(64, 'Stable over the versions of the plan.'),
  category: code(GOAL_CATEGORIES),
  measure: code(GOAL_MEASURES).optional(),
  site: site.optional(),
  baseline: amount(-360, 360).optional(),
  target: amount(-360, 360).optional(),
  dueDate: day().optional(),
  longTerm: flag(),
  text: text(4000),
});

/** What is asked for is shown in the same words. */
export const planContent = shape('PlanContent', {
  diagnosisIds: list(ref('diagnosis'), { max: 20 }).optional(),
  startDate: day().optional(),
  durationDays: whole(1, 366).optional(),
  frequency: frequency.optional(),
  plannedVisits: whole(1, 200).optional(),
  coInterventions: list(coIntervention, { max: 20 }).optional(),
  interventions: list(intervention, { max: 30 }).optional(),
  goals: list(goal, { max: 30 }).optional(),
  precautionsConsidered: list(line(20), { max: 40 }).optional(),
  homeProgram: text(4000).optional(),
});

export const PLAN_COMMANDS = {
  DraftPlan: creates('Begin a plan of care under a referral', {
    referralId: ref('referral'),
    content: planContent,
  }),
  EditPlan: acts('edit', 'Replace the content of a draft', { content: planContent }),
  EstablishPlan: acts('establish', 'Sign the plan: treatment may start'),
  SubmitPlan: acts('submit', 'Send it to the physician', {
    channel: code(SUBMIT_CHANNELS),
    proofRef: ref('document', 'Proof of sending.').optional(),
  }),
  ReviewPlan: acts('review', 'Agree, or ask for changes', {
    agree: flag('false: changes are asked for.'),
    text: text(4000).optional(),
  }),
  CertifyPlan: acts('certify', 'Certify it, where the payer wants that', {
    until: day('For a shorter time than asked.').optional(),
    visitRequiredBy: day().optional(),
    delayed: flag('Certified after its due date, with the reason.').optional(),
    reason: text(4000).optional(),
  }),
  CompletePlan: acts('complete', 'Treatment is done'),
  DiscontinuePlan: acts('discontinue', 'End it early, with the reason', { reason: text(4000) }),
};

export type PlanCommand = CommandsOf<typeof PLAN_COMMANDS>;
export type PlanCommandType = PlanCommand['type'];
export type PlanCommandOf<T extends PlanCommandType> = CommandOf<typeof PLAN_COMMANDS, T>;

export const COMMAND_TYPES = typesOf(PLAN_COMMANDS);
