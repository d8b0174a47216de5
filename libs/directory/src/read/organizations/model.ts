/** Organisations as lists show them. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { OrganizationEvent } from '../../contract/events.js';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganizationEvent['data']['kind'];
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
