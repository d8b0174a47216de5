/** Organisations as lists show them. */
import { WEEKENDS_OFF, type WorkCalendar } from '@fascia/clinical/calendar';
import { idOf } from '@fascia/kernel';
import { readModel, sortKey } from '@fascia/read-store';
import type { ORGANIZATION_KINDS, OrganizationEvent } from '../../contract/events.js';
import { withSource, type SourceSystem } from '../../contract/sources.js';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly sort_key: string;
  readonly kind: (typeof ORGANIZATION_KINDS)[number];
  readonly time_zone: string;
  /** Telephone numbers, as they were registered. */
  readonly phones: readonly string[];
  /** Of its address. */
  readonly country: string | null;
  readonly days_off: Omit<WorkCalendar, 'zone'>;
  /** Systems whose files are imported. */
  readonly sources: readonly SourceSystem[];
  readonly version: number;
}

export const organizationModel = readModel<OrganizationRow, OrganizationEvent>({
  name: 'organization',
  version: 5,
  columns: {
    id: 'text',
    name: 'text',
    sort_key: 'text',
    kind: 'text',
    time_zone: 'text',
    phones: 'text[]',
    country: 'text',
    days_off: 'jsonb',
    sources: 'jsonb',
    version: 'integer',
  },
  indexes: ['(sort_key, id)'],
  takes: [
    'OrganizationRegistered',
    'OrganizationTimeZoneCorrected',
    'WorkCalendarSet',
    'SourceSystemRegistered',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (row, event, id) => {
    const { version } = event;
    switch (event.type) {
      case 'OrganizationRegistered': {
        const { name, kind, timeZone, telecom, address } = event.data;
        return {
          id,
          name,
          sort_key: sortKey(name),
          kind,
          time_zone: timeZone,
          phones: telecom.filter(({ system }) => system === 'phone').map(({ value }) => value),
          country: address.find(({ country }) => country !== undefined)?.country ?? null,
          days_off: WEEKENDS_OFF,
          sources: [],
          version,
        };
      }
      case 'OrganizationTimeZoneCorrected':
        return row && { ...row, time_zone: event.data.timeZone, version };
      case 'WorkCalendarSet':
        return row && { ...row, days_off: event.data, version };
      case 'SourceSystemRegistered':
        return row && { ...row, sources: withSource(row.sources, event.data), version };
    }
  },
});
