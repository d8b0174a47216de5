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
import { conditionsOn, haveWords, listQuestion, tables, wordsTyped } from '@fascia/read-store';
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
});

export interface PractitionersAsked {
  readonly name?: string;
  readonly organizationId?: string;
}

export const listPractitioners = listQuestion({
  name: 'listPractitioners',
  at: 'practitioners',
  tag: 'Directory',
  summary: 'Practitioners and staff, by name',
  resource: 'practitioner',
  scope: {},
  answer: practitioner,
  models: [practitionerModel],
  from: tables<{ 'read.practitioner': PractitionerRow }>()
    .selectFrom('read.practitioner as t')
    .selectAll('t'),
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
  patientOf: () => null,
  show: ({ id, version, name, roles, taxonomies, licences, suspended }: PractitionerRow) => ({
    id,
    version,
    name,
    roles,
    taxonomies,
    licences,
    suspended,
  }),
});
