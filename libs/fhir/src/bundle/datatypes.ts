/** FHIR data types that several resources share. */
import type { Address, CodeableConcept, ContactPoint, HumanName, Identifier } from '@medplum/fhirtypes';
import type { ImportedAddress, ImportedIdentifier, ImportedName, ImportedTelecom } from './items.js';
import { present } from './field.js';
import type { Field } from './field.js';

const texts = (field: Field<string[]>): readonly string[] =>
  field.each().flatMap((each) => each.text() ?? []);

const readName = (field: Field<HumanName>): ImportedName => ({
  given: texts(field.at('given')),
  prefix: texts(field.at('prefix')),
  ...present({ family: field.at('family').text(), text: field.at('text').text() }),
});

/** The official name, else the first one. */
export const nameIn = (names: Field<HumanName[]>): ImportedName | undefined => {
  const all = names.each().map((field) => ({ use: field.at('use').text(), name: readName(field) }));
  const name = (all.find(({ use }) => use === 'official') ?? all[0])?.name;
  if (name?.family !== undefined || name?.text !== undefined) return name;
  names.fault('a name is needed');
  return undefined;
};

/** Codes of a CodeableConcept, of one system if it is given. */
export const codesIn = (concept: Field<CodeableConcept>, system?: string): readonly string[] =>
  concept
    .at('coding')
    .each()
    .flatMap((coding) => {
      const code = coding.at('code').text();
      return code !== undefined && (system === undefined || coding.at('system').text() === system)
        ? [code]
        : [];
    });

export const identifiersIn = (identifiers: Field<Identifier[]>): readonly ImportedIdentifier[] =>
  identifiers.each().flatMap((field) => {
    const value = field.at('value').text();
    const [type] = codesIn(field.at('type'));
    return value === undefined ? [] : [{ value, ...present({ system: field.at('system').text(), type }) }];
  });

export const telecomIn = (points: Field<ContactPoint[]>): readonly ImportedTelecom[] =>
  points.each().flatMap((field) => {
    const value = field.at('value').text();
    return value === undefined
      ? []
      : [{ value, ...present({ system: field.at('system').text(), use: field.at('use').text() }) }];
  });

export const addressIn = (addresses: Field<Address[]>): readonly ImportedAddress[] =>
  addresses.each().map((field) => ({
    line: texts(field.at('line')),
    ...present({
      city: field.at('city').text(),
      state: field.at('state').text(),
      postalCode: field.at('postalCode').text(),
      country: field.at('country').text(),
      use: field.at('use').text(),
    }),
  }));
