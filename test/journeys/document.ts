/** The parts of OpenAPI that the specs read, and whether a value is what a schema says. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Operation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && !Array.isArray(value),
};

export const resolved = (schema: Schema, { components }: Document): Schema => {
  if (schema.$ref === undefined) return schema;
  const found = components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`${schema.$ref} points nowhere`);
  return found;
};

/** @returns where the value is not what the schema says, and why; nothing when it is. */
export const faultsOf = (value: unknown, given: Schema, all: Document, at = ''): readonly string[] => {
  const schema = resolved(given, all);
  if (value === null && schema.nullable === true) return [];
  const deep = (part: unknown, by: Schema, name: string | number): readonly string[] =>
    faultsOf(part, by, all, `${at}/${String(name)}`);
  const faults = (schema.allOf ?? []).flatMap((one) => faultsOf(value, one, all, at));
  if (
    schema.oneOf !== undefined &&
    schema.oneOf.filter((one) => faultsOf(value, one, all, at).length === 0).length !== 1
  )
    return [`${at}: not one of its shapes`];
  if (schema.type === undefined) return faults;
  const typed = TYPES[schema.type];
  if (value === null || typed === undefined || !typed(value))
    return [...faults, `${at}: no ${schema.type} but ${JSON.stringify(value)}`];
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [...faults, `${at}: ${JSON.stringify(value)} is none of ${schema.enum.join(', ')}`];
  if (typeof value === 'string' && FORMATS[schema.format ?? '']?.test(value) === false)
    return [...faults, `${at}: no ${String(schema.format)} but ${value}`];
  if (Array.isArray(value))
    return [...faults, ...value.flatMap((part, index) => deep(part, schema.items ?? {}, index))];
  return typeof value === 'object'
    ? [...faults, ...partFaults(value as Readonly<Record<string, unknown>>, schema, at, deep)]
    : faults;
};

const partFaults = (
  value: Readonly<Record<string, unknown>>,
  { properties = {}, required = [], additionalProperties = true }: Schema,
  at: string,
  deep: (part: unknown, by: Schema, name: string) => readonly string[],
): readonly string[] => [
  ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}/${name}: missing`),
  ...Object.entries(value).flatMap(([name, part]) => {
    const known = properties[name];
    if (known !== undefined) return deep(part, known, name);
    if (additionalProperties === false) return [`${at}/${name}: not documented`];
    return typeof additionalProperties === 'object' ? deep(part, additionalProperties, name) : [];
  }),
];
