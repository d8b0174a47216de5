/** Benches and tools are plain JavaScript, which no compiler reads: what they take from a door must be there. */
import { createHash } from 'node:crypto';
import { files, textOf } from './tree.js';

const IMPORT = /import \{([^}]*)\} from '(@fascia\/[^']+)'/g;

/** What is to be added is a text there, of a project that is not. */
const ADDED = 'test/adding/edits.mjs';

const scripts = files(/^(test|infra|bin)\/.*\.mjs$/).filter((path) => path !== ADDED);

const taken = scripts.flatMap((path) =>
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

describe('the endpoint that the bench compares commands with', () => {
  it('is frozen: a ratio to another one would say nothing of the product', () => {
    const text = textOf('test/load/noop-server.mjs');
    expect(text).not.toMatch(/@fascia\//);
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '799145e6808d50f72979841448e1fdc828a4342eea593c41c2c6d9e39ef59314',
    );
  });
});
