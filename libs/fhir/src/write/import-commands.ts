/** From import items to commands. Ids follow from the source's ids, so the same file again asks for the same things. */
import type { DiagnosisCommand } from '@fascia/diagnosis';
import type { OrganizationCommand, PatientCommand, PractitionerCommand } from '@fascia/directory';
import { uuidFrom, type Category } from '@fascia/kernel';
import type {
  ImportedAddress,
  ImportedCondition,
  ImportedName,
  ImportedPatient,
  ImportItem,
} from '../bundle/items.js';

type Asked = OrganizationCommand | PractitionerCommand | PatientCommand | DiagnosisCommand;

/** A command that an item of a bundle asks for. */
export interface ItemCommand {
  readonly kind: ImportItem['kind'];
  readonly category: Category;
  readonly id: string;
  /** Tells this command from others about the same thing. */
  readonly key: string;
  readonly command: Asked;
}

type Registered = Extract<PatientCommand, { type: 'RegisterPatient' }>;
type Name = Registered['name'];
type Address = Registered['address'][number];

export const importedId = (kind: ImportItem['kind'], sourceId: string): string =>
  uuidFrom('fhir', kind, sourceId);

const nameOf = ({ family = '', given, prefix, text }: ImportedName): Name => ({
  family,
  given: [...given],
  prefix: [...prefix],
  ...(text === undefined ? {} : { text }),
});

const addressOf = ({ line, city, state, postalCode, country }: ImportedAddress): Address => ({
  line: [...line],
  ...(city === undefined ? {} : { city }),
  ...(state === undefined ? {} : { state }),
  ...(postalCode === undefined ? {} : { postalCode }),
  ...(country === undefined ? {} : { country }),
});

/** Which identifiers a clinic needs; a passport or a driving licence is not among them (data minimisation). */
const KEPT_TYPES = [undefined, 'MR', 'PI', 'MB', 'SS'];

const SEX = { F: 'female', M: 'male', UNK: 'unknown' } as const;
const NO_SYSTEM = 'urn:fascia:unknown-system';

const contact = (item: Pick<ImportedPatient, 'identifiers' | 'telecom' | 'address'>) => ({
  identifiers: item.identifiers
    .filter(({ type }) => KEPT_TYPES.includes(type))
    .map(({ system = NO_SYSTEM, value }) => ({ system, value })),
  telecom: item.telecom.map(({ system = 'other', value, use }) => ({
    system,
    value,
    ...(use === undefined ? {} : { use }),
  })),
  address: item.address.map(addressOf),
});

const conditionCommands = (item: ImportedCondition): readonly ItemCommand[] => {
  const id = importedId('condition', item.sourceId);
  const { proposal, snomed, onsetDate, clinicalStatus, recordedDate } = item;
  const code = item.icd10[0] ?? proposal.icd10;
  const record: DiagnosisCommand = {
    type: 'RecordDiagnosis',
    patientId: importedId('patient', item.patientSourceId),
    verification: 'provisional',
    source: 'import',
    tissues: [...proposal.tissue],
    dysfunction: proposal.dysfunction ?? 'other',
    ...(proposal.region === undefined ? {} : { site: { region: proposal.region } }),
    // What the source recorded stands beside what it recorded before: both are its own record.
    unrelatedReason: 'Recorded so by the source system.',
    acceptCodeWarning: true,
    ...(code === undefined ? {} : { code }),
    ...(snomed === undefined ? {} : { snomed }),
    ...(onsetDate === undefined ? {} : { onset: onsetDate }),
  };
  const base = { kind: 'condition', category: 'diagnosis', id } as const;
  const on = recordedDate ?? onsetDate;
  const resolved = clinicalStatus === 'resolved' && on?.length === 10;
  const resolve: DiagnosisCommand | undefined = resolved ? { type: 'ResolveDiagnosis', on } : undefined;
  return [
    { ...base, key: 'record', command: record },
    ...(resolve === undefined ? [] : [{ ...base, key: 'resolve', command: resolve }]),
  ];
};

/** @param organizationId who holds the records of the imported patients */
export const commandsFor = (item: ImportItem, organizationId: string): readonly ItemCommand[] => {
  switch (item.kind) {
    case 'organization':
      return [
        {
          kind: item.kind,
          category: 'organization',
          id: importedId(item.kind, item.sourceId),
          key: 'register',
          command: {
            type: 'RegisterOrganization',
            name: item.name,
            kind: 'other',
            timeZone: 'UTC',
            ...contact(item),
          },
        },
      ];
    case 'practitioner':
      return [
        {
          kind: item.kind,
          category: 'practitioner',
          id: importedId(item.kind, item.sourceId),
          key: 'enrol',
          command: {
            type: 'EnrolPractitioner',
            name: nameOf(item.name),
            taxonomies: [],
            roles: [],
            address: item.address.map(addressOf),
            ...(item.npi === undefined ? {} : { npi: item.npi }),
          },
        },
      ];
    case 'patient':
      return [
        {
          kind: item.kind,
          category: 'patient',
          id: importedId(item.kind, item.sourceId),
          key: 'register',
          command: {
            type: 'RegisterPatient',
            name: nameOf(item.name),
            birthDate: item.birthDate,
            sexAtBirth: SEX[item.sexAtBirth],
            interpreter: false,
            organizationId,
            ...contact(item),
            ...(item.language === undefined ? {} : { language: item.language }),
          },
        },
      ];
    case 'condition':
      return conditionCommands(item);
  }
};
