/** Which records are compared, and what is made of it. */
import { comparedBy, matchOf, nameWords, rulesFor, type Comparable } from './match.js';
import { MATCH_WEIGHTS } from './match-weights.js';

interface Said {
  readonly family?: string;
  readonly given?: readonly string[];
  readonly text?: string;
  readonly born?: string;
  readonly sex?: Comparable['sexAtBirth'];
  readonly numbers?: readonly string[];
  readonly id?: string;
  readonly replacedBy?: readonly string[];
}

let records = 0;

const record = ({ family = 'Muñoz', given = ['Ana', 'Lucía'], text, ...more }: Said = {}): Comparable => ({
  ...nameWords({ family, given: [...given], prefix: [], ...(text === undefined ? {} : { text }) }),
  birthDate: more.born ?? '1984-02-29',
  sexAtBirth: more.sex ?? 'female',
  numbers: more.numbers ?? [],
  id: more.id ?? `record ${String((records += 1))}`,
  replacedBy: more.replacedBy ?? [],
});

const MRN = 'urn:oid:1.2.3|123';
const ANA = record({ id: 'ana', numbers: [MRN] });
const OTHER = { family: 'Berg', given: ['Tom'], born: '1950-10-11', sex: 'male' } as const;

const compared = (a: Comparable, b: Comparable): boolean =>
  comparedBy(a).some((key) => comparedBy(b).includes(key));

describe('two records', () => {
  it.each<[what: string, b: Said, isCompared: boolean, likeliness: string]>([
    ['typed again', {}, true, 'likely'],
    [
      'typed again without accents, in capitals',
      { family: 'MUNOZ', given: ['ANA', 'LUCIA'] },
      true,
      'likely',
    ],
    ['with decomposed accents', { family: 'Mun\u0303oz' }, true, 'likely'],
    ['with the names the other way round', { family: 'Ana Lucía', given: ['Muñoz'] }, true, 'likely'],
    ['with the name as a whole', { family: '', given: [], text: 'Muñoz, Ana Lucía' }, true, 'likely'],
    ['with one given name fewer', { given: ['Ana'] }, true, 'likely'],
    ['of twins', { given: ['Eva'] }, true, 'possible'],
    ['of twins, a girl and a boy', { given: ['Leo'], sex: 'male' }, true, 'possible'],
    ['that share a family name alone', { given: ['Eva'], born: '1990-01-02' }, false, 'unlikely'],
    ['that share a birth date alone', { ...OTHER, born: '1984-02-29' }, false, 'unlikely'],
    ['of whom one says the year alone', { born: '1984', numbers: [MRN] }, true, 'likely'],
    [
      'that a source replaced by the other, renamed since',
      { family: 'Berg', replacedBy: ['ana'] },
      true,
      'likely',
    ],
    [
      'that a source replaced by the other, and nothing else',
      { ...OTHER, replacedBy: ['ana'] },
      true,
      'unlikely',
    ],
    ['that share a number and nothing else', { ...OTHER, numbers: [MRN] }, true, 'unlikely'],
    ['that share a number, the family name misspelt', { family: 'Munos', numbers: [MRN] }, true, 'likely'],
  ])('%s', (_what, said, isCompared, likeliness) => {
    const other = record(said);
    expect([compared(ANA, other), matchOf(ANA, other).likeliness]).toEqual([isCompared, likeliness]);
  });

  it('are called so whichever is looked at first', () => {
    const other = record({ given: ['Ana'], numbers: [MRN], sex: 'unknown' });
    expect(matchOf(ANA, other)).toEqual(matchOf(other, ANA));
  });

  it('are explained part by part, and what one does not say is no part', () => {
    const { parts, score } = matchOf(ANA, record({ given: ['Eva'], sex: 'unknown' }));
    expect(parts.map(({ part, agreement }) => `${part} ${agreement}`)).toEqual([
      'familyName agrees',
      'givenNames differs',
      'birthDate agrees',
    ]);
    expect(score).toBeCloseTo(parts.reduce((sum, { weight }) => sum + weight, 0));
  });

  it('of people with one name each say so much once', () => {
    const one = record({ family: 'Suharto', given: [] });
    const other = record({ family: '', given: ['Suharto'] });
    expect(compared(one, other)).toBe(true);
    expect(matchOf(one, other).parts.map(({ part }) => part)).toEqual([
      'familyName',
      'birthDate',
      'sexAtBirth',
    ]);
  });
});

describe('why two records are compared', () => {
  it.each<[what: string, b: Said, rules: readonly string[]]>([
    ['a date of birth and a word of the name', { given: ['Eva'] }, ['birthDateAndName']],
    ['a number, whatever else they say', { ...OTHER, numbers: [MRN] }, ['number']],
    ['what their source says, whatever else they say', { ...OTHER, replacedBy: ['ana'] }, ['sourceLink']],
    ['each of these', { numbers: [MRN], replacedBy: ['ana'] }, ['sourceLink', 'number', 'birthDateAndName']],
    ['nothing', OTHER, []],
  ])('is %s', (_what, said, rules) => {
    const other = record(said);
    expect([rulesFor(ANA, other), rulesFor(other, ANA)]).toEqual([rules, rules]);
    expect(compared(ANA, other)).toBe(rules.length > 0);
  });

  it('is no date of birth that stands for "not known" with half a name', () => {
    const [a, b] = [record({ born: '1984-01-01' }), record({ born: '1984-01-01', given: ['Eva'] })];
    expect(rulesFor(a, b)).toEqual([]);
  });
});

describe('a date of birth that stands for "not known"', () => {
  it.each(['1900-01-01', '1984-01-01', '1984', '1984-02'])('%s says little', (born) => {
    const [a, b] = [record({ born }), record({ born })];
    expect(matchOf(a, b).parts).toContainEqual({ part: 'birthDate', agreement: 'partly', weight: 1 });
    expect(matchOf(a, b).likeliness).toBe('possible');
    expect(compared(a, b)).toBe(true);
    // Everybody else of whom it is not known.
    expect(compared(a, record({ born, given: ['Eva'] }))).toBe(false);
  });
});

describe('nobody', () => {
  it('is compared with everybody for having no name', () => {
    expect(comparedBy(record({ id: 'nobody', family: '', given: ['-'] }))).toEqual(['record nobody']);
  });
});

describe('the weights', () => {
  it('speak for one person where records agree, and against it where they do not', () => {
    for (const { agrees = 0, partly = 0, differs = 0 } of Object.values(MATCH_WEIGHTS.weights)) {
      expect(agrees).toBeGreaterThan(partly);
      expect(partly).toBeGreaterThanOrEqual(0);
      expect(differs).toBeLessThanOrEqual(0);
    }
  });
});
