/**
 * The words that requests and answers are said in. Each checks, normalises (by `overwrite`: what comes out is of the same type)
 * and describes one value, so that a body reads as its own specification:
 *
 * ```ts
 * const site = shape('Site', { region: code(REGIONS), side: code(SIDES).optional() });
 * SendReferral: acts('send', 'Sign and send', { onset: day(), sites: list(site, { min: 1, max: 20 }), note: text(2000).optional() })
 * ```
 *
 * The sentence of a fault goes on from the property's name: "must be …". `null` is never "absent": an optional value is left out.
 */
import { z } from 'zod';
import type { Category } from './category.js';
import {
  isCalendarDate,
  isPartialDate,
  isUuid,
  normalInstant,
  normalLine,
  normalText,
  textFault,
} from './text.js';

type Json = Readonly<Record<string, unknown>>;

const described = (description: string | undefined, json: Json = {}): Json => ({
  ...json,
  ...(description === undefined ? {} : { description }),
});

/** Nobody sees why such a text is refused. */
const NOTHING_HIDDEN =
  'must not hold characters that take no room or turn others around (zero width, soft hyphen, bidirectional override)';

const isHiding = (given: unknown): boolean =>
  typeof given === 'string' && textFault(given, given.length, 'many') === 'hidden';

const checkedText = (
  must: string,
  holds: (text: string) => boolean,
  normal: (text: string) => string,
  json: Json,
) =>
  z
    .string({ error: must })
    .overwrite(normal)
    .refine(holds, { error: ({ input }) => (isHiding(input) ? NOTHING_HIDDEN : must) })
    .meta(json);

const asIs = (text: string): string => text;

/** The id of something, as Fascia writes ids. What another thing is called by is a {@link ref}. */
export const id = (description?: string) =>
  checkedText('must be an id (a lower-case UUID)', isUuid, asIs, described(description, { format: 'uuid' }));

/** In a schema's description, of what an id is. */
export const REFERS_TO = 'x-refers-to';

/** What ids in bodies are of: a kind of stream, a place, or whatever the command names beside it. */
export type Referent = Category | 'location' | 'anything';

declare const REFERS: unique symbol;

/** An id that says what it is of: where there is one, an aggregate says whose it has to be (`ReferencesOf`). Any text will do as one. */
export type Refers = string & { readonly [REFERS]?: true };

/** Of what bears it, itself; of other texts, nothing: to the compiler any text will do as a {@link Refers}. */
export type Bearing<T> = typeof REFERS extends keyof T ? T : never;

/** The id of something else that there is: it is looked up, and has to belong to what the command is about, before anything is decided. */
export const ref = (to: Referent, description?: string) =>
  checkedText('must be an id (a lower-case UUID)', isUuid, asIs, {
    ...described(description, { format: 'uuid' }),
    [REFERS_TO]: to,
  }) as unknown as z.ZodType<Refers, string>;

/** `2026-04-01`; 30 February does not exist. */
export const day = (description?: string) =>
  checkedText(
    'must be a date that exists, written as 2026-04-01',
    isCalendarDate,
    asIs,
    described(description, { format: 'date' }),
  );

/** As precise as it is known: `2026`, `2026-04` or `2026-04-01` (FHIR `date`). @param otherwise what may be said for "nobody knows" */
export const partialDay = (description?: string, otherwise?: string) =>
  checkedText(
    'must be a date that exists, written as 2026, 2026-04 or 2026-04-01' +
      (otherwise === undefined ? '' : `, or "${otherwise}"`),
    (given) => given === otherwise || isPartialDate(given),
    asIs,
    described(description, {
      pattern: `^(\\d{4}(-\\d{2}(-\\d{2})?)?${otherwise === undefined ? '' : `|${otherwise}`})$`,
    }),
  );

/** RFC 3339 with a zone; arrives as UTC with milliseconds. */
export const instant = (description?: string) =>
  checkedText(
    'must be a moment with its zone, written as 2026-04-01T09:30:00Z or 2026-04-01T11:30:00+02:00',
    (given) => normalInstant(given) === given,
    (given) => normalInstant(given) ?? given,
    described(description, { format: 'date-time' }),
  );

const bounded = (
  max: number,
  lines: 'one' | 'many',
  pattern: RegExp | undefined,
  description: string | undefined,
) =>
  checkedText(
    `must be text of 1 to ${String(max)} characters${lines === 'one' ? ' on one line' : ''}, without control characters` +
      (pattern === undefined ? '' : `, matching ${pattern.source}`),
    (given) => textFault(given, max, lines) === undefined && (pattern?.test(given) ?? true),
    lines === 'one' ? normalLine : normalText,
    described(description, {
      minLength: 1,
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern: pattern.source }),
    }),
  );

/** One line: a name, a number, a title. */
export const line = (max: number, description?: string, pattern?: RegExp) =>
  bounded(max, 'one', pattern, description);

/** The same, or nothing: where a name has to be said and somebody has none. */
export const lineOrEmpty = (max: number, description?: string) => {
  const must = `must be text of at most ${String(max)} characters on one line, without control characters`;
  return checkedText(
    must,
    (given) => given === '' || textFault(given, max, 'one') === undefined,
    normalLine,
    described(description, { maxLength: max }),
  );
};

/** Text that may run over several lines. */
export const text = (max: number, description?: string) => bounded(max, 'many', undefined, description);

const MOST_NAMED = 30;

export const code = <const T extends readonly string[]>(codes: T, description?: string) =>
  z
    .enum(codes, {
      error:
        codes.length <= MOST_NAMED
          ? `must be one of: ${codes.join(', ')}`
          : 'must be a code of the published list',
    })
    .meta(described(description));

const range = (kind: string, min: number, max: number): { readonly error: string } => ({
  error: `must be a ${kind}number from ${String(min)} to ${String(max)}`,
});

export const whole = (min: number, max: number, description?: string) => {
  const must = range('whole ', min, max);
  return z.int(must).min(min, must).max(max, must).meta(described(description));
};

export const amount = (min: number, max: number, description?: string) => {
  const must = range('', min, max);
  return z.number(must).min(min, must).max(max, must).meta(described(description));
};

/** true or false. */
export const flag = (description?: string) =>
  z.boolean({ error: 'must be true or false' }).meta(described(description));

interface Bounds {
  readonly min?: number;
  readonly max: number;
}

export const list = <T extends z.ZodType>(item: T, { min, max }: Bounds, description?: string) => {
  const must = { error: `must be a list of ${String(min ?? 0)} to ${String(max)} items` };
  const most = z.array(item, must).max(max, must);
  return (min === undefined ? most : most.min(min, must)).meta(described(description));
};

const OBJECT = { error: 'must be an object' };

/** An object that may hold these and nothing else. */
export const body = <T extends z.core.$ZodLooseShape>(parts: T) => z.strictObject(parts, OBJECT);

/** The same under a name of its own in the API's description. */
export const shape = <T extends z.core.$ZodLooseShape>(name: string, parts: T) =>
  body(parts).meta({ id: name });

/** One of several objects, told apart by a key. */
export const either = <T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  key: string,
  shapes: T,
) =>
  z.discriminatedUnion(key, shapes, {
    error: (issue) =>
      issue.code === 'invalid_union' ? 'must be one of the kinds that there are' : OBJECT.error,
  });
