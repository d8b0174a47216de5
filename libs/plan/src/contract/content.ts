/** The content of a plan of care, as a draft gathers it and `PlanEstablished` fixes it (42 CFR 410.61; docs/domain/plan.md#content). */
import { z } from 'zod';
import { REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import { personal } from '@fascia/kernel/contract';

export const GOAL_CATEGORIES = ['mobility', 'pain', 'recovery', 'posture', 'wellbeing'] as const;
/** Instruments that a goal may be measured by. NPRS and PSFS are scores of 0-10, ROM is in degrees. */
export const GOAL_MEASURES = ['NPRS', 'PSFS', 'ROM'] as const;
export const CO_INTERVENTION_KINDS = [
  'exercise',
  'education',
  'home-programme',
  'medication',
  'imaging',
  'other-referral',
] as const;

const text = personal(z.string().max(4000));
const line = personal(z.string().max(200));

export const siteSchema = z.strictObject({ region: z.enum(REGIONS), side: z.enum(SIDES).optional() });

const frequencySchema = z.strictObject({
  timesPerWeek: z.number().min(0.5).max(7),
  /** Absent: for as long as the plan lasts. */
  weeks: z.int().min(1).optional(),
});

const coInterventionSchema = z.strictObject({
  kind: z.enum(CO_INTERVENTION_KINDS),
  /** Who sees to it. */
  by: line,
  note: text.optional(),
});

const interventionSchema = z.strictObject({
  /** Code of the technique catalogue. */
  technique: z.string().max(20),
  sites: z.array(siteSchema).min(1),
  tissues: z.array(z.enum(TISSUES)),
  minutesPerVisit: z.int().min(1),
  /** A code number; descriptors are licensed by the AMA. */
  cpt: z.string().max(10),
});

/** Measurable when it has a measure, a baseline, a target and a date; others are said in words only. */
const goalSchema = z.strictObject({
  /** Stable over the versions of a plan, so that progress can be told goal by goal. */
  goalId: z.string().max(64),
  category: z.enum(GOAL_CATEGORIES),
  measure: z.enum(GOAL_MEASURES).optional(),
  site: siteSchema.optional(),
  baseline: z.number().optional(),
  target: z.number().optional(),
  dueDate: z.iso.date().optional(),
  longTerm: z.boolean(),
  text,
});

const parts = {
  diagnosisIds: z.array(z.uuid()),
  startDate: z.iso.date(),
  durationDays: z.int().min(1),
  frequency: frequencySchema,
  plannedVisits: z.int().min(1),
  coInterventions: z.array(coInterventionSchema),
  interventions: z.array(interventionSchema),
  goals: z.array(goalSchema),
  /** Precaution catalogue ids that were weighed; an empty list says "asked, none". */
  precautionsConsidered: z.array(z.string().max(20)),
};

const homeProgram = text.optional();

/** Established: nothing but the home programme may be missing. */
export const completeSchema = z.strictObject({ ...parts, homeProgram });

/** A draft may lack anything. */
export const contentSchema = z.strictObject({ ...parts, homeProgram }).partial();

export type PlanContent = z.output<typeof contentSchema>;
export type CompleteContent = z.output<typeof completeSchema>;
export type PlanGoal = z.output<typeof goalSchema>;
export type PlanIntervention = z.output<typeof interventionSchema>;
export type PlanSite = z.output<typeof siteSchema>;
