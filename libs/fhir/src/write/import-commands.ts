/** From what a file says to commands, one for each thing. Their ids follow from where a thing comes from, and tell nobody that. */
import type { DiagnosisCommand } from '@fascia/diagnosis';
import type { OrganizationCommand, PatientCommand, PractitionerCommand } from '@fascia/directory';
import { uuidOf, type Category } from '@fascia/kernel';
import type { PrecautionCommand } from '@fascia/safety';
import type {
  ImportedAddress,
  ImportedCondition,
  ImportedEnding,
  ImportedName,
  ImportedOrganization,
  ImportedPatient,
  ImportedPractitioner,
  ImportedPrecaution,
  ImportedRetraction,
  ImportItem,
} from '../bundle/items.js';

export type Imported = ImportItem | ImportedPrecaution | ImportedRetraction | ImportedEnding;

type Asked =
  OrganizationCommand | PractitionerCommand | PatientCommand | DiagnosisCommand | PrecautionCommand;

/** A command that a thing of a file asks for. */
export interface ItemCommand {
  readonly kind: Imported['kind'];
  readonly category: Category;
  readonly id: string;
  readonly command: Asked;
}

/** The source of a file, and whose records it brings. */
export interface Origin {
  readonly organizationId: string;
  /** URI of the source system. */
  readonly system: string;
}

/** HMAC under a key of the network (`Codec.nameOf`). */
export type NameOf = (...parts: readonly string[]) => Promise<Buffer>;

/**
 * The id of a thing: the same source, organisation and name there have the same one, and without the network's key nobody can tell
 * which (RFC 9562, version 8).
 * @param identity the name that lasts in the source, such as `Patient/1`
 */
export const importedId = async (
  nameOf: NameOf,
  { organizationId, system }: Origin,
  identity: string,
): Promise<string> => uuidOf(await nameOf('import', organizationId, system, identity));

type Received = Extract<PatientCommand, { type: 'ReceivePatient' }>;
type Address = Received['address'][number];

