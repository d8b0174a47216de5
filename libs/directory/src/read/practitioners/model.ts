/** Practitioners and staff as lists show them. */
import { idOf } from '@fascia/kernel';
import { readModel, wordsIndex } from '@fascia/read-store';
import type { Licence, PractitionerEvent, RoleHeld } from '../../contract/events.js';
import { naming, type Named } from '../naming.js';

export interface PractitionerRow extends Named {
  readonly id: string;
  readonly account: string | null;
  readonly has_npi: boolean;
  readonly taxonomies: readonly string[];
  readonly roles: readonly RoleHeld[];
  readonly organization_ids: readonly string[];
  readonly licences: readonly Pick<Licence, 'state' | 'kind' | 'from' | 'to'>[];
  readonly suspended: boolean;
  readonly version: number;
}

const organizationsOf = (roles: readonly RoleHeld[]): readonly string[] => [
  ...new Set(roles.flatMap((role) => role.organizationId ?? [])),
];

const withRoles = (row: PractitionerRow, roles: readonly RoleHeld[]): PractitionerRow => ({
  ...row,
  roles,
  organization_ids: organizationsOf(roles),
});

export const practitionerModel = readModel<PractitionerRow, PractitionerEvent>({
  name: 'practitioner',
  version: 2,
  columns: {
    id: 'text',
    name: 'text',
    sort_key: 'text',
    words: 'text[]',
    account: 'text',
    has_npi: 'boolean',
    taxonomies: 'text[]',
    roles: 'jsonb',
    organization_ids: 'text[]',
    licences: 'jsonb',
    suspended: 'boolean',
    version: 'integer',
  },
  indexes: ['(sort_key, id)', wordsIndex('words'), 'using hash (account)', 'using gin (organization_ids)'],
  takes: [
    'PractitionerEnrolled',
    'LicenceRecorded',
    'PractitionerSuspended',
    'PractitionerReinstated',
    'RoleAssigned',
    'RoleEnded',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    if (event.type === 'PractitionerEnrolled') {
      const { name, account, npi, taxonomies, roles } = event.data;
      return {
        id,
        ...naming(name),
        account: account ?? null,
        has_npi: npi !== undefined,
        taxonomies,
        roles,
        organization_ids: organizationsOf(roles),
        licences: [],
        suspended: false,
        version: event.version,
      };
    }
    if (before === undefined) return before;
    const row = { ...before, version: event.version };
    switch (event.type) {
      case 'LicenceRecorded': {
        const { state, kind, from, to } = event.data;
        return { ...row, licences: [...row.licences, { state, kind, from, to }] };
      }
      case 'PractitionerSuspended':
        return { ...row, suspended: true };
      case 'PractitionerReinstated':
        return { ...row, suspended: false };
      case 'RoleAssigned':
        return withRoles(row, [...row.roles, event.data]);
      case 'RoleEnded':
        return withRoles(
          row,
          row.roles.filter(
            (role) => role.role !== event.data.role || role.organizationId !== event.data.organizationId,
          ),
        );
    }
  },
});
