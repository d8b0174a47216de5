/** The format of the tree is checked by `npm test`; these texts are not in it, and the check says so. */
import { join } from 'node:path';
import { check, getFileInfo, resolveConfig } from 'prettier';
import { files, ROOT, textOf } from './tree.js';

const FIXTURES = files(/^test\/architecture\/fixtures\/format\/.*\.ts\.txt$/);
/** As if the text stood among the sources. */
const PLACE = join(ROOT, 'libs/kernel/src/index.ts');

const isFormatted = async (text: string): Promise<boolean> =>
  check(text, { ...(await resolveConfig(PLACE)), filepath: PLACE });

describe('the format', () => {
  it.each(FIXTURES.map((path) => ({ path })))('refuses $path', async ({ path }) => {
    expect(await isFormatted(textOf(path))).toBe(false);
  });

  it('takes what is in it, up to 110 columns', async () => {
    expect(FIXTURES.length).toBeGreaterThan(3);
    expect(await isFormatted(`export const greeting = '${'x'.repeat(110 - 28)}';\n`)).toBe(true);
  });

  it('is asked of every source and script', async () => {
    const sources = files(/^(apps|libs|test|infra|bin)\/.*\.(ts|mjs)$/).filter(
      (path) => !path.includes('/fixtures/'),
    );
    const ignorePath = join(ROOT, '.prettierignore');
    const left = await Promise.all(
      sources.map(async (path) =>
        (await getFileInfo(join(ROOT, path), { ignorePath })).ignored ? [path] : [],
      ),
    );
    expect(sources.length).toBeGreaterThan(400);
    expect(left.flat()).toEqual([]);
  });
});
