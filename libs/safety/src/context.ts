/** Red flags as one value. */
import type { CareTeam } from '@fascia/directory';
import { permissionsOf } from '@fascia/kernel';
import { TRANSITIONS } from './contract/lifecycle.js';
import { SAFETY_REFUSALS } from './contract/refusals.js';
import { getFlag, listFlags } from './read/flags/question.js';
import { flagAggregate } from './write/flag.aggregate.js';

export const SAFETY_QUESTIONS = [listFlags, getFlag] as const;

export interface SafetyPorts {
  readonly careTeamOf: CareTeam;
}

export const safetyContext = ({ careTeamOf }: SafetyPorts) => {
  const aggregate = flagAggregate(careTeamOf);
  return {
    name: 'safety',
    aggregate,
    aggregates: [aggregate],
    questions: SAFETY_QUESTIONS,
    permissions: permissionsOf('flag', TRANSITIONS, {
      physician: ['referrer'],
      therapist: ['recipient'],
      coordinator: ['recipient'],
      system: 'anything',
    }),
    refusals: SAFETY_REFUSALS,
  };
};
