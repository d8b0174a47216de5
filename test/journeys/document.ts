/** The parts of OpenAPI that the specs read, and whether a value is what a schema says. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { REFERS_TO } from '@fascia/kernel/contract';

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

export const resolved = (schema: Schema, { components }: Document): Schema => {
  if (schema.$ref === undefined) return schema;
  const found = components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`${schema.$ref} points nowhere`);
  return found;
};

type Formats = (ajv: Ajv) => Ajv;

/** Strict: a keyword that it does not know would promise nothing. Those of OpenAPI that check nothing are named. */
const ajv = new Ajv({
  strict: true,
  strictRequired: false,
  allErrors: true,
  keywords: ['components', 'example', REFERS_TO],
});
(addFormats as unknown as Formats)(ajv);
// Narrower than the format: instants are said in UTC.
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);

/** OpenAPI 3.0 has a word for "or null" that JSON schema knows only beside a `type`, and not beside an `enum`. */
const inJsonSchema = (_key: string, part: unknown): unknown => {
  if (part === null || typeof part !== 'object') return part;
  const { nullable, ...rest } = part as Schema;
  return nullable === true && (rest.type === undefined || rest.enum !== undefined)
    ? { anyOf: [rest, { type: 'null' }] }
    : part;
};

const checks = new WeakMap<Schema, ValidateFunction>();

/** @param given of the document: what it refers to is found there */
const checkOf = (given: Schema, { components }: Document): ValidateFunction => {
  const known = checks.get(given);
  if (known !== undefined) return known;
  const check = ajv.compile(JSON.parse(JSON.stringify({ ...given, components }), inJsonSchema) as object);
  checks.set(given, check);
  return check;
};

const said = ({ instancePath, keyword, params, message = '' }: ErrorObject): string =>
  keyword === 'additionalProperties'
    ? `${instancePath}/${String(params['additionalProperty'])} is not documented`
    : `${instancePath} ${message}`;

/** @returns where the value is not what the schema says, and why; nothing when it is. */
export const faultsOf = (value: unknown, given: Schema, all: Document): readonly string[] => {
  const check = checkOf(given, all);
  return check(value) ? [] : (check.errors ?? []).map(said);
};
