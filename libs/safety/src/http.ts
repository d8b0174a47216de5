/** Red flags over HTTP. */
import { Code, commandDoor, Id, ListQuery, queryDoor } from '@fascia/http';
import { SAFETY_QUESTIONS } from './context.js';
import type { FlagAggregate } from './write/flag.aggregate.js';

class FlagsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true }) referralId?: string;
  @Code(['open', 'confirmed', 'cleared'], { optional: true }) status?: 'open' | 'confirmed' | 'cleared';
}

export const safetyDoors = (aggregate: FlagAggregate) => ({
  commands: [commandDoor({ path: 'flags', tag: 'Red flags', aggregate })],
  queries: [queryDoor('Flag', SAFETY_QUESTIONS, { listFlags: FlagsQuery })],
});
