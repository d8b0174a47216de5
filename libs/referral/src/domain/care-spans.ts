/** When which clinic had taken the patient on: who gave care under the order then may record it late, whatever became of it. */
import type { Fact, Instant } from '@fascia/kernel';
import type { ReferralEvent } from '../contract/events.js';
import { BEFORE_OUTCOME } from '../contract/lifecycle.js';
import { evolve } from './referral.js';
import { currentLeg, stageOf, type ReferralState } from './referral.state.js';

export interface CareSpan {
  readonly organizationId: string;
  /** Accepted. */
  readonly from: Instant;
  /** The leg ended, or its acceptance lapsed; nothing while it lasts. A hold ends nothing. */
  readonly to?: Instant;
}

interface Spans {
  readonly order: ReferralState;
  readonly spans: readonly CareSpan[];
}

const carer = (order: ReferralState): string | undefined =>
  order.kind === 'placed' && BEFORE_OUTCOME.includes(stageOf(order))
    ? currentLeg(order).recipient?.organizationId
    : undefined;

const evolveSpans = ({ order, spans }: Spans, fact: Fact<ReferralEvent>): Spans => {
  const after = evolve(order, fact);
  const [before, now] = [carer(order), carer(after)];
  if (before === now) return { order: after, spans };
  const ended = spans.map((span) => (span.to === undefined ? { ...span, to: fact.at } : span));
  return {
    order: after,
    spans: now === undefined ? ended : [...ended, { organizationId: now, from: fact.at }],
  };
};

const initial: Spans = { order: { kind: 'none' }, spans: [] };

/** Of a referral's stored events. */
export const careSpans = {
  folds: {
    category: 'referral',
    initial,
    evolve: evolveSpans,
    stage: ({ order }: Spans): string => stageOf(order),
  },
  of: ({ spans }: Spans): readonly CareSpan[] => spans,
} as const;
