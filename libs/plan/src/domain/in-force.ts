/** What those who give care under a plan need to know of it. */
import type { PayerProfileName } from '@fascia/clinical';
import type { CalendarDate } from '@fascia/kernel';
import type { CompleteContent } from '../contract/content.js';
import { evolve, stageOf, type PlanState } from './plan.js';

export interface PlanInForce {
  readonly organizationId: string;
  readonly payerProfile: PayerProfileName;
  /** Of the version that was signed last. */
  readonly planVersion: number;
  readonly content: CompleteContent;
  /** The last day of its certification. */
  readonly certifiedUntil?: CalendarDate | undefined;
}

const initial: PlanState = { stage: 'none' };

/** @returns nothing for a plan that was never signed, is completed or discontinued */
const of = (state: PlanState): PlanInForce | undefined => {
  if (!('inForce' in state) || state.stage === 'Completed') return undefined;
  const { organizationId, payerProfile, inForce, certification } = state;
  const { planVersion, content } = inForce;
  return { organizationId, payerProfile, planVersion, content, certifiedUntil: certification?.until };
};

/** Of a plan's stored events. */
export const planInForce = { folds: { category: 'plan', initial, evolve, stage: stageOf }, of } as const;
