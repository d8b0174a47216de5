import { begunWith, missingIn, NOBODY, registrationOf, type Typed } from './register.js';

const TYPED: Typed = {
  ...NOBODY,
  family: 'Ozoliņš',
  given: 'Anna Marija',
  birthDate: '1979-02-11',
  sexAtBirth: 'female',
};
const CLINIC = '0198d0a0-0000-7000-8000-000000000001';

describe('a patient who is new here', () => {
  it('begins with what was looked for', () => {
    expect(begunWith({ name: ' Anna  Marija Ozoliņš ', birthDate: '1979' })).toMatchObject({
      family: 'Ozoliņš',
      given: 'Anna Marija',
      birthDate: '1979',
    });
    expect(begunWith({ name: '', birthDate: '' })).toEqual(NOBODY);
  });

  it('lacks a name, a birth date and a sex, and a look at those who may be the same', () => {
    expect(missingIn(NOBODY, false)).toEqual(['name', 'birthDate', 'sexAtBirth']);
    expect(missingIn(TYPED, false)).toEqual([]);
    expect(missingIn(TYPED, true)).toEqual(['isNew']);
    expect(missingIn({ ...TYPED, isNew: true }, true)).toEqual([]);
    expect(missingIn({ ...TYPED, birthDate: '11.2.1979' }, false)).toEqual(['birthDate']);
    expect(missingIn({ ...TYPED, family: '', given: 'Sukarno' }, false)).toEqual([]);
  });

  it('is registered with what is known, and with nothing made up', () => {
    expect(registrationOf(TYPED, CLINIC)).toEqual({
      name: { family: 'Ozoliņš', given: ['Anna', 'Marija'], prefix: [] },
      birthDate: '1979-02-11',
      sexAtBirth: 'female',
      telecom: [],
      address: [],
      interpreter: false,
      identifiers: [],
    });
    expect(
      registrationOf({ ...TYPED, phone: '+371 2', language: 'lv', recordNumber: ' 7 ', mbi: '1EG4' }, CLINIC),
    ).toMatchObject({
      telecom: [{ system: 'phone', value: '+371 2' }],
      language: 'lv',
      identifiers: [
        { system: `urn:uuid:${CLINIC}`, value: '7' },
        { system: 'http://hl7.org/fhir/sid/us-mbi', value: '1EG4' },
      ],
    });
  });
});
