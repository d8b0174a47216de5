/** What of each record is compared with others, and the keys by which they find each other. */
import { idOf } from '@fascia/kernel';
import { readModel, sortKey } from '@fascia/read-store';
import type { Demographics, PatientEvent } from '../../contract/events.js';
import { comparedBy, nameWords, type Comparable } from './match.js';
import { withIdentifiers, type KnownIdentifier } from './identifiers.js';
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
  readonly identifiers: readonly KnownIdentifier[];
  readonly deceased: boolean;
  /** The record that somebody wants it merged into, and waits for another person to say so too. */
  readonly proposed_into: string | null;
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
  version: 3,
  columns: {
    id: 'text',
    name: 'text',
    family: 'text[]',
    given: 'text[]',
    birth_date: 'text',
    sex_at_birth: 'text',
    home_organization_ids: 'text[]',
    numbers: 'text[]',
    identifiers: 'jsonb',
    deceased: 'boolean',
    proposed_into: 'text',
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
    'PatientMergeProposed',
    'PatientMerged',
    'PatientMergeReversed',
    'PatientMatchDismissed',
    'PatientDeathRecorded',
    'PatientDeathRetracted',
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
          identifiers:
            'identifiers' in data ? withIdentifiers([], data.identifiers, false) : (row?.identifiers ?? []),
          deceased: row?.deceased ?? false,
          proposed_into: row?.proposed_into ?? null,
          replaced_by: row?.replaced_by ?? {},
          merged: row?.merged ?? false,
          dismissed: row?.dismissed ?? [],
        });
      }
      case 'PatientIdentifierLinked':
        return (
          row &&
          keyed({
            ...row,
            numbers: [...row.numbers, numbered(event.data)],
            identifiers: withIdentifiers(row.identifiers, [event.data], false),
          })
        );
      case 'PatientReceived': {
        const { system, replacedById, takenIdentifiers } = event.data;
        const numbers = [...new Set([...(row?.numbers ?? []), ...takenIdentifiers.map(numbered)])];
        const { [system]: _before, ...others } = row?.replaced_by ?? {};
        const replaced = replacedById === undefined ? others : { ...others, [system]: replacedById };
        return (
          row &&
          keyed({
            ...row,
            numbers,
            identifiers: withIdentifiers(row.identifiers, takenIdentifiers, true),
            replaced_by: replaced,
          })
        );
      }
      case 'PatientMergeProposed':
        return row && { ...row, proposed_into: event.data.survivorId };
      case 'PatientMerged':
        return row && { ...row, merged: true, proposed_into: null };
      case 'PatientMergeReversed':
        return row && { ...row, merged: false, proposed_into: null };
      case 'PatientDeathRecorded':
        return row && { ...row, deceased: true };
      case 'PatientDeathRetracted':
        return row && { ...row, deceased: false };
      case 'PatientMatchDismissed':
        return row && { ...row, dismissed: [...row.dismissed, event.data.otherId] };
      default:
        return row;
    }
  },
});
