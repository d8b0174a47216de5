import { ORGANIZATION_COMMANDS, ORGANIZATION_KINDS } from '@fascia/directory/contract';
import { begunIn, isUri, KINDS, missingIn, registrationOf, type Typed } from './organization.js';

const ZONE = 'America/New_York';
const TYPED: Typed = { name: ' Riverside ', kind: 'clinic', timeZone: ZONE, phone: '' };

describe('an organisation that is typed', () => {
  it('begins in the zone of whoever registers it, and needs a name and a kind', () => {
    expect(missingIn(begunIn(ZONE))).toEqual(['name', 'kind']);
    expect(missingIn({ ...begunIn(''), name: '  ' })).toEqual(['name', 'kind', 'timeZone']);
    expect(registrationOf(begunIn(ZONE))).toBeUndefined();
    expect(missingIn(TYPED)).toEqual([]);
  });

  it('is of a kind of the contract, any of them', () => {
    expect(KINDS.toSorted()).toEqual(ORGANIZATION_KINDS.toSorted());
  });

  it('is sent with what is known, as the contract takes it', () => {
    expect(registrationOf(TYPED)).toEqual({
      name: 'Riverside',
      kind: 'clinic',
      timeZone: ZONE,
      telecom: [],
      identifiers: [],
      address: [],
    });
    const body = registrationOf({ ...TYPED, phone: ' +1 617 555 0100 ' });
    expect(body).toMatchObject({ telecom: [{ system: 'phone', value: '+1 617 555 0100' }] });
    expect(ORGANIZATION_COMMANDS.RegisterOrganization.body.safeParse(body).success).toBe(true);
  });
});

describe('the name of a source system', () => {
  it.each([
    ['https://ehr.example.org/fhir', true],
    ['urn:example:ehr', true],
    ['ehr.example.org', false],
    ['https: //ehr', false],
    ['', false],
  ])('%j is a URI: %s, as the contract says', (system, is) => {
    const { body } = ORGANIZATION_COMMANDS.RegisterSourceSystem;
    expect(isUri(system)).toBe(is);
    expect(body.safeParse({ system, byDefault: false }).success).toBe(is);
  });
});
