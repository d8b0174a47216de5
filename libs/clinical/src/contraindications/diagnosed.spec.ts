import { BOUNCING_CODES, MODIFIER_CODES } from '../icd10/hazards.js';
import { contraindicationOf } from './diagnosed.js';
import { isContraindicationId } from './rows.js';

describe('the row that a diagnosis calls for', () => {
  it.each([
    ['I82.411', 'C02'],
    ['L03.116', 'C04'],
    ['M61.111', 'C07'],
    ['M86.9', 'C08'],
    ['Z79.01', 'P01'],
    ['D66', 'C10'],
    ['S46.011A', 'C06'],
    ['S93.401D', 'C06'],
    ['S93.401S', undefined],
    ['S16.1XXA', 'C06'],
    ['S16.1XXS', undefined],
    ['M75.21', undefined],
  ])('%s calls for %s', (code, expected) => {
    expect(contraindicationOf(code)).toBe(expected);
  });

  it('is there for every code that bounces on sight but the cauda equina, which is a red flag', () => {
    expect(
      BOUNCING_CODES.filter(({ prefix }) => contraindicationOf(prefix) === undefined).map(
        ({ prefix }) => prefix,
      ),
    ).toEqual(['G83.4']);
  });

  it('is a row of the catalogue', () => {
    const rows = [...BOUNCING_CODES, ...MODIFIER_CODES].flatMap(
      ({ prefix }) => contraindicationOf(prefix) ?? [],
    );
    expect(rows.filter((row) => !isContraindicationId(row))).toEqual([]);
  });
});