const nameIn = ({ family = '', given, prefix, text }: ImportedName): Received['name'] => ({
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

/**
 * Which identifiers a clinic needs; a passport or a driving licence is not among them (data minimisation), and what a family shares,
 * such as an insurance's number, names no person.
 */
const KEPT_TYPES = [undefined, 'MR', 'PI', 'SS'];

const SEX = { F: 'female', M: 'male', UNK: 'unknown' } as const;

/** A number of nobody known says nothing: it is left out. */
const contact = (item: Pick<ImportedPatient, 'identifiers' | 'telecom' | 'address'>) => ({
  identifiers: item.identifiers.flatMap(({ system, value, type }) =>
    system !== undefined && KEPT_TYPES.includes(type) ? [{ system, value }] : [],
  ),
  telecom: item.telecom.map(({ system = 'other', value, use }) => ({
    system,
    value,
    ...(use === undefined ? {} : { use }),
  })),
  address: item.address.map(addressOf),
});

const patientSays = (
  item: ImportedPatient,
  { organizationId, system }: Origin,
  replacedById: string | undefined,
): Received => ({
  type: 'ReceivePatient',
  name: nameIn(item.name),
  birthDate: item.birthDate,
  sexAtBirth: SEX[item.sexAtBirth],
  interpreter: false,
  organizationId,
  system,
  ...contact(item),
  takenIdentifiers: [],
  ...(item.language === undefined ? {} : { language: item.language }),
  ...(item.inactive === undefined ? {} : { inactive: item.inactive }),
  ...(replacedById === undefined ? {} : { replacedById }),
  ...(item.lastUpdated === undefined ? {} : { lastUpdated: item.lastUpdated }),
});

const conditionSays = (item: ImportedCondition, system: string, patientId: string): DiagnosisCommand => {
  const { proposal, snomed, onsetDate, ended, abatementDate, lastUpdated } = item;
  return {
    type: 'ReceiveDiagnosis',
    patientId,
    system,
    tissues: [...proposal.tissue],
    dysfunction: proposal.dysfunction ?? 'other',
    // What the source recorded stands beside what it recorded before: both are its own record.
    unrelatedReason: 'Recorded so by the source system.',
    acceptCodeWarning: true,
    ...(proposal.region === undefined ? {} : { site: { region: proposal.region } }),
    ...(proposal.icd10 === undefined ? {} : { code: proposal.icd10 }),
    ...(snomed === undefined ? {} : { snomed }),
    ...(onsetDate === undefined ? {} : { onset: onsetDate }),
    ...(ended === undefined ? {} : { ended }),
    ...(ended === undefined || abatementDate === undefined ? {} : { endedOn: abatementDate }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  };
};

const precautionSays = (item: ImportedPrecaution, system: string, patientId: string): PrecautionCommand => {
  const { catalogueId, tableVersion, from, code, since, ended = false, endedDate, lastUpdated } = item;
  return {
    type: 'ProposePrecaution',
    patientId,
    system,
    catalogueId,
    tableVersion,
    from,
    code,
    ended,
    ...(since === undefined ? {} : { since }),
    ...(endedDate === undefined ? {} : { endedOn: endedDate }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  };
};

const endingSays = (
  { catalogueId, why, endedDate, lastUpdated }: ImportedEnding,
  patientId: string,
): PrecautionCommand => ({
  type: 'EndPrecaution',
  patientId,
  catalogueId,
  why,
  ...(endedDate === undefined ? {} : { endedOn: endedDate }),
  ...(lastUpdated === undefined ? {} : { lastUpdated }),
});

const organizationSays = (item: ImportedOrganization): OrganizationCommand => ({
  type: 'ReceiveOrganization',
  name: item.name,
  ...contact(item),
});

const practitionerSays = (item: ImportedPractitioner): PractitionerCommand => ({
  type: 'ReceivePractitioner',
  name: nameIn(item.name),
  taxonomies: [],
  address: item.address.map(addressOf),
  ...(item.npi === undefined ? {} : { npi: item.npi }),
});

/** The ids of a file's things, and of those that they name, also when an earlier file brought them. */
export class Ids {
  /** Records that a file means by an identifier (`ifNoneExist`), by their name in it. */
  readonly #meant = new Map<string, string>();

  constructor(
    private readonly nameOf: NameOf,
    readonly origin: Origin,
  ) {}

  mean(identity: string, id: string): void {
    this.#meant.set(identity, id);
  }

  async of(identity: string): Promise<string> {
    return this.#meant.get(identity) ?? (await importedId(this.nameOf, this.origin, identity));
  }
}

export const commandFor = async (item: Imported, ids: Ids): Promise<ItemCommand> => {
  const id = await ids.of(item.identity);
  const { kind } = item;
  switch (item.kind) {
    case 'organization':
      return { kind, category: 'organization', id, command: organizationSays(item) };
    case 'practitioner':
      return { kind, category: 'practitioner', id, command: practitionerSays(item) };
    case 'patient': {
      const other = item.replacedBy === undefined ? undefined : await ids.of(item.replacedBy.identity);
      return { kind, category: 'patient', id, command: patientSays(item, ids.origin, other) };
    }
    case 'condition': {
      const patientId = await ids.of(item.patient.identity);
      return { kind, category: 'diagnosis', id, command: conditionSays(item, ids.origin.system, patientId) };
    }
    case 'precaution': {
      const patientId = await ids.of(item.patient.identity);
      return {
        kind,
        category: 'precaution',
        id,
        command: precautionSays(item, ids.origin.system, patientId),
      };
    }
    case 'ending': {
      const patientId = await ids.of(item.patient.identity);
      return { kind, category: 'precaution', id, command: endingSays(item, patientId) };
    }
    case 'retraction': {
      const patientId = await ids.of(item.patient.identity);
      return {
        kind,
        category: 'diagnosis',
        id,
        command: {
          type: 'RetractDiagnosis',
          patientId,
          system: ids.origin.system,
          retracted: item.why,
          ...(item.lastUpdated === undefined ? {} : { lastUpdated: item.lastUpdated }),
        },
      };
    }
  }
};

export const deathOf = async (item: ImportedPatient, ids: Ids): Promise<ItemCommand> => ({
  kind: item.kind,
  category: 'patient',
  id: await ids.of(item.identity),
  command: {
    type: 'RecordDeath',
    source: 'import',
    ...(typeof item.deceased === 'string' ? { on: item.deceased } : {}),
  },
});
