import { BOUNCING_CODES, bouncesOnSight, MODIFIER_CODES } from './hazards.js';
import { loadIcdCatalogue } from './load.js';
import { SYNONYMS } from './synonyms.js';

const catalogue = loadIcdCatalogue();

describe('the tables beside the classification', () => {
  const prefixes = [...BOUNCING_CODES, ...MODIFIER_CODES].map(({ prefix }) => prefix);

  it('name codes that there are, each of them once', () => {
    expect(prefixes.filter((prefix) => catalogue.lookup(prefix) === undefined)).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  // By hand, as docs/domain/diagnosis.md#codes-that-bounce has them.
  it.each([
    ...['M72.6', 'M60.009', 'I82.401', 'I80.10', 'M86.10', 'M46.20', 'M46.40', 'L03.115', 'M79.A11'],
    ...['T79.A11A', 'G83.4', 'I77.71', 'I77.74', 'I16.0', 'M84.411A', 'M80.00XA', 'C79.51', 'M61.10'],
  ])('send %s back on sight', (code) => {
    expect(catalogue.lookup(code)).toBeDefined();
    expect(bouncesOnSight(code)).toBe(true);
  });

  it.each(['M72.2', 'M60.10', 'M79.18', 'M75.21', 'I10', 'M84.50XA'])('take %s', (code) => {
    expect(catalogue.lookup(code)).toBeDefined();
    expect(bouncesOnSight(code)).toBe(false);
  });

  it('call for rows of contraindications and precautions by their ids', () => {
    expect(MODIFIER_CODES.filter(({ precaution }) => !/^[CP]\d\d$/.test(precaution))).toEqual([]);
  });

  it('know each everyday word once, and every other way to say it finds something', () => {
    expect(new Set(SYNONYMS.map(([said]) => said)).size).toBe(SYNONYMS.length);
    expect(
      SYNONYMS.flatMap(([, searched]) => searched).filter((words) => catalogue.search(words, 1).length === 0),
    ).toEqual([]);
  });
});
