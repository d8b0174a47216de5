import { auditModels, careModels, timerModels } from '@fascia/composition';
import { constraints } from './constraints.js';
import { owners, sqlUpward, type Source } from './floors.js';
import { files, sources, textOf } from './tree.js';

const asSource = (path: string): Source => ({ path, text: textOf(path) });

describe('a file of a context', () => {
  const fixtures = files(/^test\/architecture\/fixtures\/floors\/.*\.ts$/).map(asSource);
  const named = ({ text }: Source): string | undefined => /^\/\/ names: (.*)$/m.exec(text)?.[1];

  it('is reported when its SQL names a table of a floor that it may not import, or of nobody', () => {
    expect(sqlUpward(fixtures, { high: ['low'] }).toSorted()).toEqual(
      fixtures
        .flatMap((fixture) =>
          named(fixture) === undefined ? [] : [`${fixture.path}: ${named(fixture) ?? ''}`],
        )
        .toSorted(),
    );
    expect(fixtures.filter(named)).toHaveLength(7);
  });

  it('may name what its context may import, and no more', () => {
    const joins = /joins-a-lower-table/;
    const faults = (mayImport: Parameters<typeof sqlUpward>[1]) =>
      sqlUpward(fixtures, mayImport).filter((fault) => joins.test(fault));
    expect(faults({ high: ['low'] })).toEqual([]);
    expect(faults({ high: [] })).toHaveLength(1);
  });
});

describe('the contexts', () => {
  // Composition and the platform are no floors: they know all tables, or none by name.
  const all = sources(/^libs\/(?!platform\/|composition\/|testkit\/)[^/]+\/src\//).map(asSource);

  it('declare every table that there is', () => {
    expect([...owners(all).keys()].toSorted()).toEqual(
      [...careModels, ...auditModels, ...timerModels].map(({ name }) => name).toSorted(),
    );
  });

  it('name in their SQL only tables of contexts that they may import', async () => {
    const mayImport = Object.fromEntries(
      (await constraints()).map(({ sourceTag, onlyDependOnLibsWithTags }) => [
        sourceTag.replace(/^scope:/, ''),
        onlyDependOnLibsWithTags.map((tag) => tag.replace(/^scope:/, '')),
      ]),
    );
    expect(mayImport['referral']).toContain('directory');
    expect(sqlUpward(all, mayImport)).toEqual([]);
  });
});
