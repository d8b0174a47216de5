/** Benches and tools are plain JavaScript, which no compiler reads: what they take from a door must be there. */
import { files, textOf } from './tree.js';

const IMPORT = /import \{([^}]*)\} from '(@fascia\/[^']+)'/g;

const taken = files(/^(test|infra|bin)\/.*\.mjs$/).flatMap((path) =>
  [...textOf(path).matchAll(IMPORT)].map(([, names = '', door = '']) => ({
    path,
    door,
    names: names
      .split(',')
      .map((name) => name.trim().split(' as ')[0] ?? '')
      .filter((name) => name !== ''),
  })),
);

const missing = async (door: string, names: readonly string[]): Promise<readonly string[]> => {
  const offered = (await import(door)) as object;
  return names.filter((name) => !(name in offered));
};

describe('what a script takes from a door', () => {
  it.each(taken)('$path: is offered by $door', async ({ door, names }) => {
    expect(await missing(door, names)).toEqual([]);
  });

  it('is looked for', async () => {
    expect(taken.length).toBeGreaterThan(15);
    expect(await missing('@fascia/task', ['taskContext', 'taskCommands'])).toEqual(['taskCommands']);
  });
});
