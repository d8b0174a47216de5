/**
 * The shape of every stored event at every version ever written, as a digest of its JSON Schema without words for people. A shape
 * that changes under the same version would be decided over by a release that does not know it (docs/adding.md).
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '@fascia/kernel';
import { canonicalBytes, eventSchemas } from '@fascia/write-door';

const FILE = join(import.meta.dirname, 'shapes.json');

/** `type@version` to a digest. */
export type Shapes = Readonly<Record<string, string>>;

const WORDS = ['title', 'description', 'examples'];

/** Names of members are kept, also where one is called `title`: under `properties` a word is a name. */
const withoutWords = (schema: unknown, areNames = false): unknown => {
  if (Array.isArray(schema)) return schema.map((one) => withoutWords(one));
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => areNames || !WORDS.includes(key))
      .map(([key, value]) => [key, withoutWords(value, key === 'properties' && !areNames)]),
  );
};

export const shapesOf = (contracts: readonly Contract[]): Shapes => {
  const schemas = eventSchemas(contracts);
  return Object.fromEntries(
    contracts
      .flatMap((contract) => Object.entries(contract))
      .map(([type, { version }]) => [
        `${type}@${String(version)}`,
        hash('sha256', canonicalBytes(withoutWords(schemas.get(type)))).slice(0, 16),
      ]),
  );
};

export const keptShapes = (): Shapes =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Shapes) : {};

/** Whose shape is not the one that was written under this version. */
export const changedShapes = (kept: Shapes, now: Shapes): readonly string[] =>
  Object.keys(now).filter((name) => kept[name] !== undefined && kept[name] !== now[name]);

export const missingShapes = (kept: Shapes, now: Shapes): readonly string[] =>
  Object.keys(now).filter((name) => kept[name] === undefined);

/** Adds what is missing; nothing is ever overwritten. */
export const addShapes = (now: Shapes): void => {
  const all = Object.entries({ ...now, ...keptShapes() }).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), null, 1)}\n`);
};
