/** Organisations as lists show them. */
import { idOf } from '@fascia/kernel';
import { readModel, sortKey } from '@fascia/read-store';
import type { OrganizationEvent } from '../../contract/events.js';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly sort_key: string;
  readonly kind: OrganizationEvent['data']['kind'];
  readonly time_zone: string;
  readonly version: number;
}

export const organizationModel = readModel<OrganizationRow, OrganizationEvent>({
  name: 'organization',
  version: 1,
  columns: {
    id: 'text',
    name: 'text',
    sort_key: 'text',
    kind: 'text',
    time_zone: 'text',
    version: 'integer',
  },
  indexes: ['(sort_key, id)'],
  takes: ['OrganizationRegistered'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (_row, { data, version }, id) => ({
    id,
    name: data.name,
    sort_key: sortKey(data.name),
    kind: data.kind,
    time_zone: data.timeZone,
    version,
  }),
});
