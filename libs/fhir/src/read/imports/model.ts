/** Imports as lists show them: whose file, of which system, and what came of it in numbers. */
import { idOf, type Role } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ImportEvent } from '../../contract/events.js';
import { sumsOf, type ImportSums } from '../../contract/report.js';

export interface ImportRow extends ImportSums {
  readonly id: string;
  readonly at: string;
  readonly organization_id: string;
  readonly source: string | null;
  readonly sub: string;
  readonly role: Role;
}

export const importModel = readModel<ImportRow, ImportEvent>({
  name: 'import',
  version: 1,
  columns: {
    id: 'text',
    at: 'text',
    organization_id: 'text',
    source: 'text',
    sub: 'text',
    role: 'text',
    read: 'integer',
    added: 'integer',
    changed: 'integer',
    unchanged: 'integer',
    different: 'integer',
    refused: 'integer',
    ignored: 'integer',
    broken: 'integer',
  },
  indexes: ['(at desc, id)', '(organization_id, at desc, id)'],
  takes: ['BundleImported'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (_before, { actor, data, recordedAt }, id) => ({
    id,
    at: recordedAt,
    organization_id: data.organizationId,
    source: data.source ?? null,
    sub: actor.sub,
    role: actor.role,
    ...sumsOf(data),
  }),
});
