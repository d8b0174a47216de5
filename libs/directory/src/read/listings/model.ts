/** What organisations offer. */
import { idOf } from '@fascia/kernel';
import { readModel, sortKey } from '@fascia/read-store';
import type { CAPACITIES, ListingEvent, Offer } from '../../contract/events.js';

export interface ListingRow {
  readonly id: string;
  readonly organization_id: string;
  readonly title: string;
  readonly sort_key: string;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly payers: readonly string[];
  readonly age_min: number | null;
  readonly age_max: number | null;
  readonly practitioner_ids: readonly string[];
  readonly capacity: (typeof CAPACITIES)[number];
  readonly published: boolean;
  readonly version: number;
}

const offered = (
  offer: Offer,
): Omit<ListingRow, 'id' | 'organization_id' | 'capacity' | 'published' | 'version'> => ({
  title: offer.title,
  sort_key: sortKey(offer.title),
  services: offer.services,
  regions: offer.regions,
  payers: offer.payers,
  age_min: offer.ageMin ?? null,
  age_max: offer.ageMax ?? null,
  practitioner_ids: offer.practitionerIds,
});

export const listingModel = readModel<ListingRow, ListingEvent>({
  name: 'listing',
  version: 1,
  columns: {
    id: 'text',
    organization_id: 'text',
    title: 'text',
    sort_key: 'text',
    services: 'text[]',
    regions: 'text[]',
    payers: 'text[]',
    age_min: 'integer',
    age_max: 'integer',
    practitioner_ids: 'text[]',
    capacity: 'text',
    published: 'boolean',
    version: 'integer',
  },
  indexes: ['(sort_key, id)', '(organization_id)'],
  takes: ['ListingPublished', 'ListingRevised', 'CapacityRecorded', 'ListingWithdrawn'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version } = event;
    if (event.type === 'ListingPublished') {
      return {
        id,
        organization_id: event.data.organizationId,
        capacity: event.data.capacity,
        published: true,
        ...offered(event.data),
        version,
      };
    }
    if (before === undefined) return before;
    switch (event.type) {
      case 'ListingRevised':
        return { ...before, ...offered(event.data), version };
      case 'CapacityRecorded':
        return { ...before, capacity: event.data.capacity, version };
      case 'ListingWithdrawn':
        return { ...before, published: false, version };
    }
  },
});
