/** What of each record is compared with others, and the keys by which they find each other. */
import { idOf } from '@fascia/kernel';
import { readModel, sortKey } from '@fascia/read-store';
import type { Demographics, PatientEvent } from '../../contract/events.js';
import { comparedBy, nameWords, type Comparable } from './match.js';
import { naming } from '../naming.js';
import { numbered } from '../patients/finding.js';

export interface ComparedRow {
  readonly id: string;
  readonly name: string;
  readonly family: readonly string[];
  readonly given: readonly string[];
  readonly birth_date: string;
  readonly sex_at_birth: Demographics['sexAtBirth'];
  readonly home_organization_ids: readonly string[];
  /** Also those that a file gave to this record while another one of the organisation had them. */
  readonly numbers: readonly string[];
  /** Bounded, as an index takes no more. */
  readonly keys: readonly string[];
  /** By source system, the record that is used there instead. */
  readonly replaced_by: Readonly<Record<string, string>>;
  readonly merged: boolean;
  /** Records that are said to be of somebody else; their ids are greater. */
  readonly dismissed: readonly string[];
}

export const comparable = (row: Omit<ComparedRow, 'keys'>): Comparable => ({
  ...row,
  birthDate: row.birth_date,
  sexAtBirth: row.sex_at_birth,
  replacedBy: Object.values(row.replaced_by),
});

const keyed = (row: Omit<ComparedRow, 'keys'>): ComparedRow => ({
  ...row,
  keys: comparedBy(comparable(row)).map(sortKey),
});

export const comparedModel = readModel<ComparedRow, PatientEvent>({
  name: 'patient_compared',
  version: 2,
  columns: {
    id: 'text',
    name: 'text',
    family: 'text[]',
    given: 'text[]',
    birth_date: 'text',
    sex_at_birth: 'text',
    home_organization_ids: 'text[]',
    numbers: 'text[]',
    keys: 'text[]',
    replaced_by: 'jsonb',
    merged: 'boolean',
    dismissed: 'text[]',
  },
  indexes: ['using gin (keys)'],
  takes: [
    'PatientRegistered',
    'PatientDemographicsCorrected',
    'PatientIdentifierLinked',
    'PatientReceived',
    'PatientMerged',
    'PatientMergeReversed',
    'PatientMatchDismissed',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (row, event, id) => {
    switch (event.type) {
      case 'PatientRegistered':
      case 'PatientDemographicsCorrected': {
        const { data } = event;
        return keyed({
          id,
          name: naming(data.name).name,
          ...nameWords(data.name),
          birth_date: data.birthDate,
          sex_at_birth: data.sexAtBirth,
          home_organization_ids:
            'homeOrganizationId' in data ? [data.homeOrganizationId] : (row?.home_organization_ids ?? []),
          numbers: 'identifiers' in data ? data.identifiers.map(numbered) : (row?.numbers ?? []),
          replaced_by: row?.replaced_by ?? {},
          merged: row?.merged ?? false,
          dismissed: row?.dismissed ?? [],
        });
      }
      case 'PatientIdentifierLinked':
        return row && keyed({ ...row, numbers: [...row.numbers, numbered(event.data)] });
      case 'PatientReceived': {
        const { system, replacedById, takenIdentifiers } = event.data;
        const numbers = [...new Set([...(row?.numbers ?? []), ...takenIdentifiers.map(numbered)])];
        const { [system]: _before, ...others } = row?.replaced_by ?? {};
        const replaced = replacedById === undefined ? others : { ...others, [system]: replacedById };
        return row && keyed({ ...row, numbers, replaced_by: replaced });
      }
      case 'PatientMerged':
        return row && { ...row, merged: true };
      case 'PatientMergeReversed':
        return row && { ...row, merged: false };
      case 'PatientMatchDismissed':
        return row && { ...row, dismissed: [...row.dismissed, event.data.otherId] };
      default:
        return row;
    }
  },
});
