/**
 * What stands in the log and on the wire, as JSON Schema (2020-12): the data of every stored event as its bytes are,
 * personal fields sealed. Made from the contracts, so that nobody keeps a second description of an event.
 */
import { z } from 'zod';
import { personalPaths, type Contract, type EventSchema } from '@fascia/kernel';
import { SEALED } from './codec.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Marks a field of which the log holds ciphertext only. */
const PERSONAL_KEYWORD = 'x-fascia-personal';

const SEALED_FORM: JsonSchema = {
  type: 'object',
  description: 'As stored and sent: ciphertext under the key of the person (AES-256-GCM).',
  properties: { [SEALED]: { type: 'string', pattern: '^v2\\.' } },
  required: [SEALED],
  additionalProperties: false,
};

const isPersonal = (schema: z.core.$ZodType): boolean =>
  personalPaths(schema).some((path) => path.length === 0);

/** In place of the text: the text for who opens it, the sealed form for everybody else. */
const seal = (text: Record<string, unknown>): void => {
  // A wrapper such as `optional` repeats what it wraps, which is sealed already.
  if (text[PERSONAL_KEYWORD] === true) return;
  const { fasciaPersonal: _mark, ...plain } = text;
  for (const key of Object.keys(text)) Reflect.deleteProperty(text, key);
  Object.assign(text, {
    [PERSONAL_KEYWORD]: true,
    oneOf: [{ ...plain, description: 'Once opened; `[erased]` when the key is gone.' }, SEALED_FORM],
  });
};

/** Of the events that this release writes; older ones of another version pass an upcaster before they fit. */
export const storedSchema = (type: string, { schema, version }: EventSchema): JsonSchema => {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'output',
    override: ({ zodSchema, jsonSchema }) => {
      if (isPersonal(zodSchema)) seal(jsonSchema);
    },
  });
  return { $schema, $id: `urn:fascia:event:${type}:${String(version)}`, title: type, ...body };
};

export const eventSchemas = (contracts: readonly Contract[]): ReadonlyMap<string, JsonSchema> =>
  new Map(
    contracts
      .flatMap((contract) => Object.entries(contract))
      .map(([type, declared]) => [type, storedSchema(type, declared)]),
  );
