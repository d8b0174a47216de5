/** The plan's lifecycle as data. Source: docs/domain/plan.md#states. */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { PlanCommandType } from './commands.js';
import type { PlanEvent } from './events.js';

// prettier-ignore
export const STAGES = [
  'none', 'Draft', 'Established', 'Submitted', 'ChangesRequested', 'Certified', 'Completed', 'Discontinued',
] as const;

export type PlanStage = (typeof STAGES)[number];

/** Beside the stage; a screen asks it before it offers the button, the decider has a rule of its own for it. */
type PlanCircumstance = 'certification needed';

type Row = Transition<PlanStage, PlanCommandType, PlanEvent['type'], never, PlanCircumstance>;

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
export const TRANSITIONS: readonly Row[] = [
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

export const planLifecycle = lifecycle(STAGES, TRANSITIONS);
