import fc from 'fast-check';
import { loadIcdCatalogue } from './load.js';
import { sideAgreement } from './side.js';

const catalogue = loadIcdCatalogue();
const TODAY = '2026-05-04';
const IN_FY2021 = '2021-03-01';
const BETWEEN = '2023-06-01';

const TABLE: readonly (readonly [codes: string, side: 'pair' | 'none'])[] = [
  ['M75.21 M75.22 M75.31 M75.32 M75.41 M75.42 M77.01 M77.02 M77.11 M77.12 M65.811 M65.812', 'pair'],
  ['M76.01 M76.02 M76.11 M76.12 M76.31 M76.32 M76.51 M76.52 M76.61 M76.62 M76.71 M76.72', 'pair'],
  ['M76.811 M76.812 M76.821 M76.822 M77.51 M77.52 M70.61 M70.62 M75.01 M75.02', 'pair'],
  ['M62.411 M62.412 M62.451 M62.452 M62.461 M62.462 M24.511 M24.512 M24.561 M24.562 M25.611 M25.612', 'pair'],
  [
    'S46.011A S46.012A S76.111A S76.112A S76.311A S76.312A S86.011A S86.012A S83.411A S83.412A S93.401A S93.402A',
    'pair',
  ],
  ['M65.4 M77.9 M79.7 M79.11 M79.12 M79.18 M62.830 M62.831 M62.838 M72.0 M72.2 M72.8 M72.9 L90.5', 'none'],
  ['S16.1XXA S29.012D S39.012S S13.4XXA S33.5XXD M54.2 M54.6 R29.3 M79.89 M79.9', 'none'],
];
const rows = TABLE.flatMap(([codes, side]) => codes.split(' ').map((code) => [code, side] as const));

describe('the official figures', () => {
  it('holds every billable code of both releases', () => {
    expect(catalogue.releases.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['FY2021', '2020-10-01', '2021-09-30'],
      ['2026-04', '2026-04-01', undefined],
    ]);
    expect(catalogue.billableCount('FY2021')).toBe(72_621);
    expect(catalogue.billableCount('2026-04')).toBe(74_719);
  });
});

describe('the codes that soft-tissue work uses', () => {
  it.each(rows)('%s is billable on any date from October 2020 on', (code) => {
    expect(catalogue.billableOn(code, TODAY)).toEqual({ kind: 'billable', code, release: '2026-04' });
    expect(catalogue.billableOn(code, IN_FY2021)).toEqual({ kind: 'billable', code, release: 'FY2021' });
    expect(catalogue.billableOn(code, BETWEEN)).toEqual({
      kind: 'unconfirmed',
      code,
      releases: ['FY2021', '2026-04'],
    });
  });

  it.each(rows)('%s names the side that its text names', (code, side) => {
    const text = catalogue.text(code) ?? '';
    const named = /\bright\b/.test(text) ? 'right' : 'left';
    expect(catalogue.sideOf(code)).toBe(side === 'pair' ? named : 'none');
  });
});

describe('a code as people type it', () => {
  it.each(['m7521', ' M75.21 ', 'M7521', 'm75.21'])('%j is M75.21', (typed) => {
    expect(catalogue.lookup(typed)).toMatchObject({
      code: 'M75.21',
      text: 'Bicipital tendinitis, right shoulder',
      side: 'right',
    });
  });

  it.each(['', 'M', 'M7.521', 'M75.2.1', '75.21', 'M75 21', 'M75.210000', 'XYZ'])('%j is none', (typed) => {
    expect(catalogue.lookup(typed)).toBeUndefined();
    expect(catalogue.billableOn(typed, TODAY)).toMatchObject({ kind: 'notBillable', because: 'unknown' });
  });
});

