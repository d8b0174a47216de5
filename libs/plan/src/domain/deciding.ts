/** What the decisions about a plan share. */
import type { Decision, DecisionContext } from '@fascia/kernel';
import type { PlanEvent } from '../contract/events.js';
import type { PlanFacts } from './facts.js';

export type Context = DecisionContext<PlanFacts>;
export type Answer = Decision<PlanEvent>;
