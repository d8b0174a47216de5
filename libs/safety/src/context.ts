/** Red flags and precautions as one value. */
import { permissions, permissionsOf } from '@fascia/kernel';
import type { FlagMoving } from './contract/commands.js';
import { TRANSITIONS } from './contract/lifecycle.js';
import type { PrecautionCommand } from './contract/precaution.commands.js';
import { PRECAUTION_TRANSITIONS } from './contract/precaution.lifecycle.js';
import { SAFETY_REFUSALS } from './contract/refusals.js';
import { getFlag, listFlags } from './read/flags/question.js';
import { getPrecaution, listPrecautions, listPrecautionsOfPatient } from './read/precautions/question.js';
import { flagAggregate, type SafetyPorts } from './write/flag.aggregate.js';
import { precautionAggregate } from './write/precaution.aggregate.js';

export const FLAG_QUESTIONS = [listFlags, getFlag] as const;
export const PRECAUTION_QUESTIONS = [listPrecautions, listPrecautionsOfPatient, getPrecaution] as const;

const MOVED = ['TakeOverFlag', 'MoveFlag'] as const;
const PROPOSED = ['ProposePrecaution', 'EndPrecaution'] as const;
export const safetyContext = (ports: SafetyPorts) => {
  const aggregate = flagAggregate(ports);
  return {
    name: 'safety',
    aggregate,
    aggregates: [aggregate, precautionAggregate],
    questions: [...FLAG_QUESTIONS, ...PRECAUTION_QUESTIONS],
    permissions: [
      ...permissionsOf('flag', TRANSITIONS, {
        // Of the practice that keeps the record, before there is a referral.
        physician: ['home', 'referrer'],
        therapist: ['recipient'],
        coordinator: ['recipient'],
        system: 'anything',
      }),
      ...permissions<FlagMoving['type']>('flag', {
        moving: { roles: ['system'], commands: MOVED, when: 'anything' },
      }),
      ...permissionsOf('precaution', PRECAUTION_TRANSITIONS, {
        physician: ['home', 'referrer'],
        therapist: ['recipient'],
      }),
      // Whoever may import: the file says it, not they.
      ...permissions<PrecautionCommand['type']>('precaution', {
        home: { roles: ['physician', 'delegate', 'coordinator'], commands: PROPOSED, when: ['home'] },
        network: { roles: ['operator', 'system'], commands: PROPOSED, when: 'anything' },
      }),
    ],
    refusals: SAFETY_REFUSALS,
  };
};