describe('a code that is not for bills', () => {
  it.each([
    ['M75.2', TODAY, 'header', ['M75.20', 'M75.21', 'M75.22']],
    ['M75.29', TODAY, 'unknown', ['M75.20', 'M75.21', 'M75.22']],
    ['S13.4', TODAY, 'needs7th', ['S13.4XXA', 'S13.4XXD', 'S13.4XXS']],
    ['S13.4XX', TODAY, 'needs7th', ['S13.4XXA', 'S13.4XXD', 'S13.4XXS']],
    ['S13.4A', TODAY, 'unknown', ['S13.4XXA', 'S13.4XXD', 'S13.4XXS']],
    ['S13.4XXB', TODAY, 'unknown', ['S13.4XXA', 'S13.4XXD', 'S13.4XXS']],
    ['M54.5', TODAY, 'retired', ['M54.50', 'M54.51', 'M54.59']],
    ['S30.1XXD', TODAY, 'retired', ['S30.11XD', 'S30.12XD', 'S30.13XD']],
    ['M54.50', IN_FY2021, 'notYet', ['M54.5']],
  ])('%s on %s: %s, with suggestions', (code, date, because, suggestions) => {
    expect(catalogue.billableOn(code, date)).toEqual({ kind: 'notBillable', because, suggestions });
  });

  it.each(['M54.5', 'M51.36', 'M51.37', 'M65.9'])('%s was billable in FY2021 and is no longer', (code) => {
    expect(catalogue.billableOn(code, IN_FY2021).kind).toBe('billable');
    expect(catalogue.billableOn(code, TODAY)).toMatchObject({ kind: 'notBillable', because: 'retired' });
    expect(catalogue.billableOn(code, BETWEEN)).toEqual({
      kind: 'warning',
      code,
      billableIn: 'FY2021',
      notIn: '2026-04',
    });
  });

  it('warns before the first release, where only the later neighbour speaks', () => {
    expect(catalogue.billableOn('M75.21', '2019-01-01')).toEqual({
      kind: 'warning',
      code: 'M75.21',
      billableIn: 'FY2021',
    });
  });
});

describe('the 7th character', () => {
  it('is asked for where a stem lacks it', () => {
    expect(catalogue.needsSeventhCharacter('S83.411')).toBe(true);
    expect(catalogue.needsSeventhCharacter('S83.411A')).toBe(false);
    expect(catalogue.needsSeventhCharacter('M75.21')).toBe(false);
    expect([...catalogue.validSevenths('S83.411')]).toEqual([
      ['A', 'initial encounter'],
      ['D', 'subsequent encounter'],
      ['S', 'sequela'],
    ]);
    expect(catalogue.validSevenths('M75.21').size).toBe(0);
  });

  it('completes the text', () => {
    expect(catalogue.text('s83411d')).toBe(
      'Sprain of medial collateral ligament of right knee, subsequent encounter',
    );
  });

  it('is A alone after a death from the injury', () => {
    expect([...catalogue.validSevenths('S06.1X7').keys()]).toEqual(['A']);
  });
});

describe('sides that only seem to be there', () => {
  it.each([
    ['I50.810', 'none'],
    ['M25.50', 'none'],
    ['M79.601', 'right'],
    ['M79.603', 'unspecified'],
    ['M75.20', 'unspecified'],
    ['M17.0', 'bilateral'],
    ['S93.409A', 'unspecified'],
    ['G81.90', 'unspecified'],
    ['E08.3213', 'bilateral'],
    ['E08.3219', 'unspecified'],
    ['M24.874', 'right'],
    ['M24.875', 'left'],
    ['M75.2', 'none'],
    ['NONE', 'none'],
  ])('%s: %s', (code, side) => {
    expect(catalogue.sideOf(code)).toBe(side);
  });

  it('finds as many right as left codes', () => {
    const sides = [...catalogue.currentCodes()].map((code) => catalogue.sideOf(code));
    expect(sides.filter((side) => side === 'right').length).toBe(
      sides.filter((side) => side === 'left').length,
    );
  });
});

