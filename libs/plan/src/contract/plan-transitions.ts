/**
 * The plan's lifecycle as data, in the form of the referral's table: who may do what from where. The decider,
 * the read model's stages and the screens' buttons read these rows. Source: domain notes 2.2 and 4.2.
 */
import type { Role } from '@fascia/kernel';
import type { PlanEvent } from './events.js';

// prettier-ignore
export const PLAN_STAGES = [
  'none', 'Draft', 'Established', 'Submitted', 'ChangesRequested', 'Certified', 'Completed', 'Discontinued',
] as const;

export type PlanStage = (typeof PLAN_STAGES)[number];

// prettier-ignore
export const PLAN_COMMANDS = [
  'DraftPlan', 'EditPlan', 'EstablishPlan', 'SubmitPlan', 'ReviewPlan', 'CertifyPlan', 'CompletePlan',
  'DiscontinuePlan',
] as const;

export type PlanCommandType = (typeof PLAN_COMMANDS)[number];

export interface PlanTransition {
  readonly row: string;
  readonly command: PlanCommandType;
  /** The last one decides the stage. */
  readonly events: readonly PlanEvent['type'][];
  readonly from: readonly PlanStage[];
  readonly to: PlanStage | 'same';
  readonly who: readonly Role[];
  /** What a screen asks before it offers the button; the decider has a rule of its own for it. */
  readonly when?: 'certification needed';
}

const PHY: Role = 'physician';
const THE: Role = 'therapist';
const SYS: Role = 'system';

/** Treatment may go on under a plan that the physician wants changed: its last signed version stays in force. */
export const PLAN_IN_FORCE: readonly PlanStage[] = [
  'Established',
  'Submitted',
  'ChangesRequested',
  'Certified',
];

/** One such plan per referral. */
export const PLAN_CURRENT: readonly PlanStage[] = ['Draft', ...PLAN_IN_FORCE];

// prettier-ignore
export const PLAN_TRANSITIONS: readonly PlanTransition[] = [
  { row: '1', command: 'DraftPlan', events: ['PlanDrafted'],
    from: ['none'], to: 'Draft', who: [THE] },
  { row: '2', command: 'EditPlan', events: ['PlanEdited'],
    from: ['Draft', 'ChangesRequested'], to: 'same', who: [THE] },
  { row: '3', command: 'EstablishPlan', events: ['PlanEstablished'],
    from: ['Draft', 'ChangesRequested'], to: 'Established', who: [THE] },
  { row: '4', command: 'SubmitPlan', events: ['PlanSubmitted'],
    from: ['Established'], to: 'Submitted', who: [THE, SYS] },
  { row: '5a', command: 'ReviewPlan', events: ['PlanReviewed'],
    from: ['Established', 'Submitted', 'Certified'], to: 'same', who: [PHY] },
  { row: '5b', command: 'ReviewPlan', events: ['PlanReviewed', 'PlanChangesRequested'],
    from: ['Established', 'Submitted', 'Certified'], to: 'ChangesRequested', who: [PHY] },
  { row: '6', command: 'CertifyPlan', events: ['PlanCertified'],
    from: ['Established', 'Submitted'], to: 'Certified', who: [PHY], when: 'certification needed' },
  { row: '7', command: 'CompletePlan', events: ['PlanCompleted'],
    from: PLAN_IN_FORCE, to: 'Completed', who: [THE] },
  { row: '8', command: 'DiscontinuePlan', events: ['PlanDiscontinued'],
    from: PLAN_CURRENT, to: 'Discontinued', who: [THE, SYS] },
];

export const planRowsOf = (command: PlanCommandType): readonly PlanTransition[] =>
  PLAN_TRANSITIONS.filter((row) => row.command === command);

/** Where an event leads, by the rows that end with it; the first of two events of one command moves nothing. */
export const planStageAfter = (stage: PlanStage, event: PlanEvent['type']): PlanStage => {
  const row = PLAN_TRANSITIONS.find((known) => known.events.at(-1) === event && known.from.includes(stage));
  return row === undefined || row.to === 'same' ? stage : row.to;
};
