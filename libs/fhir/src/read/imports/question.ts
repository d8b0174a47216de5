/** What was imported, latest first: for the organisation that holds the records, and for operators. */
import { answer, integer, moment, oneOfCodes, orNull, ROLES, uuid, words } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, tables } from '@fascia/read-store';
import { IMPORT_STATES, stateOf } from '../../contract/report.js';
import { importModel, type ImportRow } from './model.js';

interface Tables {
  readonly 'read.import': ImportRow;
  readonly 'read.practitioner': { readonly account: string; readonly name: string };
  readonly 'read.organization': { readonly id: string; readonly name: string };
}

interface Row extends ImportRow {
  readonly name: string | null;
  readonly organization_name: string | null;
}

const t = conditionsOn<ImportRow>();

const entry = answer({
  id: uuid(),
  at: moment('When the file had been taken.'),
  by: answer({
    name: orNull(words('As the register has it; null of whom it does not have.')),
    role: oneOfCodes(ROLES),
  }),
  organization: answer({ id: uuid(), name: orNull(words()) }),
  source: orNull(words('URI of the source system.')),
  state: oneOfCodes(IMPORT_STATES, 'Whether anything of the file is on record now.'),
  read: integer('Resources of the file; each is taken, left out or broken.'),
  ignored: integer(),
  broken: integer(),
  added: integer('Things: of them a resource may bring none, one or several.'),
  changed: integer(),
  unchanged: integer(),
  different: integer('The source says otherwise than the record: settle it there.'),
  refused: integer(),
});

export const listImports = listQuestion({
  name: 'listImports',
  at: 'imports',
  tag: 'Imports',
  summary: 'What was imported, latest first',
  resource: 'import',
  scope: { owner: (organization) => t('t.organization_id', '=', organization) },
  answer: entry,
  models: [importModel],
  from: tables<Tables>()
    .selectFrom('read.import as t')
    .leftJoin('read.practitioner as w', 'w.account', 't.sub')
    .leftJoin('read.organization as o', 'o.id', 't.organization_id')
    .selectAll('t')
    .select(['w.name as name', 'o.name as organization_name']),
  where: {},
  order: ['at', 'id'],
  direction: 'desc',
  patientOf: () => null,
  show: (row: Row) => {
    const { id, at, source, read, ignored, broken, added, changed, unchanged, different, refused } = row;
    return {
      id,
      at,
      by: { name: row.name, role: row.role },
      organization: { id: row.organization_id, name: row.organization_name },
      source,
      state: stateOf(row),
      ...{ read, ignored, broken, added, changed, unchanged, different, refused },
    };
  },
});
