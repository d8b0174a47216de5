/** FHIR data types that several resources share. */
import type {
  Address,
  CodeableConcept,
  ContactPoint,
  HumanName,
  Identifier,
  Period,
} from '@medplum/fhirtypes';
import { present } from './field.js';
import type { Fault, Field } from './field.js';
import type { ImportedAddress, ImportedIdentifier, ImportedName, ImportedTelecom } from './items.js';

/** What the directory keeps of each (the words of `libs/directory/src/contract/commands.ts`). */
const MOST = { given: 10, prefix: 5, identifiers: 20, telecom: 20, addresses: 10, lines: 5 };

/** What was left of a resource that is taken. */
type Left = Fault[];

const texts = (field: Field<string[]>, max: number): readonly string[] =>
  field.each().flatMap((each) => each.text(max) ?? []);

const readName = (field: Field<HumanName>, left: Left): ImportedName => ({
  given: field.at('given').atMost(texts(field.at('given'), 200), MOST.given, left),
  prefix: field.at('prefix').atMost(texts(field.at('prefix'), 60), MOST.prefix, left),
  ...present({ family: field.at('family').text(200), text: field.at('text').text(400) }),
});

/** The lower, the more it is the name that a person goes by now. */
const USES: ReadonlyMap<string | undefined, number> = new Map([
  ['official', 0],
  ['usual', 1],
  [undefined, 2],
  ['temp', 3],
  ['nickname', 4],
  ['anonymous', 5],
  ['maiden', 6],
  ['old', 7],
]);

/** Written for "without end" by systems that need some day. */
const FOR_EVER = '9';

/** One that has an end is over, whatever day it is: the same file means the same tomorrow. */
const isOver = (period: Field<Period>): boolean => {
  const end = period.at('end').noting([]).text();
  return end !== undefined && !end.startsWith(FOR_EVER);
};

/** The name that is in use: official, else usual; one that is over, or was never more than a nickname, only for want of another. */
export const nameIn = (names: Field<HumanName[]>, left: Left): ImportedName | undefined => {
  const ranked = names.each().map((field) => {
    const rank = USES.get(field.at('use').text()) ?? USES.size;
    return { field, rank: rank + (isOver(field.at('period')) ? USES.size + 1 : 0) };
  });
  const [best] = ranked.toSorted((one, other) => one.rank - other.rank);
  const name = best === undefined ? undefined : readName(best.field, left);
  if (name?.family !== undefined || name?.text !== undefined || (name?.given.length ?? 0) > 0) return name;
  names.fault('a name is needed');
  return undefined;
};

/** Codes of a concept of FHIR itself, whose system goes without saying. */
export const codesIn = (concept: Field<CodeableConcept>): readonly string[] =>
  concept
    .at('coding')
    .each()
    .flatMap((coding) => coding.at('code').text() ?? []);

export const identifiersIn = (
  identifiers: Field<Identifier[]>,
  left: Left,
): readonly ImportedIdentifier[] => {
  const all = identifiers.each().flatMap((field) => {
    const value = field.at('value').text(200);
    const [type] = codesIn(field.at('type'));
    return value === undefined ? [] : [{ value, ...present({ system: field.at('system').text(300), type }) }];
  });
  return identifiers.atMost(all, MOST.identifiers, left);
};

export const telecomIn = (points: Field<ContactPoint[]>, left: Left): readonly ImportedTelecom[] => {
  const all = points.each().flatMap((field) => {
    const value = field.at('value').text(300);
    return value === undefined
      ? []
      : [{ value, ...present({ system: field.at('system').text(300), use: field.at('use').text(20) }) }];
  });
  return points.atMost(all, MOST.telecom, left);
};

export const addressIn = (addresses: Field<Address[]>, left: Left): readonly ImportedAddress[] => {
  const all = addresses.each().map((field) => ({
    line: field.at('line').atMost(texts(field.at('line'), 300), MOST.lines, left),
    ...present({
      city: field.at('city').text(200),
      state: field.at('state').text(200),
      postalCode: field.at('postalCode').text(40),
      country: field.at('country').text(100),
      use: field.at('use').text(),
    }),
  }));
  return addresses.atMost(all, MOST.addresses, left);
};
