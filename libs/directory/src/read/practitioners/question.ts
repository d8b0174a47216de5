/** Practitioners and staff, by name. */
import {
  answer,
  date,
  integer,
  many,
  maybe,
  oneOfCodes,
  ROLES,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { conditionsOn, haveWords, listQuestion, oneQuestion, tables, wordsTyped } from '@fascia/read-store';
import { practitionerModel, type PractitionerRow } from './model.js';

const t = conditionsOn<PractitionerRow>();

const practitioner = answer({
  id: uuid(),
  version: integer(),
  name: words(),
  roles: many(answer({ role: oneOfCodes(ROLES), organizationId: maybe(uuid()) })),
  taxonomies: many(words(), 'NUCC codes.'),
  licences: many(answer({ state: words(), kind: words(), from: date(), to: date() })),
  suspended: yesOrNo(),
  hasAccount: yesOrNo('Whether they can sign in.'),
  hasNpi: yesOrNo(),
});

const described = {
  tag: 'Directory',
  resource: 'practitioner',
  scope: {},
  answer: practitioner,
  from: tables<{ 'read.practitioner': PractitionerRow }>()
    .selectFrom('read.practitioner as t')
    .selectAll('t'),
  patientOf: () => null,
  show: (row: PractitionerRow) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    roles: row.roles,
    taxonomies: row.taxonomies,
    licences: row.licences,
    suspended: row.suspended,
    hasAccount: row.account !== null,
    hasNpi: row.has_npi,
  }),
} as const;

export interface PractitionersAsked {
  readonly name?: string;
  readonly organizationId?: string;
}

export const listPractitioners = listQuestion({
  ...described,
  name: 'listPractitioners',
  at: 'practitioners',
  summary: 'Practitioners and staff, by name',
  models: [practitionerModel],
  values: ({ name, organizationId }: PractitionersAsked) => ({
    named: wordsTyped(name),
    organizationId,
  }),
  where: {
    named: (typed) => haveWords(t.ref('t.words'), typed),
    organizationId: (id) => t(id, '=', t.fn.any('t.organization_ids')),
  },
  order: ['sort_key', 'id'],
  direction: 'asc',
});

export const getPractitioner = oneQuestion({
  ...described,
  name: 'getPractitioner',
  at: 'practitioners/:id',
  summary: 'A practitioner or member of staff',
});
