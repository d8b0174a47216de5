import type { KeyStatus } from './answers.js';
import { goesOn, mastersIn } from './masters.js';

const status = (known: readonly string[], wrapped: Readonly<Record<string, number>>): KeyStatus => ({
  current: 'new',
  known,
  wrapped: Object.entries(wrapped).map(([masterKey, keys]) => ({ masterKey, keys })),
  erased: 0,
});

describe('a master key', () => {
  const told = (of: KeyStatus) => mastersIn(of).map(({ id, keys, state }) => `${id} ${keys} ${state}`);

  it('is the current one, is still needed for keys, or for backups alone', () => {
    expect(told(status(['new', 'old', 'oldest'], { new: 3, old: 2 }))).toEqual([
      'new 3 current',
      'old 2 older',
      'oldest 0 backups',
    ]);
  });

  it('is current also before anything is wrapped under it', () => {
    expect(told(status(['old', 'new'], { old: 1 }))).toEqual(['new 0 current', 'old 1 older']);
  });

  it('comes first where keys are wrapped under it and it is not here', () => {
    expect(told(status(['new'], { new: 1, lost: 4 }))).toEqual(['lost 4 missing', 'new 1 current']);
  });
});

describe('turning over', () => {
  it.each<readonly [string, Readonly<Record<string, number>>, boolean]>([
    ['keys under an older one', { new: 1, old: 1 }, true],
    ['keys under one that is not here', { new: 1, lost: 1 }, true],
    ['all keys under the current one', { new: 2 }, false],
    ['no keys at all', {}, false],
  ])('with %s: %j, goes on: %s', (_with, wrapped, is) => {
    expect(goesOn(mastersIn(status(['new', 'old'], wrapped)))).toBe(is);
  });
});
