/** A red flag of one patient. Open and confirmed flags both stand in the way of care; only clearing lifts them. */
import { isRedFlagId, RED_FLAG_CATALOGUE_VERSION, urgencyOf } from '@fascia/clinical';
import type { MovedTo } from '@fascia/directory/contract';
import { happened, type Decider } from '@fascia/kernel';
import type { FlagCommand } from '../contract/commands.js';
import type { FlagEvent } from '../contract/events.js';
import type { FlagStage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';

// State

export type FlagState =
  | {
      readonly status: Exclude<FlagStage, 'none'>;
      readonly patientId: string;
      readonly referralId?: string | undefined;
      readonly movedTo?: MovedTo | undefined;
    }
  | undefined;

/** What a flag may be raised about, by the names in its command. */
export const SUBJECTS = ['referralId', 'sessionId'] as const;

export interface FlagFacts {
  /** What the command names and is not of its patient. */
  readonly elsewhere: readonly (typeof SUBJECTS)[number][];
}

/** Of one that is somebody else's: what it was raised about is not theirs. */
export const withoutSubjects = (told: readonly FlagEvent[]): readonly FlagEvent[] =>
  told.map((one) => {
    if (one.type !== 'RedFlagRaised') return one;
    const { referralId: _referral, sessionId: _session, ...data } = one.data;
    return { ...one, data };
  });

// Decisions

const decide: Decider<FlagState, FlagCommand, FlagEvent, FlagFacts>['decide'] = (
  command,
  state,
  { facts },
) => {
  switch (command.type) {
    case 'RaiseFlag': {
      if (state !== undefined) return refuse('FLAG_EXISTS', 'This flag is raised already.');
      const [wrong] = facts.elsewhere;
      if (wrong !== undefined)
        return refuse('FLAG_OF_ANOTHER', 'That is not of this patient: look again whose it is.', {
          pointer: `/${wrong}`,
        });
      const { type: _type, catalogueId, answers, ...data } = command;
      if (!isRedFlagId(catalogueId))
        return refuse('FLAG_UNKNOWN', 'The red-flag catalogue has no such row.', { pointer: '/catalogueId' });
      return happened({
        type: 'RedFlagRaised',
        data: {
          ...data,
          catalogueId,
          catalogueVersion: RED_FLAG_CATALOGUE_VERSION,
          urgency: urgencyOf(catalogueId, answers),
        },
      });
    }
    case 'ClearFlag':
      return state?.status === 'cleared'
        ? refuse('FLAG_CLEARED', 'The flag is cleared already.')
        : happened({
            type: 'RedFlagCleared',
            data: {
              rationale: command.rationale,
              ...(command.evidenceRef === undefined ? {} : { evidenceRef: command.evidenceRef }),
            },
          });
    case 'ConfirmFlag':
      return state?.status === 'open'
        ? happened({ type: 'RedFlagConfirmed', data: { disposition: command.disposition } })
        : refuse('FLAG_NOT_OPEN', 'Only an open flag is confirmed.');
  }
};

export const flagDecider: Decider<FlagState, FlagCommand, FlagEvent, FlagFacts> = {
  category: 'flag',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'RedFlagRaised':
        return { status: 'open', patientId: fact.data.patientId, referralId: fact.data.referralId };
      case 'RedFlagCleared':
        return state && { ...state, status: 'cleared' };
      case 'RedFlagConfirmed':
        return state && { ...state, status: 'confirmed' };
      case 'RedFlagMoved':
        return state && { ...state, movedTo: fact.data };
    }
  },
  decide,
  stage: (state) => state?.status ?? 'none',
};
