/** What an import brought, left out, and why, as it is answered. */
import {
  answer,
  byKey,
  integer,
  many,
  maybe,
  oneOfCodes,
  uuid,
  words,
  type AnswerOf,
} from '@fascia/kernel/contract';
import type { ImportReport } from './contract/events.js';
import { IMPORT_STATES, stateOf, sumsOf } from './contract/report.js';

const pointers = many(words(), 'Where the first of them stand in the file (RFC 6901).');

export const imported = answer({
  id: uuid(),
  state: oneOfCodes(
    IMPORT_STATES,
    'Whether anything of the file is on record now: brought by it, or there before.',
  ),
  organizationId: uuid(),
  source: maybe(words('URI of the source system.')),
  digest: words('Of what the file says: the same file has the same one.'),
  byKind: byKey(
    answer({
      added: integer(),
      changed: integer('The source says otherwise than it did before, and the record follows.'),
      unchanged: integer(),
      different: integer('The source says otherwise than the record: settle it there.'),
      refused: integer(),
    }),
  ),
  resources: many(
    answer({
      resourceType: words(),
      read: integer('Each resource is counted once: taken, ignored or broken.'),
      taken: integer(),
      ignored: integer(),
      broken: integer(),
    }),
  ),
  ignored: many(answer({ resourceType: words(), why: words(), count: integer(), pointers })),
  broken: many(answer({ pointer: words(), why: words(), dropped: words() })),
  refusals: many(answer({ kind: words(), code: words(), count: integer(), pointers })),
});

export type Imported = AnswerOf<typeof imported>;

export const shown = (id: string, report: ImportReport): Imported => ({
  id,
  state: stateOf(sumsOf(report)),
  ...report,
});
