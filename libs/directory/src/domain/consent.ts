/** A patient's consent, or a restriction, to sharing their data. */
import { happened, type Decider } from '@fascia/kernel';
import type { ConsentCommand } from '../contract/commands.js';
import type { ConsentEvent } from '../contract/events.js';
import type { MovedTo } from '../contract/facts.js';
import { refuse } from '../contract/refusals.js';

export type ConsentState =
  | {
      readonly kind: 'granted' | 'restricted' | 'withdrawn';
      readonly patientId: string;
      readonly organizationIds: readonly string[];
      readonly movedTo?: MovedTo | undefined;
    }
  | undefined;

const decide: Decider<ConsentState, ConsentCommand, ConsentEvent, unknown>['decide'] = (
  command,
  state,
  { at },
) => {
  if (command.type === 'WithdrawConsent') {
    return state?.kind === 'withdrawn'
      ? happened()
      : happened({ type: 'ConsentWithdrawn', data: { effectiveAt: at } });
  }
  if (state !== undefined) return refuse('CONSENT_EXISTS', 'This consent is recorded already.');
  if (command.type === 'RestrictConsent') {
    const { type: _type, ...data } = command;
    return happened({ type: 'ConsentRestricted', data });
  }
  const { type: _type, ...data } = command;
  return data.to !== undefined && data.to < data.from
    ? refuse('PERIOD_REVERSED', 'A consent ends after it begins.', { pointer: '/to' })
    : happened({ type: 'ConsentGranted', data });
};

export const consentDecider: Decider<ConsentState, ConsentCommand, ConsentEvent, unknown> = {
  category: 'consent',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'ConsentGranted':
        return {
          kind: 'granted',
          patientId: fact.data.patientId,
          organizationIds: fact.data.organizationIds,
        };
      case 'ConsentRestricted':
        return {
          kind: 'restricted',
          patientId: fact.data.patientId,
          organizationIds: fact.data.organizationIds,
        };
      case 'ConsentWithdrawn':
        return state && { ...state, kind: 'withdrawn' };
      case 'ConsentMoved':
        return state && { ...state, movedTo: fact.data };
    }
  },
  decide,
  stage: (state) => state?.kind ?? 'none',
};
