/** What two records that may be one say of each other. */
import { agreementIn, survivorAtFirst, survivorsOf, type Match, type MatchRecord } from './compared.js';

const record = (id: string, more: Partial<MatchRecord> = {}): MatchRecord => ({
  id,
  name: 'Ana Muñoz',
  birthDate: '1984-02-29',
  sexAtBirth: 'female',
  homeOrganizationIds: [],
  identifiers: [],
  deceased: false,
  mergeProposedInto: null,
  allowedActions: ['MergePatients'],
  ...more,
});

const matchOf = (one: MatchRecord, other: MatchRecord, more: Partial<Match> = {}): Match => ({
  id: `${one.id}/${other.id}`,
  records: [one, other],
  score: 20,
  likeliness: 'likely',
  parts: [],
  rules: [],
  identifiers: [],
  weights: '1',
  ...more,
});

describe('what is said of two records', () => {
  it('is compared by the part of it that people have to look at', () => {
    const match = matchOf(record('a'), record('b', { deceased: true }), {
      parts: [
        { part: 'familyName', agreement: 'agrees', weight: 6 },
        { part: 'givenNames', agreement: 'partly', weight: 3 },
        { part: 'birthDate', agreement: 'differs', weight: -5 },
      ],
      identifiers: [
        { system: 'urn:mrn', agreement: 'agrees' },
        { system: 'urn:ssn', agreement: 'differs' },
      ],
    });
    const parts = ['name', 'birthDate', 'sexAtBirth', 'identifiers', 'death'] as const;
    expect(parts.map((part) => agreementIn(match, part))).toEqual([
      'partly',
      'differs',
      undefined,
      'differs',
      'differs',
    ]);
  });
});

describe('the record that goes on', () => {
  it('is one into which the other may be merged, the first if nobody says otherwise', () => {
    const both = matchOf(record('a'), record('b'));
    expect([survivorsOf(both).map(({ id }) => id), survivorAtFirst(both)]).toEqual([['a', 'b'], 'a']);
    const held = matchOf(record('a'), record('b', { allowedActions: [] }));
    expect([survivorsOf(held).map(({ id }) => id), survivorAtFirst(held)]).toEqual([['b'], 'b']);
  });

  it('is the one that was proposed', () => {
    expect(survivorAtFirst(matchOf(record('a', { mergeProposedInto: 'b' }), record('b')))).toBe('b');
  });

  it('is none where nobody may merge them', () => {
    const [a, b] = [record('a', { allowedActions: ['DismissMatch'] }), record('b', { allowedActions: [] })];
    expect(survivorAtFirst(matchOf(a, b))).toBeUndefined();
  });
});
