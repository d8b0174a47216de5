import { BOUNCING_CODES, MODIFIER_CODES } from './hazards.js';
import { loadIcdCatalogue } from './load.js';
import { SYNONYMS } from './synonyms.js';

const catalogue = loadIcdCatalogue();

describe('the tables beside the classification', () => {
  const prefixes = [...BOUNCING_CODES, ...MODIFIER_CODES].map(({ prefix }) => prefix);

  it('name codes that there are, each of them once', () => {
    expect(prefixes.filter((prefix) => catalogue.lookup(prefix) === undefined)).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
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