/** FY2021 makes these of a stem and a 7th character for the eye, the newest release lists them whole. */
describe('complications of a corneal transplant', () => {
  const STEMS = {
    'T86.840': 'Corneal transplant rejection',
    'T86.841': 'Corneal transplant failure',
    'T86.842': 'Corneal transplant infection',
    'T86.848': 'Other complications of corneal transplant',
    'T86.849': 'Unspecified complication of corneal transplant',
  };
  const EYES = {
    '1': ['right eye', 'right'],
    '2': ['left eye', 'left'],
    '3': ['bilateral', 'bilateral'],
    '9': ['unspecified eye', 'unspecified'],
  };
  const twenty = Object.entries(STEMS).flatMap(([stem, text]) =>
    Object.entries(EYES).map(([eye, [words, side]]) => [`${stem}${eye}`, `${text}, ${words}`, side] as const),
  );

  it.each(twenty)('%s is "%s": %s, in both releases', (code, text, side) => {
    expect(catalogue.sideOf(code)).toBe(side);
    expect(catalogue.lookup(code)).toEqual({ code, text, side, status: 'billable', release: '2026-04' });
    for (const [day, release] of [
      [IN_FY2021, 'FY2021'],
      [TODAY, '2026-04'],
    ] as const) {
      expect(catalogue.billableOn(code, day)).toEqual({ kind: 'billable', code, release });
      expect(catalogue.text(code, day)).toBe(text);
    }
    expect(catalogue.billableOn(code, BETWEEN)).toEqual({
      kind: 'unconfirmed',
      code,
      releases: ['FY2021', '2026-04'],
    });
  });

  it.each(Object.keys(STEMS))('%s alone is not billed: the eye is missing', (stem) => {
    const below = Object.keys(EYES).map((eye) => `${stem}${eye}`);
    expect(catalogue.billableOn(stem, IN_FY2021)).toMatchObject({ because: 'needs7th', suggestions: below });
    expect(catalogue.billableOn(stem, TODAY)).toMatchObject({ because: 'header', suggestions: below });
    expect(catalogue.billableOn(`${stem}4`, IN_FY2021).kind).toBe('notBillable');
  });
});

describe('the side of a code beside the side of a site', () => {
  it.each([
    ['M75.21', 'right', 'agrees'],
    ['M75.21', 'left', 'mismatch'],
    ['M75.21', 'bilateral', 'mismatch'],
    ['M75.21', undefined, 'mismatch'],
    ['M75.20', 'left', 'ask'],
    ['M54.2', 'left', 'agrees'],
    ['M79.7', undefined, 'agrees'],
  ] as const)('%s, %s: %s', (code, site, expected) => {
    expect(sideAgreement(catalogue.sideOf(code), site)).toBe(expected);
  });
});

describe('any code of the newest release', () => {
  const codes = [...catalogue.currentCodes()];
  const anyCode = fc.constantFrom(...codes);

  it('has one spelling, and every spelling finds it', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(catalogue.lookup(code.replace('.', '').toLowerCase())?.code).toBe(code);
      }),
    );
  });

  it('is billable as it stands, or with each of its 7th characters and with no other', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.constantFrom(...('0123456789ABCDEFGHJKMNPQRSX'.match(/./g) ?? [])),
        (code, character) => {
          const ready = catalogue.billableOn(code, TODAY).kind === 'billable';
          expect(ready).toBe(!catalogue.needsSeventhCharacter(code));
          const extended = `${code.replace('.', '').padEnd(6, 'X')}${character}`;
          const billable = catalogue.billableOn(extended, TODAY).kind === 'billable';
          if (!ready) expect(billable).toBe(catalogue.validSevenths(code).has(character));
        },
      ),
    );
  });

  it('suggests only codes that are billable on the date', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.integer({ min: 3, max: 6 }),
        fc.constantFrom(TODAY, IN_FY2021),
        (code, length, date) => {
          const answer = catalogue.billableOn(code.replace('.', '').slice(0, length), date);
          const suggestions = answer.kind === 'notBillable' ? answer.suggestions : [];
          expect(
            suggestions.every((suggestion) => catalogue.billableOn(suggestion, date).kind === 'billable'),
          ).toBe(true);
        },
      ),
    );
  });

  it('is the same code where a release makes it of a stem and a 7th character', () => {
    expect(catalogue.billableOn('T86.8411', IN_FY2021)).toMatchObject({ kind: 'billable', code: 'T86.8411' });
    expect(catalogue.billableOn('T86.8411', TODAY)).toMatchObject({ kind: 'billable', code: 'T86.8411' });
    expect(catalogue.billableOn('T86.8414', IN_FY2021)).toMatchObject({ kind: 'notBillable' });
  });

  it('excludes in both directions, and never itself', () => {
    fc.assert(
      fc.property(anyCode, anyCode, (a, b) => {
        expect(catalogue.excludes1(a, b) === undefined).toBe(catalogue.excludes1(b, a) === undefined);
        expect(catalogue.excludes1(a, a)).toBeUndefined();
      }),
    );
  });
});
