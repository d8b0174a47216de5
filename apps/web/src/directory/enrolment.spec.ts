import { PRACTITIONER_COMMANDS } from '@fascia/directory/contract';
import { enrolmentOf, missingIn, NOBODY, taxonomiesIn, type Typed } from './enrolment.js';

const CLINIC = '0198d0a0-0000-7000-8000-000000000001';
const TYPED: Typed = {
  ...NOBODY,
  given: ' Anna  Marija ',
  family: 'Ozoliņš',
  role: 'therapist',
  organizationId: CLINIC,
};

describe('somebody who is new in the directory', () => {
  it('needs a name, a role, and where it is held', () => {
    expect(missingIn(NOBODY)).toEqual(['name', 'role', 'organizationId']);
    expect(enrolmentOf(NOBODY)).toBeUndefined();
    expect(missingIn(TYPED)).toEqual([]);
    expect(missingIn({ ...TYPED, given: '' })).toEqual([]);
    expect(missingIn({ ...TYPED, family: '' })).toEqual([]);
  });

  it('may have an NPI of ten digits and codes of ten characters, and nothing else in their place', () => {
    expect(missingIn({ ...TYPED, npi: ' 1234567893 ', taxonomies: '225100000x, 207Q00000X' })).toEqual([]);
    expect(missingIn({ ...TYPED, npi: '123', taxonomies: 'physical therapist' })).toEqual([
      'npi',
      'taxonomies',
    ]);
    expect(enrolmentOf({ ...TYPED, npi: '123' })).toBeUndefined();
  });

  it('is sent with what is known, and with nothing made up', () => {
    expect(enrolmentOf(TYPED)).toEqual({
      name: { family: 'Ozoliņš', given: ['Anna', 'Marija'], prefix: [] },
      taxonomies: [],
      address: [],
      roles: [{ role: 'therapist', organizationId: CLINIC }],
    });
  });

  it('is sent as the contract takes it', () => {
    const all = { ...TYPED, account: ' anna@example ', npi: '1234567893', taxonomies: '225100000X' };
    const body = enrolmentOf(all);
    expect(body).toMatchObject({ account: 'anna@example', npi: '1234567893', taxonomies: ['225100000X'] });
    expect(PRACTITIONER_COMMANDS.EnrolPractitioner.body.safeParse(body).success).toBe(true);
  });
});

describe('taxonomy codes', () => {
  it('are told apart by commas, spaces and lines', () => {
    expect(taxonomiesIn(' 225100000x,207Q00000X;\n 225700000X ')).toEqual([
      '225100000X',
      '207Q00000X',
      '225700000X',
    ]);
    expect(taxonomiesIn(' , ')).toEqual([]);
  });
});
