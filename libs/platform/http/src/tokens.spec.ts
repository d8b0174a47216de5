import fc from 'fast-check';
import { pageFrom, placeOf } from './lists.js';
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
  const cursorOf = (values: unknown): string => pageFrom({ items: [], last: values as never }, 0).next ?? '';

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (first, unique) => {
        fc.pre(!unique.includes('\u0000'));
        expect(placeOf(cursorOf([first, unique]))).toEqual([first, unique]);
      }),
    );
    expect(placeOf(undefined)).toBeUndefined();
  });

  it.each([
    [['a', 1]],
    [['a']],
    [['a', 'b', 'c']],
    [['a', null]],
    [['a\u0000', 'b']],
    [['\ud800', 'b']],
    [[{}, 'b']],
    [{ 0: 'a', 1: 'b', length: 2 }],
  ])('of another shape, %j, is 400', (values) => {
    expect(() => placeOf(cursorOf(values))).toThrow(ProblemException);
  });

  it('is given only when there is more', () => {
    expect(pageFrom({ items: [1, 2], last: null }, 0)).toEqual({
      items: [1, 2],
      next: null,
      incomplete: null,
    });
    expect(pageFrom({ items: [1, 2], last: null }, 3).incomplete).toEqual({ streams: 3 });
    expect(pageFrom({ items: [1, 2], last: ['1', '2'] }, 0).next).toEqual(cursorOf(['1', '2']));
  });
});
