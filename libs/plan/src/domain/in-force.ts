/** What those who give care under a plan need to know of it. */
import type { PayerProfileName } from '@fascia/clinical';
import type { CalendarDate, Fact, Instant } from '@fascia/kernel';
import type { CompleteContent } from '../contract/content.js';
import type { PlanEvent } from '../contract/events.js';
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

/** A version of a plan, and from when to when it was in force. */
export interface SignedVersion extends PlanInForce {
  readonly from: Instant;
  /** Another version was signed, or the plan ended. */
  readonly to?: Instant;
}

interface Versions {
  readonly plan: PlanState;
  readonly versions: readonly SignedVersion[];
}

const evolveVersions = ({ plan, versions }: Versions, fact: Fact<PlanEvent>): Versions => {
  const after = evolve(plan, fact);
  const now = of(after);
  const last = versions.at(-1);
  if (last?.to === undefined && last?.planVersion === now?.planVersion)
    return {
      plan: after,
      versions: versions.map((version) => (version === last ? { ...version, ...now } : version)),
    };
  const ended = versions.map((version) => (version.to === undefined ? { ...version, to: fact.at } : version));
  return { plan: after, versions: now === undefined ? ended : [...ended, { ...now, from: fact.at }] };
};

/** Every version that was ever signed, oldest first; of a plan's stored events. */
export const plansSigned = {
  folds: {
    category: 'plan',
    initial: { plan: initial, versions: [] } satisfies Versions,
    evolve: evolveVersions,
    stage: ({ plan }: Versions): string => stageOf(plan),
  },
  of: ({ versions }: Versions): readonly SignedVersion[] => versions,
} as const;
