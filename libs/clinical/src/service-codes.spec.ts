import { TECHNIQUES } from './techniques.js';
import { loadServiceCodes } from './billing/load.js';
import { ServiceCodes } from './service-codes.js';

const FILE = { version: '1', source: 'A payer.', timed: ['97140'], untimed: ['97161', 'G0283'] };
const parse = (more: object) => ServiceCodes.parse(JSON.stringify({ ...FILE, ...more }));

describe('the table of service codes', () => {
  const codes = loadServiceCodes();

  it.each([
    ['97140', 'timed'],
    ['97124', 'timed'],
    ['97110', 'timed'],
    ['97035', 'timed'],
    ['97161', 'untimed'],
    ['97163', 'untimed'],
    ['97164', 'untimed'],
    ['97010', 'untimed'],
    ['97150', 'untimed'],
    ['G0283', 'untimed'],
    ['BANANA', undefined],
    ['9714', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%j: %s', (code, timing) => {
    expect(codes.timingOf(code)).toBe(timing);
  });

  it('has every code that a technique is billed as', () => {
    expect(TECHNIQUES.flatMap(({ cpt }) => cpt).filter((code) => codes.timingOf(code) !== 'timed')).toEqual(
      [],
    );
  });

  it('says which it is, and where it is from', () => {
    expect([codes.version, codes.source.length > 0]).toEqual(['2026.1', true]);
  });
});

describe("an installation's own table", () => {
  it('is read', () => {
    const codes = parse({});
    expect([codes.version, codes.of('timed'), codes.of('untimed')]).toEqual([
      '1',
      ['97140'],
      ['97161', 'G0283'],
    ]);
  });

  it.each<[string, object, string]>([
    ['that is no table', { timed: undefined }, 'lists those that are timed'],
    ['without a version', { version: '' }, 'has its version'],
    ['with words in place of a number', { untimed: ['massage'] }, 'no service code: "massage"'],
    ['with a number that is none', { untimed: [97161] }, 'no service code: 97161'],
    ['that says two things of one code', { untimed: ['97140'] }, 'named twice'],
  ])('%s is refused', (_what, more, message) => {
    expect(() => parse(more)).toThrow(message);
  });
});
