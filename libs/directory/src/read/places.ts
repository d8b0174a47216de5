/** Organisations, their listings, and patients' consents. */
import { dayOf } from '@fascia/clinical/calendar';
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ConsentEvent, ListingEvent, Offer, OrganizationEvent } from '../contract/events.js';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly time_zone: string;
  readonly version: number;
}

export const organizationModel = readModel<OrganizationRow, OrganizationEvent>({
  name: 'organization',
  version: 1,
  columns: { id: 'text', name: 'text', kind: 'text', time_zone: 'text', version: 'integer' },
  indexes: ['(name, id)'],
  takes: ['OrganizationRegistered'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (_row, { data, version }, id) => ({
    id,
    name: data.name,
    kind: data.kind,
    time_zone: data.timeZone,
    version,
  }),
});

export interface ListingRow {
  readonly id: string;
  readonly organization_id: string;
  readonly title: string;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly payers: readonly string[];
  readonly age_min: number | null;
  readonly age_max: number | null;
  readonly practitioner_ids: readonly string[];
  readonly capacity: string;
  readonly published: boolean;
  readonly version: number;
}

const offered = (
  offer: Offer,
): Omit<ListingRow, 'id' | 'organization_id' | 'capacity' | 'published' | 'version'> => ({
  title: offer.title,
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
  indexes: ['(title, id)', '(organization_id)'],
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

export interface ConsentRow {
  readonly id: string;
  readonly patient_id: string;
  readonly kind: 'granted' | 'restricted' | 'withdrawn';
  readonly purposes: readonly string[];
  readonly organization_ids: readonly string[];
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly version: number;
}

export const consentModel = readModel<ConsentRow, ConsentEvent>({
  name: 'consent',
  version: 1,
  columns: {
    id: 'text',
    patient_id: 'text',
    kind: 'text',
    purposes: 'text[]',
    organization_ids: 'text[]',
    valid_from: 'text',
    valid_to: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id)'],
  takes: ['ConsentGranted', 'ConsentRestricted', 'ConsentWithdrawn'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version } = event;
    switch (event.type) {
      case 'ConsentGranted': {
        const { patientId, purposes, organizationIds, from, to } = event.data;
        return {
          id,
          patient_id: patientId,
          kind: 'granted',
          purposes,
          organization_ids: organizationIds,
          valid_from: from,
          valid_to: to ?? null,
          version,
        };
      }
      case 'ConsentRestricted': {
        const { patientId, organizationIds } = event.data;
        return {
          id,
          patient_id: patientId,
          kind: 'restricted',
          purposes: [],
          organization_ids: organizationIds,
          valid_from: dayOf(event.occurredAt),
          valid_to: null,
          version,
        };
      }
      case 'ConsentWithdrawn':
        return before && { ...before, kind: 'withdrawn', valid_to: dayOf(event.data.effectiveAt), version };
    }
  },
});
