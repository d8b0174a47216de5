/** Organisations, by name. */
import { answer, date, integer, many, oneOfCodes, uuid, words, yesOrNo } from '@fascia/kernel/contract';
import { listQuestion, tables } from '@fascia/read-store';
import { ORGANIZATION_KINDS } from '../../contract/events.js';
import { organizationModel, type OrganizationRow } from './model.js';

const organization = answer({
  id: uuid(),
  version: integer(),
  name: words(),
  kind: oneOfCodes(ORGANIZATION_KINDS),
  timeZone: words('IANA.'),
  daysOff: answer({
    weekend: many(integer('1 is Monday, 7 is Sunday.')),
    holidays: many(date()),
  }),
  sources: many(answer({ system: words('URI of a system whose files are imported.'), byDefault: yesOrNo() })),
});

export const listOrganizations = listQuestion({
  name: 'listOrganizations',
  at: 'organizations',
  tag: 'Directory',
  summary: 'Organisations, by name',
  resource: 'organization',
  scope: {},
  answer: organization,
  models: [organizationModel],
  from: tables<{ 'read.organization': OrganizationRow }>()
    .selectFrom('read.organization as t')
    .selectAll('t'),
  where: {},
  order: ['sort_key', 'id'],
  direction: 'asc',
  patientOf: () => null,
  show: ({ id, version, name, kind, time_zone: timeZone, days_off: daysOff, sources }: OrganizationRow) => ({
    id,
    version,
    name,
    kind,
    timeZone,
    daysOff: { weekend: [...daysOff.weekend], holidays: [...daysOff.holidays] },
    sources,
  }),
});
