import { PRACTITIONER_COMMANDS } from '@fascia/directory/contract';
import { licenceOf, NO_LICENCE, wrongIn, type Typed } from './licence.js';

const TYPED: Typed = {
  kind: ' physical therapist ',
  state: 'MA',
  number: 'PT 1234',
  from: '2026-01-01',
  to: '2026-12-31',
};

describe('a licence that is typed', () => {
  it('needs all of its parts', () => {
    expect(wrongIn(NO_LICENCE)).toEqual(['kind', 'state', 'number', 'from', 'to']);
    expect(wrongIn({ ...TYPED, number: '  ', to: '2026-02-30' })).toEqual(['number', 'to']);
    expect(wrongIn(TYPED)).toEqual([]);
  });

  it('does not end before it begins', () => {
    expect(wrongIn({ ...TYPED, to: '2025-12-31' })).toEqual(['reversed']);
    expect(wrongIn({ ...TYPED, to: TYPED.from })).toEqual([]);
  });

  it('is sent as the contract takes it', () => {
    const { body } = PRACTITIONER_COMMANDS.RecordLicence;
    expect(body.safeParse(licenceOf(TYPED)).success).toBe(true);
    expect(licenceOf(TYPED)).toMatchObject({ kind: 'physical therapist', number: 'PT 1234' });
  });
});
