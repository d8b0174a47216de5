import { files, outputOf, textOf } from './tree.js';

interface Linted {
  readonly name: string;
  readonly rule: string;
  readonly says: string;
  readonly found: readonly { readonly rule: string; readonly message: string }[];
}

const NAMES = files(/^test\/architecture\/fixtures\/lint\/.*\.ts\.txt$/).map((path) =>
  path.replace(/^.*\/(.*)\.ts\.txt$/, '$1'),
);

/** Beside these the preset's rules are trusted. */
const RULES_OF_THE_HOUSE = [
  '@nx/enforce-module-boundaries',
  'no-restricted-imports',
  'no-restricted-syntax',
  'max-lines',
  'max-lines-per-function',
  'max-params',
  'no-console',
  'unused-directive',
  '@typescript-eslint/no-restricted-imports',
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-misused-promises',
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/no-non-null-assertion',
  '@typescript-eslint/switch-exhaustiveness-check',
  '@typescript-eslint/consistent-type-imports',
];

describe('a text that breaks a rule of lint', () => {
  let results: readonly Linted[];

  beforeAll(async () => {
    ({ results } = JSON.parse(await outputOf('node', ['test/architecture/lint-texts.mjs'])) as {
      results: readonly Linted[];
    });
  });

  it.each(NAMES)('is reported: %s', (name) => {
    const { rule, says, found } = results.find((result) => result.name === name) as Linted;
    expect(found).toContainEqual({ rule, message: expect.stringContaining(says) as string });
  });

  it('exists for every rule of the house', () => {
    expect(RULES_OF_THE_HOUSE.filter((rule) => !results.some((result) => result.rule === rule))).toEqual([]);
  });
});

describe('a rule that is switched off in a file', () => {
  it('is one rule on one line, with the reason', () => {
    const oneRule = /\/\/ eslint-disable-next-line [\w@/-]+( -- \S|$)/;
    const unreasoned = (line: string, before: string | undefined): boolean =>
      line.includes('eslint-disable') &&
      !(oneRule.test(line) && (line.includes(' -- ') || (before ?? '').trim().startsWith('//')));
    const lines = files(/^(libs|apps|test|bin|infra)\/.*\.(ts|mjs|js)$/)
      .filter((path) => !path.startsWith('test/architecture/'))
      .flatMap((path) =>
        textOf(path)
          .split('\n')
          .filter((line, index, all) => unreasoned(line, all[index - 1]))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(lines).toEqual([]);
  });
});
