/** Patients and practitioners as lists show them. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { Licence, PatientEvent, PractitionerEvent, RoleHeld } from '../contract/events.js';

type Name = Extract<PatientEvent, { type: 'PatientRegistered' }>['data']['name'];

/** As people are called: the person's own text form where there is one. */
export const displayName = (name: Name): string =>
  name.text ?? [...name.given, name.family].filter((part) => part !== '').join(' ');

export interface PatientRow {
  readonly id: string;
  readonly name: string;
  /** For sorting and searching: family name first. */
  readonly sort_name: string;
  readonly birth_date: string;
  readonly sex_at_birth: string;
  readonly language: string | null;
  readonly home_organization_ids: readonly string[];
  readonly merged_into: string | null;
  readonly version: number;
}

const naming = (name: Name): Pick<PatientRow, 'name' | 'sort_name'> => ({
  name: displayName(name),
  sort_name: [name.family, ...name.given].join(' ').toLowerCase(),
});

export const patientModel = readModel<PatientRow, PatientEvent>({
  name: 'patient',
  version: 1,
  columns: {
    id: 'text',
    name: 'text',
    sort_name: 'text',
    birth_date: 'text',
    sex_at_birth: 'text',
    language: 'text',
    home_organization_ids: 'text[]',
    merged_into: 'text',
    version: 'integer',
  },
  indexes: ['(sort_name, id)', 'using gin (home_organization_ids)'],
  takes: ['PatientRegistered', 'PatientDemographicsCorrected', 'PatientIdentifierLinked', 'PatientMerged'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (row, event, id) => {
    const { version } = event;
    switch (event.type) {
      case 'PatientRegistered':
      case 'PatientDemographicsCorrected': {
        const { data } = event;
        return {
          id,
          ...naming(data.name),
          birth_date: data.birthDate,
          sex_at_birth: data.sexAtBirth,
          language: data.language ?? null,
          home_organization_ids:
            'homeOrganizationId' in data ? [data.homeOrganizationId] : (row?.home_organization_ids ?? []),
          merged_into: row?.merged_into ?? null,
          version,
        };
      }
      case 'PatientIdentifierLinked':
        return row && { ...row, version };
      case 'PatientMerged':
        return row && { ...row, merged_into: event.data.survivorId, version };
    }
  },
});

export interface PractitionerRow {
  readonly id: string;
  readonly name: string;
  readonly sort_name: string;
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
  version: 1,
  columns: {
    id: 'text',
    name: 'text',
    sort_name: 'text',
    account: 'text',
    has_npi: 'boolean',
    taxonomies: 'text[]',
    roles: 'jsonb',
    organization_ids: 'text[]',
    licences: 'jsonb',
    suspended: 'boolean',
    version: 'integer',
  },
  indexes: ['(sort_name, id)', '(account)', 'using gin (organization_ids)'],
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
