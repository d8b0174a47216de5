/** Sessions over HTTP. */
import { Code, commandDoor, Flag, Id, Instant, ListQuery, queryDoor } from '@fascia/http';
import { SESSION_QUESTIONS } from './context.js';
import { STAGES, type SessionStage } from './contract/lifecycle.js';
import { TechniquesAllowed } from './http/allowed-techniques.js';
import type { SessionAggregate } from './write/session.aggregate.js';

class SessionsQuery extends ListQuery {
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true }) therapistId?: string;
  @Code(STAGES, { optional: true }) state?: SessionStage;
  @Instant({ optional: true }) from?: string;
  @Instant({ optional: true }) to?: string;
  @Flag({ optional: true, description: 'true: the latest first.' }) latestFirst?: boolean;
  @Flag({ optional: true, description: 'true: with how many of them are signed.' }) counted?: boolean;
}

export { ALLOWED_TECHNIQUES } from './http/allowed-techniques.js';

export const sessionDoors = (aggregate: SessionAggregate) => ({
  commands: [commandDoor({ path: 'sessions', tag: 'Sessions', aggregate })],
  queries: [TechniquesAllowed, queryDoor('Session', SESSION_QUESTIONS, { listSessions: SessionsQuery })],
});
