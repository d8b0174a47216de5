/** Data that fits a stored event's contract, generated from its zod schema: no event can be forgotten by a spec that asks for all. */
import fc from 'fast-check';
import { personalPaths } from '@fascia/kernel';
import type { z } from 'zod';

type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes['_zod']['def'];

/** Every generated personal text begins with this, so that a plaintext in stored bytes is found. */
export const PERSONAL_MARK = 'Ⓟ-personal:';

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string | undefined;
}

const LONGEST_TEXT = 40;
const LONGEST_LIST = 3;
const LARGEST = 1_000_000;

/** Inclusive in every contract so far; another check fails here rather than being overlooked. */
const boundOf = (
  def: z.core.$ZodCheckDef & { minimum?: number; maximum?: number; value?: number; inclusive?: boolean },
): Bounds => {
  if (def.check === 'min_length') return { minimum: def.minimum ?? 0 };
  if (def.check === 'max_length') return { maximum: def.maximum ?? LONGEST_TEXT };
  if (def.check === 'greater_than' && def.inclusive === true) return { minimum: def.value ?? 0 };
  if (def.check === 'less_than' && def.inclusive === true) return { maximum: def.value ?? 0 };
  throw new Error(`no generator for the check ${def.check}`);
};

const boundsOf = (schema: Schema): Bounds => {
  const { format, checks = [] } = schema._zod.def as Def & { format?: string; checks?: z.core.$ZodCheck[] };
  return Object.assign({ format }, ...checks.map((check) => boundOf(check._zod.def))) as Bounds;
};

const isPersonal = (schema: Schema): boolean => personalPaths(schema).some((path) => path.length === 0);

/** Whole characters of every plane: half a surrogate pair never passes the edge. */
const text = (minLength: number, maximum: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maximum, LONGEST_TEXT)) })
    .filter((some) => some.length >= minLength && some.length <= maximum);

const instant = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const stringOf = (schema: Schema): fc.Arbitrary<string> => {
  const { format, minimum = 0, maximum = LONGEST_TEXT } = boundsOf(schema);
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date':
      return instant.map((at) => at.slice(0, 10));
    case 'datetime':
      return instant;
    case undefined:
      return isPersonal(schema)
        ? text(0, maximum - PERSONAL_MARK.length).map((rest) => PERSONAL_MARK + rest)
        : text(minimum, maximum);
    default:
      throw new Error(`no generator for texts of format ${format}`);
  }
};

const numberOf = (schema: Schema): fc.Arbitrary<number> => {
  const { format, minimum = -LARGEST, maximum = LARGEST } = boundsOf(schema);
  const min = Math.max(minimum, -LARGEST);
  const max = Math.min(maximum, LARGEST);
  if (format === 'safeint') return fc.integer({ min, max });
  // JSON has no minus zero.
  return fc.double({ min, max, noNaN: true }).map((value) => value + 0);
};

const objectOf = (shape: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> => {
  const optional = Object.keys(shape).filter((key) => shape[key]?._zod.optout === 'optional');
  const fields = Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, arbitraryOf(schema)]));
  return fc.record(fields, {
    requiredKeys: Object.keys(shape).filter((key) => !optional.includes(key)),
    noNullPrototype: true,
  });
};

const listOf = (schema: Schema, element: Schema): fc.Arbitrary<unknown[]> => {
  const { minimum = 0, maximum = LONGEST_LIST } = boundsOf(schema);
  return fc.array(arbitraryOf(element), {
    minLength: minimum,
    maxLength: Math.max(minimum, Math.min(maximum, LONGEST_LIST)),
  });
};

/** The strict reader lets nobody bring this name, and zod takes it out of what it parses. */
const FORBIDDEN_NAME = '__proto__';

const withoutForbiddenName = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutForbiddenName);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== FORBIDDEN_NAME)
      .map(([name, item]) => [name, withoutForbiddenName(item)]),
  );
};

/** Any plain JSON value, as `z.json()` takes it. */
const json: fc.Arbitrary<unknown> = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => withoutForbiddenName(JSON.parse(JSON.stringify(value))));

export const arbitraryOf = (schema: Schema): fc.Arbitrary<unknown> => {
  const def = schema._zod.def as Def;
  switch (def.type) {
    case 'object':
      return objectOf(def.shape);
    case 'array':
      return listOf(schema, def.element);
    case 'record':
      return fc.dictionary(
        fc
          .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 })
          .filter((key) => key !== FORBIDDEN_NAME),
        arbitraryOf(def.valueType),
        { maxKeys: 3, noNullPrototype: true },
      );
    case 'union':
      return fc.oneof(...def.options.map((option) => arbitraryOf(option)));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'optional':
    case 'readonly':
      return arbitraryOf(def.innerType);
    case 'nullable':
      return fc.option(arbitraryOf(def.innerType));
    case 'string':
      return stringOf(schema);
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'lazy':
      return json;
    default:
      throw new Error(`no generator for schemas of type ${def.type}`);
  }
};
