/** dependency-cruiser over the tree and over fixtures, by one of its two configurations. */
import { join } from 'node:path';
import { files, outputOf, ROOT, textOf } from './tree.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

export interface Cruised {
  readonly violations: readonly Violation[];
  readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
}

export interface Rules {
  /** The configuration, from the root. */
  readonly config: string;
  /** Of the root and of the folder of fixtures, what is cruised. */
  readonly roots: readonly string[];
  /** Its fixtures. */
  readonly folder: string;
}

const cruise = async ({ config, roots }: Rules, cwd: string): Promise<Cruised> => {
  const args = ['--config', join(ROOT, config), '--output-type', 'json', ...roots];
  return (JSON.parse(await outputOf('depcruise', args, cwd)) as { readonly summary: Cruised }).summary;
};

/** Each fixture names in its first line the rule that it breaks; those that say nothing break none. */
const breaking = (folder: string): readonly { readonly path: string; readonly rule: string }[] =>
  files(new RegExp(`^${folder}/.*\\.tsx?$`)).flatMap((path) => {
    const rule = /^\/\/ breaks: (\S+)/.exec(textOf(path))?.[1];
    return rule === undefined ? [] : [{ path: path.slice(folder.length + 1), rule }];
  });

/** Declares what holds of any set of rules: each fixture is reported, nothing else is, no rule lacks one, the tree keeps them. */
export const describeRules = (what: string, rules: Rules): void => {
  const fixtures = breaking(rules.folder);

  describe(what, () => {
    let summary: Cruised;

    beforeAll(async () => {
      summary = await cruise(rules, join(ROOT, rules.folder));
    });

    it.each(fixtures)('$path breaks $rule', ({ path, rule }) => {
      const found = summary.violations.filter(({ from }) => from === path);
      expect(found.map((violation) => violation.rule.name)).toContain(rule);
    });

    it('is the only kind of file that is reported', () => {
      const known = new Set(fixtures.map(({ path }) => path));
      expect(summary.violations.filter(({ from }) => !known.has(from))).toEqual([]);
    });

    it('exists for every rule', () => {
      const broken = new Set(fixtures.map(({ rule }) => rule));
      const names = summary.ruleSetUsed.forbidden.map(({ name }) => name);
      expect(names.filter((name) => !broken.has(name))).toEqual([]);
    });
  });

  describe('the tree', () => {
    it('keeps these rules', async () => {
      const { violations } = await cruise(rules, ROOT);
      expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    });
  });
};
