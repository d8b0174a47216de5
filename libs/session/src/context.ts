/** Sessions as one value. */
import { permissionsOf } from '@fascia/kernel';
import { TRANSITIONS } from './contract/lifecycle.js';
import { SESSION_REFUSALS } from './contract/refusals.js';
import { getSession, listSessions } from './read/sessions/question.js';
import { sessionAggregate, type SessionPorts } from './write/session.aggregate.js';

export const SESSION_QUESTIONS = [listSessions, getSession] as const;

export const sessionContext = (ports: SessionPorts) => {
  const aggregate = sessionAggregate(ports);
  return {
    name: 'session',
    aggregate,
    aggregates: [aggregate],
    questions: SESSION_QUESTIONS,
    permissions: permissionsOf('session', TRANSITIONS, {
      therapist: ['recipient'],
      coordinator: ['recipient'],
      scheduler: ['recipient'],
      // A patient's own visits, once patients sign in: no aggregate grants "self" yet.
      patient: ['self'],
      system: 'anything',
    }),
    refusals: SESSION_REFUSALS,
  };
};
