import { ROLES } from '@fascia/kernel/contract';
import { GIVEN, missingInRole, NO_ROLE, placeIn, roleIn } from './roles.js';

const CLINIC = '0198d0a0-0000-7000-8000-000000000001';
const WORDS = { everywhere: 'whole network', asked: 'wait', unknown: 'no name' };

describe('the roles that are given', () => {
  it('are all that there are, but for those of nobody who works in the network', () => {
    expect([...GIVEN, 'patient', 'system'].toSorted()).toEqual(ROLES.toSorted());
  });
});

describe('the place of a role', () => {
  const names = new Map([[CLINIC, 'Riverside']]);

  it('is called by the name of its organisation', () => {
    expect(placeIn({ organizationId: CLINIC }, names, WORDS)).toBe('Riverside');
  });

  it('is the whole network where no organisation is named, whatever is known', () => {
    expect(placeIn({}, names, WORDS)).toBe('whole network');
    expect(placeIn({}, undefined, WORDS)).toBe('whole network');
  });

  it('has no name while names are asked for, nor where nobody knows it', () => {
    expect(placeIn({ organizationId: CLINIC }, undefined, WORDS)).toBe('wait');
    expect(placeIn({ organizationId: CLINIC }, new Map(), WORDS)).toBe('no name');
  });
});

describe('a role that is typed', () => {
  it('lacks the role and the organisation', () => {
    expect(missingInRole(NO_ROLE)).toEqual(['role', 'organizationId']);
    expect(roleIn(NO_ROLE)).toBeUndefined();
    expect(roleIn({ role: '', organizationId: CLINIC })).toBeUndefined();
  });

  it('is held at an organisation by whoever treats, refers or books', () => {
    expect(missingInRole({ role: 'therapist', organizationId: '' })).toEqual(['organizationId']);
    expect(roleIn({ role: 'therapist', organizationId: '' })).toBeUndefined();
    expect(roleIn({ role: 'therapist', organizationId: CLINIC })).toEqual({
      role: 'therapist',
      organizationId: CLINIC,
    });
  });

  it('may be of the whole network for whoever looks after it', () => {
    for (const role of ['records', 'auditor', 'operator'] as const) {
      expect(missingInRole({ role, organizationId: '' })).toEqual([]);
      expect(roleIn({ role, organizationId: '' })).toEqual({ role });
    }
  });
});
