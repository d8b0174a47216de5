/** What may be asked and said has an address: questions that stand in folders, and commands that are not the product's own. */
import { join } from 'node:path';
import { aggregateByCategory, allDoors, questions } from '@fascia/composition';
import { files, repeated, ROOT } from './tree.js';

type Named = { readonly kind: unknown; readonly name: string };

const isQuestion = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'ask' in value && 'kind' in value && 'name' in value;

const FOLDERS = files(/^libs\/[^/]+\/src\/read\/[^/]+\/question\.ts$/);

/** The address of each method of a controller, behind the controller's own. */
const ADDRESSES = new Map(
  allDoors().controllers.flatMap(({ prototype }) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype as object)).map(
      ([method, { value }]) => [method, Reflect.getMetadata('path', value as object) as string] as const,
    ),
  ),
);

describe('the questions that stand in folders', () => {
  it.each(FOLDERS.map((path) => ({ path })))('$path: are rows of their context', async ({ path }) => {
    const room = (await import(join(ROOT, path))) as Readonly<Record<string, unknown>>;
    const known = questions.map(({ name }) => name);
    const unasked = Object.values(room).filter((value) => isQuestion(value) && !known.includes(value.name));
    expect(unasked.map((value) => (value as Named).name)).toEqual([]);
  });

  it('are found', () => {
    expect(FOLDERS.length).toBeGreaterThan(10);
  });
});

describe('the questions of the product', () => {
  it('have one name and one address each', () => {
    expect(repeated(questions.map(({ name }) => name))).toEqual([]);
    expect(repeated(questions.map(({ at }) => at))).toEqual([]);
  });

  it('are all answered over HTTP', () => {
    expect(questions.map(({ name }) => name).filter((name) => !ADDRESSES.has(name))).toEqual([]);
  });

  it('are asked in a body at a second address, where they say with what', () => {
    const searched = questions.filter((one) => one.kind === 'list' && one.search !== undefined);
    expect(searched.map(({ name }) => name)).toContain('listPatients');
    expect(searched.map(({ name }) => ADDRESSES.get(name.replace(/^list/, 'search')))).toEqual(
      searched.map(({ at }) => `${at}/search`),
    );
  });
});

describe('the commands of the product', () => {
  const commands = [...aggregateByCategory.values()].flatMap((aggregate) =>
    Object.entries(aggregate.commands),
  );
  const methodOf = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);

  it('have an address, as they say it, unless they are its own', () => {
    const said = commands
      .filter(([, { kind }]) => kind !== 'internal')
      .map(([type, { kind, at }]) => [methodOf(type), kind === 'creates' ? '/' : `:id/${String(at)}`]);
    expect(said.map(([method = '']) => [method, ADDRESSES.get(method)])).toEqual(said);
  });

  it('have none when they are its own', () => {
    const own = commands.filter(([, { kind }]) => kind === 'internal').map(([type]) => methodOf(type));
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter((method) => ADDRESSES.has(method))).toEqual([]);
  });
});
