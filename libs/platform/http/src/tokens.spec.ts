import fc from 'fast-check';
import { pageFrom, placeOf } from './lists.js';
import { decodePosition, encodePosition } from './positions.js';
import { ProblemException } from './problems.js';

describe('a position', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }).map((text) => text.toWellFormed()),
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.nat(),
        (epoch, position, partition) => {
          fc.pre(encodePosition({ epoch, position, partition }).length <= 300);
          expect(decodePosition(encodePosition({ epoch, position, partition }))).toEqual({
            epoch,
            position,
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
      ['e', '-1', 0],
      ['e', '01', 0],
      ['e', 1, 0],
      ['e', '1', -1],
      ['e', '1', 0, 0],
      { epoch: 'e' },
      null,
    ])
      expect(decodePosition(made(value))).toBeUndefined();
  });
});

describe('a cursor', () => {
  const cursorOf = (values: unknown): string => pageFrom({ items: [], last: values as never }).next ?? '';

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
    expect(pageFrom({ items: [1, 2], last: null })).toEqual({ items: [1, 2], next: null });
    expect(pageFrom({ items: [1, 2], last: ['1', '2'] }).next).toEqual(cursorOf(['1', '2']));
  });
});
