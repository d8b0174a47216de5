/** Patient, Practitioner and Organization (FHIR R4) into import items. */
import type { Organization, Patient, PatientCommunication, Practitioner } from '@medplum/fhirtypes';
import { addressIn, codesIn, identifiersIn, nameIn, telecomIn } from './datatypes.js';
import { present } from './field.js';
import type { Field } from './field.js';
import type { ImportedOrganization, ImportedPatient, ImportedPractitioner } from './items.js';

const NPI_SYSTEM = 'http://hl7.org/fhir/sid/us-npi';
const BIRTH_SEX = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex';
const NPI_PREFIX = '80840';

/** Luhn's check over the number with the issuer's prefix (45 CFR 162.406). */
export const isNpi = (text: string): boolean => {
  if (!/^[12]\d{9}$/.test(text)) return false;
  const digits = Array.from(`${NPI_PREFIX}${text}`, Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
};

const contactOf = (resource: Field<Organization | Patient | Practitioner>) => ({
  identifiers: identifiersIn(resource.at('identifier')),
  telecom: telecomIn(resource.at('telecom')),
  address: addressIn(resource.at('address')),
});

export const readOrganization = (
  resource: Field<Organization>,
  sourceId: string,
): ImportedOrganization | undefined => {
  const field = resource.at('name');
  const name = field.required(field.text());
  return name === undefined ? undefined : { kind: 'organization', sourceId, name, ...contactOf(resource) };
};

export const readPractitioner = (
  resource: Field<Practitioner>,
  sourceId: string,
): ImportedPractitioner | undefined => {
  const name = nameIn(resource.at('name'));
  const contact = contactOf(resource);
  const npi = contact.identifiers.find(({ system, value }) => system === NPI_SYSTEM && isNpi(value))?.value;
  return name === undefined
    ? undefined
    : { kind: 'practitioner', sourceId, name, ...contact, ...present({ npi }) };
};

const birthSexIn = (resource: Field<Patient>): string | undefined =>
  resource
    .at('extension')
    .each()
    .find((extension) => extension.at('url').text() === BIRTH_SEX)
    ?.at('valueCode')
    .text();

const GENDER_TO_SEX: Readonly<Record<string, ImportedPatient['sexAtBirth']>> = { female: 'F', male: 'M' };

/** The birth-sex extension says it; administrative gender is only the next best. */
const sexAtBirthOf = (resource: Field<Patient>): ImportedPatient['sexAtBirth'] => {
  const coded = birthSexIn(resource);
  if (coded === 'F' || coded === 'M') return coded;
  const gender = resource.at('gender').text();
  return coded === undefined ? (GENDER_TO_SEX[gender ?? ''] ?? 'UNK') : 'UNK';
};

const languageIn = (communications: Field<PatientCommunication[]>): string | undefined => {
  const all = communications
    .each()
    .map((each) => ({ preferred: each.at('preferred').boolean(), code: codesIn(each.at('language'))[0] }));
  return (all.find(({ preferred }) => preferred === true) ?? all[0])?.code;
};

const deceasedOf = (resource: Field<Patient>): ImportedPatient['deceased'] =>
  resource.at('deceasedDateTime').dateOfDateTime() ??
  (resource.at('deceasedBoolean').boolean() === true ? true : undefined);

export const readPatient = (resource: Field<Patient>, sourceId: string): ImportedPatient | undefined => {
  const name = nameIn(resource.at('name'));
  const birth = resource.at('birthDate');
  const birthDate = birth.required(birth.date());
  const more = present({
    language: languageIn(resource.at('communication')),
    deceased: deceasedOf(resource),
  });
  const sexAtBirth = sexAtBirthOf(resource);
  if (name === undefined || birthDate === undefined) return undefined;
  return { kind: 'patient', sourceId, name, birthDate, sexAtBirth, ...contactOf(resource), ...more };
};
