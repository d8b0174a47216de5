/** docs/domain: what the product executes, with its sources; code cites its sections. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { files, ROOT, textOf } from '../architecture/tree.js';
import { DOMAIN_TABLES } from './domain-tables.js';
import { citationsIn, lost, sectionsOf, tablesOn, unsourced, withTables } from './pages.js';

const SOURCES = 'docs/domain/sources.md';
const PAGES = files(/^docs\/domain\/.*\.md$/).filter((path) => path !== SOURCES);
const FIXTURE = textOf('test/architecture/fixtures/docs/page.md.txt');
const CODE = files(/^(apps|libs|test|infra|bin)\/.*\.(ts|mjs|cjs|js|cedar)$/).filter(
  (path) => !path.startsWith('test/architecture/fixtures/') && !path.startsWith('test/docs/'),
);
const all = new Map(files(/\.md$/).map((path) => [path, textOf(path)]));

const cited = (paths: readonly string[]) =>
  paths.map((path) => ({ path, citations: citationsIn(path, textOf(path)) }));

describe('a citation of a page', () => {
  it.each([
    ['in code', CODE],
    ['in a page', [...all.keys()]],
  ])('%s leads to a section that is there', (_where, paths) => {
    const found = cited(paths);
    expect(found.flatMap(({ citations }) => citations).length).toBeGreaterThan(30);
    const wrong = found.flatMap(({ path, citations }) => lost(citations, all).map((to) => `${path}: ${to}`));
    expect(wrong).toEqual([]);
  });

  it('that leads nowhere is told', () => {
    expect(lost(citationsIn('docs/domain/fixture.md', FIXTURE), all)).toEqual([
      'docs/domain/plan.md#nowhere',
      'docs/domain/nothing.md',
    ]);
    expect(lost(citationsIn('libs/x.ts', '/** (docs/domain/plan.md#nowhere) */'), all)).toEqual([
      'docs/domain/plan.md#nowhere',
    ]);
  });

  it('is a citation of something that everybody has', () => {
    const elsewhere = /\b[Dd]omain notes\b|\(design, section|\bthe notes' list\b|\bPM\d+\b/;
    expect([...CODE, ...all.keys()].filter((path) => elsewhere.test(textOf(path)))).toEqual([]);
    expect(elsewhere.test('/** Payer policy profiles (domain notes 2.1). */')).toBe(true);
  });
});

describe.each(PAGES.map((path) => ({ path })))('$path', ({ path }) => {
  it('names a source in every section', () => {
    expect(sectionsOf(textOf(path)).length).toBeGreaterThan(2);
    expect(unsourced(textOf(path))).toEqual([]);
  });

  it('has its tables as the code has them', () => {
    const made = withTables(textOf(path), DOMAIN_TABLES);
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(join(ROOT, path), made);
    expect(textOf(path)).toBe(made);
  });
});

describe('the pages of the domain', () => {
  it('show every table once', () => {
    expect(PAGES.flatMap((path) => tablesOn(textOf(path))).toSorted()).toEqual(
      Object.keys(DOMAIN_TABLES).toSorted(),
    );
  });

  it('name every source somewhere', () => {
    const named = PAGES.map(textOf).join('\n');
    expect(
      sectionsOf(textOf(SOURCES)).filter(({ anchor }) => !named.includes(`(sources.md#${anchor})`)),
    ).toEqual([]);
  });

  it('are refused without a source, and with a table that is out of date', () => {
    expect(unsourced(FIXTURE)).toEqual(['Told by nobody']);
    expect(withTables(FIXTURE, { regions: () => 'as the code has it' })).not.toBe(FIXTURE);
    expect(() => withTables(FIXTURE, {})).toThrow('regions');
  });
});
