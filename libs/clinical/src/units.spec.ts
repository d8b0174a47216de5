import fc from 'fast-check';
import { allocateUnits, units } from './units.js';
import type { TimedMinutes, UnitAllocation } from './units.js';

const given = (text: string): TimedMinutes[] =>
  text.split(' + ').map((part) => {
    const [minutes = '', cpt = ''] = part.split('x');
    return { cpt, minutes: Number(minutes) };
  });

const shown = ({ byCode }: UnitAllocation): string => byCode.map((code) => String(code.units)).join(' + ');

describe('minutes to units', () => {
  it.each([
    [0, 7, 0],
    [8, 22, 1],
    [23, 37, 2],
    [38, 52, 3],
    [53, 67, 4],
    [68, 82, 5],
    [83, 97, 6],
    [98, 112, 7],
    [113, 127, 8],
  ])('%i to %i minutes are %i', (from, to, expected) => {
    expect([units(from), units(to)]).toEqual([expected, expected]);
  });
});

describe('total time (CMS)', () => {
  it.each([
    ['33x97110 + 7x97140', '2 + 1'],
    ['18x97110 + 13x97140 + 10x97116 + 8x97035', '1 + 1 + 1 + 0'],
    ['24x97112 + 23x97110', '2 + 1'],
    ['7x97140', '0'],
    ['8x97140', '1'],
    ['45x97140', '3'],
    ['60x97140', '4'],
    ['20x97140 + 20x97124 + 5x97140', '2 + 1'],
  ])('%s: %s', (lines, expected) => {
    const allocation = allocateUnits('CMS_TOTAL_TIME', given(lines));
    expect(shown(allocation)).toBe(expected);
    expect(allocation.tie).toBeUndefined();
  });

  describe('given three codes with the same minutes and one unit', () => {
    const lines = given('7x97140 + 7x97110 + 7x97124');
    const candidates = ['97110', '97124', '97140'];

    it('proposes the first by code and says that it is a tie', () => {
      const allocation = allocateUnits('CMS_TOTAL_TIME', lines);
      expect(shown(allocation)).toBe('0 + 1 + 0');
      expect(allocation.tie).toEqual({ candidates, places: 1, settled: false });
    });

    it('follows the therapist', () => {
      const allocation = allocateUnits('CMS_TOTAL_TIME', lines, ['97124']);
      expect(shown(allocation)).toBe('0 + 0 + 1');
      expect(allocation.tie).toEqual({ candidates, places: 1, settled: true });
    });
  });

  it('lets the larger total win between equal remainders, whatever the therapist prefers', () => {
    const allocation = allocateUnits('CMS_TOTAL_TIME', given('5x97110 + 20x97140'), ['97110']);
    expect(shown(allocation)).toBe('0 + 2');
    expect(allocation.tie).toBeUndefined();
  });
});

describe('per code (AMA)', () => {
  it.each([
    ['33x97110 + 7x97140', '2 + 0'],
    ['24x97112 + 23x97110', '2 + 2'],
    ['7x97140 + 7x97110 + 7x97124', '0 + 0 + 0'],
  ])('%s: %s', (lines, expected) => {
    expect(shown(allocateUnits('AMA_PER_CODE', given(lines)))).toBe(expected);
  });
});

describe('any session', () => {
  const anyLines = fc.array(
    fc.record({ cpt: fc.constantFrom('97110', '97112', '97124', '97140', '97530'), minutes: fc.nat(90) }),
    { maxLength: 8 },
  );
  const anyChoice = fc.subarray(['97110', '97112', '97124', '97140', '97530']);

  it('gets exactly the units of its total time', () => {
    fc.assert(
      fc.property(anyLines, anyChoice, (lines, choice) => {
        const { byCode, totalUnits, totalMinutes } = allocateUnits('CMS_TOTAL_TIME', lines, choice);
        expect(totalMinutes).toBe(lines.reduce((sum, { minutes }) => sum + minutes, 0));
        expect(totalUnits).toBe(units(totalMinutes));
        expect(byCode.reduce((sum, code) => sum + code.units, 0)).toBe(totalUnits);
      }),
    );
  });

  it('gets for each code its full blocks and at most one unit more, and none without minutes', () => {
    fc.assert(
      fc.property(anyLines, anyChoice, (lines, choice) => {
        for (const { cpt, units: given } of allocateUnits('CMS_TOTAL_TIME', lines, choice).byCode) {
          const minutes = lines
            .filter((line) => line.cpt === cpt)
            .reduce((sum, line) => sum + line.minutes, 0);
          const blocks = Math.floor(minutes / 15);
          expect(given === blocks || (given === blocks + 1 && minutes % 15 > 0)).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order of the codes, and the choice never changes the total', () => {
    fc.assert(
      fc.property(anyLines, anyChoice, (lines, choice) => {
        const sorted = (allocation: UnitAllocation): readonly string[] =>
          allocation.byCode.map((code) => `${code.cpt}:${String(code.units)}`).toSorted();
        const forwards = allocateUnits('CMS_TOTAL_TIME', lines, choice);
        expect(sorted(allocateUnits('CMS_TOTAL_TIME', lines.toReversed(), choice))).toEqual(sorted(forwards));
        expect(allocateUnits('CMS_TOTAL_TIME', lines).totalUnits).toBe(forwards.totalUnits);
      }),
    );
  });
});
