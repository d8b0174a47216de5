/** What of each record is compared with others, and the keys by which they find each other. */
import { idOf } from '@fascia/kernel';
import { readModel, sortKey } from '@fascia/read-store';
import type { Demographics, PatientEvent } from '../../contract/events.js';
import { comparedBy, nameWords } from './match.js';
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
  readonly merged: boolean;
  /** Records that are said to be of somebody else; their ids are greater. */
  readonly dismissed: readonly string[];
}

const keyed = (row: Omit<ComparedRow, 'keys'>): ComparedRow => ({
  ...row,
  keys: comparedBy({ ...row, birthDate: row.birth_date, sexAtBirth: row.sex_at_birth }).map(sortKey),
});

export const comparedModel = readModel<ComparedRow, PatientEvent>({
  name: 'patient_compared',
  version: 1,
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
          merged: row?.merged ?? false,
          dismissed: row?.dismissed ?? [],
        });
      }
      case 'PatientIdentifierLinked':
        return row && keyed({ ...row, numbers: [...row.numbers, numbered(event.data)] });
      case 'PatientReceived': {
        const taken = event.data.takenIdentifiers.map(numbered);
        return row && keyed({ ...row, numbers: [...new Set([...row.numbers, ...taken])] });
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
