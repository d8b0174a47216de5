/** Red flags as one value. */
import { permissionsOf } from '@fascia/kernel';
import { TRANSITIONS } from './contract/lifecycle.js';
import { SAFETY_REFUSALS } from './contract/refusals.js';
import { getFlag, listFlags } from './read/flags/question.js';
import { flagAggregate, type SafetyPorts } from './write/flag.aggregate.js';

export const SAFETY_QUESTIONS = [listFlags, getFlag] as const;

export const safetyContext = (ports: SafetyPorts) => {
  const aggregate = flagAggregate(ports);
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
