import fc from 'fast-check';
import { sealedCursors } from './lists.js';
import { decodePosition, encodePosition } from './positions.js';
import { ProblemException } from './problems.js';

const DIGEST = '0123456789abcdef';

describe('a position', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9a-f]{64}$/),
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.nat(),
        (digest, position, partition) => {
          const token = encodePosition({ position, digest: position === 0n ? '' : digest, partition });
          expect(token.length).toBeLessThanOrEqual(100);
          expect(decodePosition(token)).toEqual({
            position,
            digest: position === 0n ? '' : digest.slice(0, 16),
            partition,
          });
        },
      ),
    );
  });

  it('that somebody made up is none', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) =>
          decodePosition(text) === undefined || encodePosition(decodePosition(text) as never) === text,
      ),
    );
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const value of [
      ['-1', DIGEST, 0],
      ['01', DIGEST, 0],
      ['9223372036854775808', DIGEST, 0],
      [1, DIGEST, 0],
      ['1', DIGEST, -1],
      ['1', DIGEST, 0, 0],
      ['1', '', 0],
      ['1', DIGEST.slice(1), 0],
      ['0', DIGEST, 0],
      { position: '1' },
      null,
    ])
      expect(decodePosition(made(value))).toBeUndefined();
  });
});

describe('a cursor', () => {
  const { placeOf, pageFrom } = sealedCursors(() => Promise.resolve(Buffer.alloc(32, 'network')));
  const cursorOf = async (first: string, unique: string): Promise<string> =>
    (await pageFrom('people', { items: [], last: [first, unique] }, 0)).next ?? '';
  const refused = async (list: string, cursor: string): Promise<boolean> =>
    placeOf(list, cursor).then(
      () => false,
      (error: unknown) => error instanceof ProblemException && error.getStatus() === 400,
    );

  it('comes back as it went', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.uuid(), async (first, unique) => {
        expect(await placeOf('people', await cursorOf(first, unique))).toEqual([first, unique]);
      }),
    );
    expect(await placeOf('people', undefined)).toBeUndefined();
  });

  it('tells nobody what it is made of', async () => {
    const cursor = await cursorOf('okafor adaeze', 'e2d0');
    for (const text of [cursor, Buffer.from(cursor, 'base64url').toString('latin1')])
      for (const word of ['okafor', 'adaeze', 'e2d0', Buffer.from('okafor').toString('base64url')])
        expect(text).not.toContain(word);
  });

  it('of another list is none', async () => {
    expect(await refused('plans', await cursorOf('okafor', '1'))).toBe(true);
  });

  it('of another network is none', async () => {
    const others = sealedCursors(() => Promise.resolve(Buffer.alloc(32, 'another')));
    const { next } = await others.pageFrom('people', { items: [], last: ['okafor', '1'] }, 0);
    expect(await refused('people', String(next))).toBe(true);
  });

  it('that was edited or made up is none', async () => {
    const cursor = await cursorOf('okafor', '1');
    const made = Buffer.from(JSON.stringify(['okafor', '1'])).toString('base64url');
    for (const one of [made, '', '*', 'a', `${cursor}AAAA`, cursor.slice(0, -4), 'a'.repeat(3_000)])
      expect([one, await refused('people', one)]).toEqual([one, true]);
    for (let at = 0; at < cursor.length - 1; at += 7) {
      const other = cursor[at] === 'A' ? 'B' : 'A';
      expect(await refused('people', cursor.slice(0, at) + other + cursor.slice(at + 1))).toBe(true);
    }
  });

  it('is given only when there is more', async () => {
    expect(await pageFrom('people', { items: [1, 2], last: null }, 0)).toEqual({
      items: [1, 2],
      next: null,
      incomplete: null,
    });
    expect((await pageFrom('people', { items: [1, 2], last: null }, 3)).incomplete).toEqual({ streams: 3 });
    expect((await pageFrom('people', { items: [1, 2], last: ['1', '2'] }, 0)).next).not.toBeNull();
  });
});
