/**
 * The declaration of stored events: one zod schema per type. TypeScript types, validation before
 * append, JSON Schema and the list of personal fields all come from it.
 */
import { z } from 'zod';

const PERSONAL = 'fasciaPersonal';

/**
 * Marks a text that identifies or describes a person; it is sealed before it is stored (docs/adr/0003-personal-texts-only.md).
 * Only texts can be: once the key is erased, readers find `[erased]` in the same place.
 */
export const personal = <T extends z.ZodType<string>>(schema: T): T => schema.meta({ [PERSONAL]: true });

export interface EventSchema<T extends z.ZodType = z.ZodType> {
  /** Raised when a stored shape changes incompatibly; older data passes `upcast` first. */
  readonly version: number;
  readonly schema: T;
  /** From the data of any older version to the current shape; pure. */
  readonly upcast?: (data: unknown, version: number) => unknown;
}

export type Contract = Readonly<Record<string, EventSchema>>;

export const event = <T extends z.ZodType>(
  schema: T,
  version = 1,
  upcast?: EventSchema['upcast'],
): EventSchema<T> => (upcast === undefined ? { version, schema } : { version, schema, upcast });

/** The union of the events that a contract declares, discriminated by `type`. */
export type EventsOf<C extends Contract> = {
  [K in keyof C & string]: { readonly type: K; readonly data: z.output<C[K]['schema']> };
}[keyof C & string];

/** Path of a personal field; `*` stands for every element of an array or every key of a record. */
export type FieldPath = readonly string[];

const hidden = (what: string): never => {
  throw new Error(
    `a personal field behind "${what}" could not be seen and would be stored in clear: say it otherwise`,
  );
};

/** What a node of a schema holds, each part with the key that leads to it; nothing for what holds nothing. */
const children = (schema: z.core.$ZodType): readonly [string | undefined, z.core.$ZodType][] => {
  const def = schema._zod.def as z.core.$ZodTypes['_zod']['def'];
  switch (def.type) {
    case 'object':
      if (def.catchall !== undefined && def.catchall._zod.def.type !== 'never')
        return hidden('an object of any keys');
      return Object.entries(def.shape);
    case 'array':
      return [['*', def.element]];
    case 'record':
      return [['*', def.valueType]];
    case 'union':
      return def.options.map((option) => [undefined, option]);
    case 'optional':
    case 'nullable':
    case 'readonly':
    case 'default':
      return [[undefined, def.innerType]];
    case 'lazy':
      return [[undefined, def.getter()]];
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'enum':
    case 'literal':
      return [];
    default:
      return hidden(def.type);
  }
};

/** Every personal field of a schema. @throws when a node hides what it holds: a transform, a pipe, an intersection … */
export const personalPaths = (
  schema: z.core.$ZodType,
  at: FieldPath = [],
  seen: ReadonlySet<z.core.$ZodType> = new Set(),
): readonly FieldPath[] => {
  if ((z.globalRegistry.get(schema) as Record<string, unknown> | undefined)?.[PERSONAL] === true) return [at];
  // A schema of itself, such as any JSON value.
  if (seen.has(schema)) return [];
  const found = children(schema).flatMap(([key, child]) =>
    personalPaths(child, key === undefined ? at : [...at, key], new Set([...seen, schema])),
  );
  return [...new Map(found.map((path) => [path.join('/'), path])).values()];
};
