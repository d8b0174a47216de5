/** Red flags and precautions over HTTP. */
import { Code, commandDoor, Id, ListQuery, queryDoor } from '@fascia/http';
import { FLAG_QUESTIONS, PRECAUTION_QUESTIONS } from './context.js';
import { Catalogue } from './http/catalogue.js';
import type { FlagAggregate } from './write/flag.aggregate.js';
import { precautionAggregate } from './write/precaution.aggregate.js';

class FlagsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true }) referralId?: string;
  @Code(['open', 'confirmed', 'cleared'], { optional: true }) status?: 'open' | 'confirmed' | 'cleared';
}

class PrecautionsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Code(['proposed', 'confirmed', 'dismissed', 'resolved'], { optional: true })
  status?: 'proposed' | 'confirmed' | 'dismissed' | 'resolved';
}

export const safetyDoors = (aggregate: FlagAggregate) => ({
  commands: [
    commandDoor({ path: 'flags', tag: 'Red flags', aggregate }),
    commandDoor({ path: 'precautions', tag: 'Precautions', aggregate: precautionAggregate }),
  ],
  queries: [
    Catalogue,
    queryDoor('Flag', FLAG_QUESTIONS, { listFlags: FlagsQuery }),
    queryDoor('Precaution', PRECAUTION_QUESTIONS, {
      listPrecautions: PrecautionsQuery,
    }),
  ],
});
