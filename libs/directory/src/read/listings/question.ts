/** What is offered, where, and whether there is room. */
import { PAYER_PROFILES, REGIONS } from '@fascia/clinical';
import { answer, asSent, integer, many, oneOfCodes, orNull, uuid, words } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, tables } from '@fascia/read-store';
import { CAPACITIES } from '../../contract/events.js';
import { listingModel, type ListingRow } from './model.js';

interface Tables {
  readonly 'read.listing': ListingRow;
  readonly 'read.organization': {
    readonly id: string;
    readonly name: string;
    readonly phones: readonly string[];
  };
}

type Row = ListingRow & {
  readonly organization_name: string | null;
  readonly organization_phones: readonly string[] | null;
};

const t = conditionsOn<Row>();

const listing = answer({
  id: uuid(),
  version: integer(),
  title: words(),
  organization: answer({
    id: uuid(),
    name: orNull(words()),
    phones: many(words(), 'Telephone numbers, as they were registered.'),
  }),
  services: many(words()),
  regions: asSent<ListingRow['regions']>(many(oneOfCodes(REGIONS))),
  payers: asSent<ListingRow['payers']>(many(oneOfCodes(PAYER_PROFILES))),
  ageMin: orNull(integer()),
  ageMax: orNull(integer()),
  practitionerIds: many(uuid()),
  capacity: oneOfCodes(CAPACITIES),
});

export interface ListingsAsked {
  readonly organizationId?: string;
  readonly region?: string;
}

export const listListings = listQuestion({
  name: 'listListings',
  at: 'listings',
  tag: 'Directory',
  summary: 'What is offered, where, and whether there is room',
  resource: 'listing',
  scope: {},
  answer: listing,
  models: [listingModel],
  from: tables<Tables>()
    .selectFrom('read.listing as t')
    .leftJoin('read.organization as o', 'o.id', 't.organization_id')
    .where('t.published', '=', true)
    .selectAll('t')
    .select(['o.name as organization_name', 'o.phones as organization_phones']),
  values: (query: ListingsAsked) => query,
  where: {
    organizationId: (id) => t('t.organization_id', '=', id),
    region: (region) => t(region, '=', t.fn.any('t.regions')),
  },
  order: ['sort_key', 'id'],
  direction: 'asc',
  patientOf: () => null,
  show: (row: Row) => ({
    id: row.id,
    version: row.version,
    title: row.title,
    organization: {
      id: row.organization_id,
      name: row.organization_name,
      phones: row.organization_phones ?? [],
    },
    services: row.services,
    regions: row.regions,
    payers: row.payers,
    ageMin: row.age_min,
    ageMax: row.age_max,
    practitionerIds: row.practitioner_ids,
    capacity: row.capacity,
  }),
});
