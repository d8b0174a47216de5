/** By what a patient is found, and how it is kept for that. */
import { hash } from 'node:crypto';
import { body, line, partialDay } from '@fascia/kernel/contract';
import { folded, haveWords, wordsTyped, type Condition } from '@fascia/read-store';
import { sql, type Expression } from 'kysely';
import type { Demographics } from '../../contract/events.js';

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

const LONGEST_KEY_BYTES = 256;

/** An index takes no text without a bound; nobody types one that long. */
const bounded = (key: string): string =>
  Buffer.byteLength(key) <= LONGEST_KEY_BYTES ? key : hash('sha256', key);

/** An identifier as one text, exactly. */
export const numbered = ({ system, value }: Identifier): string => bounded(`${system}|${value}`);

/** As people type numbers: with or without spaces and dashes, in either case. */
export const identifierKey = ({ system, value }: Partial<Identifier> & Pick<Identifier, 'value'>): string => {
  const plain = folded(value);
  const key = plain.replace(/[^\p{L}\p{N}]+/gu, '') || plain;
  return bounded(system === undefined ? key : `${system}|${key}`);
};

/** For those who know the system, and for those who do not. */
export const identifierKeys = (identifiers: readonly Identifier[]): readonly string[] =>
  identifiers.flatMap(({ system, value }) => [identifierKey({ value }), identifierKey({ system, value })]);

const MOST_DIGITS = 20;

/** Digits, without an extension and without the zero that is left out behind a country's code. */
export const dialled = (number: string): string =>
  folded(number)
    .replace(/(?<=\d)\s*(?:ext|x|#|;).*$/u, '')
    .replace(/\(0\)|\D/gu, '')
    .replace(/^0+/, '')
    .slice(0, MOST_DIGITS);

const DIALLED = ['phone', 'sms', 'fax', 'pager'];

export const phonesIn = (telecom: Demographics['telecom']): readonly string[] => [
  ...new Set(
    telecom
      .filter(({ system }) => DIALLED.includes(system))
      .map(({ value }) => dialled(value))
      .filter((digits) => digits !== ''),
  ),
];

/** Fewer digits are of one number's end only by chance. */
const FEWEST_DIGITS = 7;

/** The same number, or the one with its country's code and the other without. */
export const hasPhone = (phones: Expression<readonly string[]>, digits: Expression<string>): Condition =>
  sql<boolean>`exists (select from unnest(${phones}) as p(digits) where p.digits = ${digits}::text
    or (least(length(p.digits), length(${digits}::text)) >= ${sql.lit(FEWEST_DIGITS)}
      and (p.digits like '%' || ${digits}::text or ${digits}::text like '%' || p.digits)))`;

/** The one is as precise as the other, or says less. */
export const isBornOn = (born: Expression<string>, date: Expression<string>): Condition =>
  sql<boolean>`(starts_with(${born}, ${date}::text) or starts_with(${date}::text, ${born}))`;

/** What is known of whoever is looked for, in words of a body: no address names anybody. */
export const PATIENT_SOUGHT = {
  name: line(100, 'Parts of the name, in any order; accents and case aside.').optional(),
  birthDate: partialDay('As precise as it is known; a record that knows less fits as well.').optional(),
  identifier: body({
    system: line(300, 'A URI that names who assigned it; any when absent.').optional(),
    value: line(200),
  }).optional(),
};

export interface PatientSought {
  readonly name?: string;
  readonly birthDate?: string;
  readonly identifier?: Partial<Identifier> & Pick<Identifier, 'value'>;
}

/** As the conditions of {@link fitsPatient} take it. */
export const soughtAs = ({ name, birthDate, identifier }: PatientSought) => ({
  named: wordsTyped(name),
  birthDate,
  identified: identifier === undefined ? undefined : identifierKey(identifier),
});

/** @param rows what a query calls the rows of patients */
export const fitsPatient = (rows: string) => ({
  named: (typed: Expression<string>): Condition => haveWords(sql.ref(`${rows}.words`), typed),
  birthDate: (date: Expression<string>): Condition => isBornOn(sql.ref(`${rows}.birth_date`), date),
  identified: (key: Expression<string>): Condition =>
    sql<boolean>`${sql.ref(`${rows}.identifier_keys`)} @> array[${key}::text]`,
});
