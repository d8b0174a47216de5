/** From zod to the schemas of OpenAPI 3.0, so that bodies, answers and their types come from one declaration. */
import type { ApiResponseSchemaHost } from '@nestjs/swagger';
import { z } from 'zod';

/** A schema object of OpenAPI 3.0. */
export type SchemaObject = ApiResponseSchemaHost['schema'];

type Json = Record<string, unknown>;

/** Schemas with a name of their own, as they were met; the document of the process takes them all. */
const named = new Map<string, SchemaObject>();

export const namedSchemas = (): Readonly<Record<string, SchemaObject>> => Object.fromEntries(named);

const WHOLE_NUMBERS = Number.MAX_SAFE_INTEGER;
const LOCAL = '#/definitions/';
const COMPONENTS = '#/components/schemas/';

const tidy = ({ jsonSchema }: { readonly jsonSchema: Json }): void => {
  // Every JSON number that is kept exactly is a safe integer: saying so in each place says nothing.
  if (jsonSchema['minimum'] === -WHOLE_NUMBERS) delete jsonSchema['minimum'];
  if (jsonSchema['maximum'] === WHOLE_NUMBERS) delete jsonSchema['maximum'];
  // In OpenAPI 3.0 an enumeration that may be null names null.
  const { nullable, enum: codes } = jsonSchema;
  if (nullable === true && Array.isArray(codes) && !codes.includes(null))
    jsonSchema['enum'] = [...(codes as unknown[]), null];
};

const relocated = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(relocated);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string' ? part.replace(LOCAL, COMPONENTS) : relocated(part),
    ]),
  );
};

const remember = (name: string, schema: SchemaObject): void => {
  const known = named.get(name);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
    throw new Error(`two schemas of the API are called ${name}`);
  }
  named.set(name, schema);
};

/** @param name as which the document knows it; without one it stands where it is used */
export const openApiOf = (schema: z.ZodType, name?: string): SchemaObject => {
  const made = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: 'input',
    unrepresentable: 'any',
    override: tidy,
  });
  const {
    definitions = {},
    $schema: _schema,
    id: _id,
    ...whole
  } = relocated(made) as Json & { definitions?: Json };
  for (const [key, part] of Object.entries(definitions)) {
    const { id: _name, ...rest } = part as Json;
    remember(key, rest);
  }
  if (name === undefined) return whole;
  remember(name, whole);
  return { $ref: `${COMPONENTS}${name}` };
};
