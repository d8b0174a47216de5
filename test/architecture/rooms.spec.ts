import { join } from 'node:path';
import { files, outputOf, ROOT, textOf } from './tree.js';

interface Cruised {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

const FOLDER = 'test/architecture/fixtures/rooms';

const cruise = async (cwd: string): Promise<Cruised['summary']> =>
  (
    JSON.parse(
      await outputOf(
        'depcruise',
        ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'libs', 'apps'],
        cwd,
      ),
    ) as Cruised
  ).summary;

/** Each fixture names in its first line the rule that it breaks; those that say nothing are what others import. */
const BREAKING = files(new RegExp(`^${FOLDER}/.*\\.ts$`)).flatMap((path) => {
  const rule = /^\/\/ breaks: (\S+)/.exec(textOf(path))?.[1];
  return rule === undefined ? [] : [{ path: path.slice(FOLDER.length + 1), rule }];
});

describe('a file in a room where it may not be', () => {
  let summary: Cruised['summary'];

  beforeAll(async () => {
    summary = await cruise(join(ROOT, FOLDER));
  });

  it.each(BREAKING)('$path breaks $rule', ({ path, rule }) => {
    expect(
      summary.violations.filter(({ from }) => from === path).map((violation) => violation.rule.name),
    ).toContain(rule);
  });

  it('is the only kind of file that is reported', () => {
    const known = new Set(BREAKING.map(({ path }) => path));
    expect(summary.violations.filter(({ from }) => !known.has(from))).toEqual([]);
  });

  it('exists for every rule', () => {
    const broken = new Set(BREAKING.map(({ rule }) => rule));
    expect(summary.ruleSetUsed.forbidden.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual(
      [],
    );
  });
});

describe('the tree', () => {
  it('keeps its rooms apart', async () => {
    const { violations } = await cruise(ROOT);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});
