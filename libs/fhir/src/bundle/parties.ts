/** Patient, Practitioner and Organization (FHIR R4) into import items. */
import type { Organization, Patient, PatientCommunication, Practitioner } from '@medplum/fhirtypes';
import { isNpi } from '@fascia/directory/contract';
import { addressIn, codesIn, identifiersIn, nameIn, telecomIn } from './datatypes.js';
import { present } from './field.js';
import type { Fault, Field } from './field.js';
import { shown } from './identity.js';
import type { Entry, Reading } from './entry.js';
import type {
  ImportedOrganization,
  ImportedPatient,
  ImportedPractitioner,
  SourceReference,
} from './items.js';

const NPI_SYSTEMS: readonly (string | undefined)[] = [
  'http://hl7.org/fhir/sid/us-npi',
  'urn:oid:2.16.840.1.113883.4.6',
];
const BIRTH_SEX = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex';

const contactOf = (resource: Field<Organization | Patient | Practitioner>, left: Fault[]) => ({
  identifiers: identifiersIn(resource.at('identifier'), left),
  telecom: telecomIn(resource.at('telecom'), left),
  address: addressIn(resource.at('address'), left),
});

export const readOrganization = ({ resource, named, left }: Entry): ImportedOrganization | undefined => {
  const organization = resource.readAs<Organization>();
  const field = organization.at('name');
  const name = field.required(field.text(300));
  return name === undefined
    ? undefined
    : { kind: 'organization', ...shown(named), name, ...contactOf(organization, left) };
};

export const readPractitioner = ({ resource, named, left }: Entry): ImportedPractitioner | undefined => {
  const practitioner = resource.readAs<Practitioner>();
  const name = nameIn(practitioner.at('name'), left);
  const contact = contactOf(practitioner, left);
  const npi = contact.identifiers.find(
    ({ system, value }) => NPI_SYSTEMS.includes(system) && isNpi(value),
  )?.value;
  return name === undefined
    ? undefined
    : { kind: 'practitioner', ...shown(named), name, ...contact, ...present({ npi }) };
};

const birthSexIn = (resource: Field<Patient>): string | undefined =>
  resource
    .at('extension')
    .each()
    .find((extension) => extension.at('url').text() === BIRTH_SEX)
    ?.at('valueCode')
    .text();

const GENDER_TO_SEX: ReadonlyMap<string | undefined, ImportedPatient['sexAtBirth']> = new Map([
  ['female', 'F'],
  ['male', 'M'],
]);

/** The birth-sex extension says it; administrative gender is only the next best. */
const sexAtBirthOf = (resource: Field<Patient>): ImportedPatient['sexAtBirth'] => {
  const coded = birthSexIn(resource);
  if (coded === 'F' || coded === 'M') return coded;
  const gender = resource.at('gender').text();
  return coded === undefined ? (GENDER_TO_SEX.get(gender) ?? 'UNK') : 'UNK';
};

const LANGUAGE = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/;

/** BCP 47; what is none says nothing. */
const languageIn = (communications: Field<PatientCommunication[]>): string | undefined => {
  const all = communications
    .each()
    .map((each) => ({ preferred: each.at('preferred').boolean(), code: codesIn(each.at('language'))[0] }));
  const code = (all.find(({ preferred }) => preferred === true) ?? all[0])?.code?.replaceAll('_', '-');
  return code !== undefined && code.length <= 35 && LANGUAGE.test(code) ? code : undefined;
};

const deceasedOf = (resource: Field<Patient>): ImportedPatient['deceased'] =>
  resource.at('deceasedDateTime').dateOfDateTime() ??
  (resource.at('deceasedBoolean').boolean() === true ? true : undefined);

/** Other records of the same person at the source. One that leads nowhere says nothing. */
const linksOf = (resource: Field<Patient>, { named, left }: Entry, { references }: Reading) => {
  const links = resource
    .at('link')
    .noting(left)
    .each()
    .map((link) => ({
      type: link.at('type').text(),
      other: references.resolve(link.at('other'), ['Patient'], named)?.reference,
    }));
  const of = (wanted: string): readonly SourceReference[] =>
    links.flatMap(({ type, other }) => (type === wanted && other !== undefined ? [other] : []));
  const [replacedBy] = of('replaced-by');
  const replaces = of('replaces');
  return { ...present({ replacedBy }), ...(replaces.length === 0 ? {} : { replaces }) };
};

export const readPatient = (entry: Entry, reading: Reading): ImportedPatient | undefined => {
  const { named, left } = entry;
  const resource = entry.resource.readAs<Patient>();
  const name = nameIn(resource.at('name'), left);
  const birth = resource.at('birthDate');
  const birthDate = birth.required(birth.date());
  const more = present({
    language: languageIn(resource.at('communication')),
    deceased: deceasedOf(resource),
    inactive: resource.at('active').boolean() === false ? (true as const) : undefined,
  });
  const sexAtBirth = sexAtBirthOf(resource);
  const contact = contactOf(resource, left);
  const links = linksOf(resource, entry, reading);
  if (name === undefined || birthDate === undefined) return undefined;
  return { kind: 'patient', ...shown(named), name, birthDate, sexAtBirth, ...contact, ...more, ...links };
};
