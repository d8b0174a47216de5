import { TISSUES } from './body-site.js';
import { isTechnique, TECHNIQUES } from './techniques.js';

describe('the technique catalogue', () => {
  it('has each code once, with tissues that there are, and CPT numbers of five digits', () => {
    expect(new Set(TECHNIQUES.map(({ code }) => code)).size).toBe(13);
    for (const { tissues, cpt } of TECHNIQUES) {
      expect(tissues.length).toBeGreaterThan(0);
      expect(TISSUES).toEqual(expect.arrayContaining([...tissues]));
      for (const code of cpt) expect(code).toMatch(/^\d{5}$/);
    }
  });

  it('leaves no tissue without a technique', () => {
    expect(
      TISSUES.filter(
        (tissue) => !TECHNIQUES.some(({ tissues }) => (tissues as readonly string[]).includes(tissue)),
      ),
    ).toEqual([]);
  });

  // Rows of docs/domain/body-and-technique.md#techniques, by hand.
  // prettier-ignore
  it.each([
    ['IASTM', ['fascia', 'tendon', 'scar'], ['97140']],
    ['PNS', ['muscle', 'fascia'], ['97140']],
    ['CUP', ['fascia'], []],
    ['EFF', ['muscle', 'tendon', 'ligament', 'fascia', 'scar'], ['97124']],
    ['STR', ['muscle'], ['97110', '97140']],
  ] as const)('%s works on %j and is proposed as %j', (wanted, tissues, cpt) => {
    expect(TECHNIQUES.find(({ code }) => code === wanted)).toMatchObject({ tissues, cpt });
  });

  it('knows a technique by its code only', () => {
    expect(['MFR', 'mfr', 'REIKI', ''].filter(isTechnique)).toEqual(['MFR']);
  });
});
