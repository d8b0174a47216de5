/** Patients as lists show them. */
import { idOf } from '@fascia/kernel';
import { readModel, wordsIndex } from '@fascia/read-store';
import type { Demographics, PatientEvent } from '../../contract/events.js';
import { naming, type Named } from '../naming.js';
import { identifierKeys, numbered, phonesIn } from './finding.js';

type ContactPreferences = Extract<PatientEvent, { type: 'PatientContactPreferencesRecorded' }>['data'];

type Received = Extract<PatientEvent, { type: 'PatientReceived' }>['data'];

export interface PatientRow extends Named {
  readonly id: string;
  readonly birth_date: string;
  readonly sex_at_birth: Demographics['sexAtBirth'];
  readonly language: string | null;
  readonly interpreter: boolean;
  readonly telecom: Demographics['telecom'];
  readonly contact_preferences: ContactPreferences | null;
  readonly home_organization_ids: readonly string[];
  /** As {@link numbered} writes them. */
  readonly numbers: readonly string[];
  /** As {@link identifierKeys} writes them. */
  readonly identifier_keys: readonly string[];
  /** Digits of what can be dialled. */
  readonly phones: readonly string[];
  /** The record that this one says it was merged into: not yet the end of the chain. */
  readonly merged_into: string | null;
  /** When it was, by `recorded_at` as the next three are. */
  readonly merged_at: string | null;
  /** The last merge that was undone: into what, from when to when. */
  readonly was_into: string | null;
  readonly was_from: string | null;
  readonly was_until: string | null;
  /** By source system, what each called its record when it sent it last. */
  readonly sources: Readonly<Record<string, Pick<Received, 'inactive' | 'replacedById'>>>;
  readonly deceased: boolean;
  /** FHIR date, as far as it is known. */
  readonly deceased_on: string | null;
  readonly version: number;
}

/** What was only proposed was no merge. */
const reversed = ({ merged_into: into, merged_at: from }: PatientRow, at: string): Partial<PatientRow> =>
  into === null ? {} : { merged_into: null, merged_at: null, was_into: into, was_from: from, was_until: at };

const reachedAt = ({ telecom }: Pick<Demographics, 'telecom'>): Pick<PatientRow, 'telecom' | 'phones'> => ({
  telecom,
  phones: phonesIn(telecom),
});

const keptNow = (
  { sources }: PatientRow,
  { system, inactive, replacedById }: Received,
): PatientRow['sources'] => ({
  ...sources,
  [system]: {
    ...(inactive === undefined ? {} : { inactive }),
    ...(replacedById === undefined ? {} : { replacedById }),
  },
});

export const patientModel = readModel<PatientRow, PatientEvent>({
  name: 'patient',
  version: 6,
  columns: {
    id: 'text',
    name: 'text',
    sort_key: 'text',
    words: 'text[]',
    birth_date: 'text',
    sex_at_birth: 'text',
    language: 'text',
    interpreter: 'boolean',
    telecom: 'jsonb',
    contact_preferences: 'jsonb',
    home_organization_ids: 'text[]',
    numbers: 'text[]',
    identifier_keys: 'text[]',
    phones: 'text[]',
    merged_into: 'text',
    merged_at: 'text',
    was_into: 'text',
    was_from: 'text',
    was_until: 'text',
    sources: 'jsonb',
    deceased: 'boolean',
    deceased_on: 'text',
    version: 'integer',
  },
  // Who was merged into a record is asked with every list of a patient; few were.
  indexes: [
    '(sort_key, id)',
    wordsIndex('words'),
    'using gin (numbers)',
    'using gin (identifier_keys)',
    '(merged_into, id) where merged_into is not null',
  ],
  takes: [
    'PatientRegistered',
    'PatientDemographicsCorrected',
    'PatientContactCorrected',
    'PatientLanguageCorrected',
    'PatientContactPreferencesRecorded',
    'PatientIdentifierLinked',
    'PatientReceived',
    'PatientMergeProposed',
    'PatientMerged',
    'PatientMergeReversed',
    'PatientMatchDismissed',
    'PatientDeathRecorded',
    'PatientDeathRetracted',
    'PatientFactsUnassigned',
    'PatientFactAssigned',
    'PatientFactMoved',
  ],
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
          interpreter: data.interpreter,
          contact_preferences: row?.contact_preferences ?? null,
          home_organization_ids:
            'homeOrganizationId' in data ? [data.homeOrganizationId] : (row?.home_organization_ids ?? []),
          numbers: 'identifiers' in data ? data.identifiers.map(numbered) : (row?.numbers ?? []),
          identifier_keys:
            'identifiers' in data ? identifierKeys(data.identifiers) : (row?.identifier_keys ?? []),
          ...reachedAt(data),
          merged_into: row?.merged_into ?? null,
          merged_at: row?.merged_at ?? null,
          was_into: row?.was_into ?? null,
          was_from: row?.was_from ?? null,
          was_until: row?.was_until ?? null,
          sources: row?.sources ?? {},
          deceased: row?.deceased ?? false,
          deceased_on: row?.deceased_on ?? null,
          version,
        };
      }
      case 'PatientContactCorrected':
        return row && { ...row, ...reachedAt(event.data), version };
      case 'PatientLanguageCorrected': {
        const { language, interpreter } = event.data;
        return row && { ...row, language: language ?? null, interpreter, version };
      }
      case 'PatientContactPreferencesRecorded':
        return row && { ...row, contact_preferences: event.data, version };
      case 'PatientIdentifierLinked':
        return (
          row && {
            ...row,
            numbers: [...row.numbers, numbered(event.data)],
            identifier_keys: [...row.identifier_keys, ...identifierKeys([event.data])],
            version,
          }
        );
      case 'PatientReceived':
        return row && { ...row, sources: keptNow(row, event.data), version };
      case 'PatientMergeProposed':
      case 'PatientMatchDismissed':
      case 'PatientFactsUnassigned':
      case 'PatientFactAssigned':
      case 'PatientFactMoved':
        return row && { ...row, version };
      case 'PatientMerged':
        return row && { ...row, merged_into: event.data.survivorId, merged_at: event.recordedAt, version };
      case 'PatientMergeReversed':
        return row && { ...row, ...reversed(row, event.recordedAt), version };
      case 'PatientDeathRecorded':
        return row && { ...row, deceased: true, deceased_on: event.data.on ?? null, version };
      case 'PatientDeathRetracted':
        return row && { ...row, deceased: false, deceased_on: null, version };
    }
  },
});
