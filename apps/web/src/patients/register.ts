/** What was typed of a patient who is new here, and what the service is sent of it. */
import type { BodyOf } from '../api/commands.js';
import type { names } from '../words/names.js';

export type Basis = keyof typeof names.basis;
export type Sex = keyof typeof names.sex;

export interface Typed {
  readonly family: string;
  readonly given: string;
  /** As precise as it is known: 1979, 1979-02, 1979-02-11. */
  readonly birthDate: string;
  readonly sexAtBirth: Sex | '';
  readonly phone: string;
  /** BCP 47. */
  readonly language: string;
  readonly interpreter: boolean;
  /** The record's number in the caller's own organisation. */
  readonly recordNumber: string;
  /** Medicare Beneficiary Identifier. */
  readonly mbi: string;
  readonly basis: Basis;
  /** Somebody looked at who is known by that name or day. */
  readonly isNew: boolean;
}

export const NOBODY: Typed = {
  family: '',
  given: '',
  birthDate: '',
  sexAtBirth: '',
  phone: '',
  language: '',
  interpreter: false,
  recordNumber: '',
  mbi: '',
  basis: 'treatment',
  isNew: false,
};

const BIRTH_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
export const isBirthDate = (text: string): boolean => BIRTH_DATE.test(text.trim());

/** What was looked for is where one begins: the last word of several is taken for the family name. */
export const begunWith = ({
  name,
  birthDate,
}: {
  readonly name: string;
  readonly birthDate: string;
}): Typed => {
  const words = name.trim().split(/\s+/);
  return { ...NOBODY, family: words.at(-1) ?? '', given: words.slice(0, -1).join(' '), birthDate };
};

export type Needed = 'name' | 'birthDate' | 'sexAtBirth' | 'isNew';

/** @param alike whether anybody is known who may be the same */
export const missingIn = (typed: Typed, alike: boolean): readonly Needed[] => {
  const parts: readonly (readonly [Needed, boolean])[] = [
    ['name', typed.family.trim() !== '' || typed.given.trim() !== ''],
    ['birthDate', isBirthDate(typed.birthDate)],
    ['sexAtBirth', typed.sexAtBirth !== ''],
    ['isNew', !alike || typed.isNew],
  ];
  return parts.filter(([, there]) => !there).map(([part]) => part);
};

/** HL7's own name of the system (terminology.hl7.org, identifier systems). */
const MBI = 'http://hl7.org/fhir/sid/us-mbi';

const numbered = (system: string, value: string): { system: string; value: string }[] =>
  value.trim() === '' ? [] : [{ system, value: value.trim() }];

/** @param organizationId whose record numbers they are */
export const registrationOf = (
  typed: Typed,
  organizationId: string | null,
): BodyOf<'patients', 'RegisterPatient'> => ({
  name: {
    family: typed.family.trim(),
    given: typed.given.trim() === '' ? [] : typed.given.trim().split(/\s+/),
    prefix: [],
  },
  birthDate: typed.birthDate.trim(),
  sexAtBirth: typed.sexAtBirth === '' ? 'unknown' : typed.sexAtBirth,
  telecom: typed.phone.trim() === '' ? [] : [{ system: 'phone', value: typed.phone.trim() }],
  address: [],
  ...(typed.language === '' ? {} : { language: typed.language }),
  interpreter: typed.interpreter,
  identifiers: [
    ...(organizationId === null ? [] : numbered(`urn:uuid:${organizationId}`, typed.recordNumber)),
    ...numbered(MBI, typed.mbi),
  ],
});
