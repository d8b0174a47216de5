import { lacksLicence, signInOf, validityOn } from './standing.js';

const licence = { from: '2026-01-01', to: '2026-12-31' };

describe('a licence', () => {
  it.each([
    ['2025-12-31', 'ahead'],
    ['2026-01-01', 'valid'],
    ['2026-12-31', 'valid'],
    ['2027-01-01', 'over'],
  ])('is on %s %s', (day, validity) => {
    expect(validityOn(licence, day)).toBe(validity);
  });
});

describe('who lacks a licence', () => {
  const day = '2026-04-06';

  it('signs, and has none that is valid on the day', () => {
    expect(lacksLicence({ roles: [{ role: 'therapist' }], licences: [] }, day)).toBe(true);
    expect(lacksLicence({ roles: [{ role: 'physician' }], licences: [licence] }, '2027-01-01')).toBe(true);
    expect(lacksLicence({ roles: [{ role: 'scheduler' }, { role: 'therapist' }], licences: [] }, day)).toBe(
      true,
    );
  });

  it('has none of several', () => {
    const past = { from: '2020-01-01', to: '2025-12-31' };
    expect(lacksLicence({ roles: [{ role: 'therapist' }], licences: [past, licence] }, day)).toBe(false);
    expect(lacksLicence({ roles: [{ role: 'therapist' }], licences: [past] }, day)).toBe(true);
  });

  it('is nobody who signs nothing', () => {
    expect(lacksLicence({ roles: [{ role: 'delegate' }], licences: [] }, day)).toBe(false);
    expect(lacksLicence({ roles: [], licences: [] }, day)).toBe(false);
  });
});

describe('signing in', () => {
  it('takes an account, and no suspension', () => {
    expect(signInOf({ hasAccount: true, suspended: false })).toBe('may');
    expect(signInOf({ hasAccount: true, suspended: true })).toBe('suspended');
    expect(signInOf({ hasAccount: false, suspended: false })).toBe('noAccount');
    expect(signInOf({ hasAccount: false, suspended: true })).toBe('noAccount');
  });
});
