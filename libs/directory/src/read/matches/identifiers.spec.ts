/** Which numbers a record has, and how those of two records stand to each other. */
import { identifiersCompared, withIdentifiers } from './identifiers.js';

const MRN = 'urn:oid:1.2.3';
const SSN = 'http://hl7.org/fhir/sid/us-ssn';
const number = (value: string, system = MRN) => ({ system, value });

describe('the numbers of a record', () => {
  const own = withIdentifiers([], [number('1')], false);

  it('are its own, or of a file that another record contradicts', () => {
    expect(withIdentifiers(own, [number('2')], true)).toEqual([
      { ...number('1'), taken: false },
      { ...number('2'), taken: true },
    ]);
  });

  it('stay its own when a file says that another record has them too', () => {
    expect(withIdentifiers(own, [number('1')], true)).toEqual(own);
  });

  it('become its own when somebody links them, and stand there once', () => {
    const taken = withIdentifiers([], [number('1')], true);
    expect(withIdentifiers(taken, [number('1')], false)).toEqual(own);
    expect(withIdentifiers(own, [number('1')], false)).toEqual(own);
  });
});

describe('the numbers of two records', () => {
  it.each<[what: string, one: readonly string[], other: readonly string[], agreement: string]>([
    ['the same', ['1'], ['1'], 'agrees'],
    ['the same, written otherwise', ['AB-12 3'], ['ab123'], 'agrees'],
    ['some of them the same', ['1', '2'], ['2'], 'partly'],
    ['others', ['1'], ['2'], 'differs'],
  ])('%s', (_what, one, other, agreement) => {
    const [a, b] = [one, other].map((values) => values.map((value) => number(value)));
    expect(identifiersCompared(a ?? [], b ?? [])).toEqual([{ system: MRN, agreement }]);
    expect(identifiersCompared(b ?? [], a ?? [])).toEqual([{ system: MRN, agreement }]);
  });

  it('say nothing where one of the two has none of a system', () => {
    expect(identifiersCompared([number('1')], [number('1', SSN)])).toEqual([]);
  });
});
