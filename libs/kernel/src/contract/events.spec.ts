import { z } from 'zod';
import { personal, personalPaths } from './events.js';

const name = personal(z.string().max(20));

const pathsOf = (schema: z.ZodType): readonly string[] => personalPaths(schema).map((path) => path.join('/'));

interface Json {
  readonly [key: string]: Json | string;
}

describe('personal fields are found', () => {
  const tree: z.ZodType = z.lazy(() => z.strictObject({ label: name, inner: z.array(tree).optional() }));
  const json: z.ZodType<Json> = z.lazy(() => z.record(z.string(), z.union([z.string(), json])));

  it.each<readonly [string, z.ZodType, readonly string[]]>([
    ['themselves', name, ['']],
    ['in objects', z.strictObject({ a: name, b: z.strictObject({ c: name, d: z.int() }) }), ['a', 'b/c']],
    ['in lists', z.strictObject({ lines: z.array(name) }), ['lines/*']],
    ['in records', z.record(z.string(), z.strictObject({ a: name })), ['*/a']],
    ['where they may be absent', z.strictObject({ a: name.optional(), b: name.nullable() }), ['a', 'b']],
    [
      'behind a default and read-only',
      z.strictObject({ a: name.default('x'), b: name.readonly() }),
      ['a', 'b'],
    ],
    [
      'in any of several kinds, once',
      z.union([z.strictObject({ a: name }), z.strictObject({ a: name, b: name })]),
      ['a', 'b'],
    ],
    [
      'in kinds told apart by a key',
      z.discriminatedUnion('k', [
        z.strictObject({ k: z.literal('x'), a: name }),
        z.strictObject({ k: z.literal('y') }),
      ]),
      ['a'],
    ],
    ['in a schema of itself', tree, ['label']],
    ['nowhere, in any JSON', json, []],
    [
      'nowhere, in plain values',
      z.strictObject({ a: z.string(), b: z.enum(['x']), c: z.null(), d: z.boolean() }),
      [],
    ],
  ])('%s', (_where, schema, paths) => expect(pathsOf(schema)).toEqual(paths));
});

describe('a schema that hides what it holds is refused, or a personal field in it would be stored in clear', () => {
  it.each<readonly [string, z.ZodType]>([
    ['transform', z.string().transform((given) => given.trim())],
    ['pipe', z.string().pipe(name)],
    ['preprocessed', z.preprocess((given) => given, name)],
    ['intersection', z.intersection(z.object({ a: name }), z.object({ b: z.int() }))],
    ['unknown', z.unknown()],
    ['any', z.any()],
    ['tuple', z.tuple([name, z.int()])],
    ['map', z.map(z.string(), name)],
    ['catch', name.catch('x')],
    ['open object', z.looseObject({ a: z.int() })],
  ])('%s', (_what, schema) => {
    expect(() => personalPaths(z.strictObject({ somewhere: z.array(schema).optional() }))).toThrow(
      'a personal field behind',
    );
  });

  it('however deep it stands', () => {
    const hidden = z.lazy(() => z.union([z.string(), z.record(z.string(), z.unknown())]));
    expect(() => personalPaths(z.strictObject({ a: hidden }))).toThrow('unknown');
  });
});
