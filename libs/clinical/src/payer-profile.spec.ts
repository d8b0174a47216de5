import { hasTaxonomy, mayPerform, PAYER_PROFILES, payerProfile, UNIT_METHODS } from './payer-profile.js';

const PHYSICAL_THERAPIST = '225100000X';
const MASSAGE_THERAPIST = '225700000X';
const ORTHOPAEDIC_SURGEON = '207X00000X';
const FAMILY_NURSE_PRACTITIONER = '363LF0000X';
const CHIROPRACTOR = '111N00000X';

describe('who may perform', () => {
  // prettier-ignore
  it.each([
    ['US-MEDICARE-B', PHYSICAL_THERAPIST, true],
    ['US-MEDICARE-B', ORTHOPAEDIC_SURGEON, true],
    ['US-MEDICARE-B', MASSAGE_THERAPIST, false],
    ['US-VA-MASSAGE-INIT', MASSAGE_THERAPIST, true],
    ['US-VA-MASSAGE-CONT', PHYSICAL_THERAPIST, false],
    ['COMMERCIAL-MASSAGE', MASSAGE_THERAPIST, true],
    ['COMMERCIAL-MASSAGE', PHYSICAL_THERAPIST, true],
    ['SELF-PAY', CHIROPRACTOR, true],
  ] as const)('%s, %s: %s', (name, taxonomy, may) => {
    expect(mayPerform(payerProfile(name), [taxonomy])).toBe(may);
  });

  it('is nobody who has no taxonomy, whoever pays', () => {
    expect(PAYER_PROFILES.filter((name) => mayPerform(payerProfile(name), []))).toEqual([]);
  });
});

describe('certification', () => {
  it('is asked for by Medicare only: due after 30 days, for 90 at most (42 CFR 410.61, 424.24)', () => {
    expect(PAYER_PROFILES.filter((name) => payerProfile(name).certification !== undefined)).toEqual([
      'US-MEDICARE-B',
    ]);
    expect(payerProfile('US-MEDICARE-B')).toMatchObject({
      version: '2026.1',
      planMaxDays: 90,
      certification: { initialDueDays: 30, periodMaxDays: 90 },
    });
  });

  it.each([
    [ORTHOPAEDIC_SURGEON, true],
    [FAMILY_NURSE_PRACTITIONER, true],
    ['364S00000X', true],
    ['363A00000X', true],
    [CHIROPRACTOR, false],
    [PHYSICAL_THERAPIST, false],
  ] as const)('by %s: %s', (taxonomy, may) => {
    expect(hasTaxonomy([taxonomy], payerProfile('US-MEDICARE-B').certification?.certifiers ?? [])).toBe(may);
  });
});

describe('every profile', () => {
  it('has a version, taxonomies of NUCC or their groups, and a unit method that there is', () => {
    for (const name of PAYER_PROFILES) {
      const { version, performers, certification, unitMethod } = payerProfile(name);
      expect(version).toMatch(/^\d+(\.\d+)?$/);
      expect(
        [...performers, ...(certification?.certifiers ?? [])].filter(
          (taxonomy) => !/^(\d{3}[A-Z]?|[0-9A-Z]{9}X)$/.test(taxonomy),
        ),
      ).toEqual([]);
      expect([undefined, ...UNIT_METHODS]).toContain(unitMethod);
    }
  });

  it('counts units as its row says', () => {
    expect(PAYER_PROFILES.map((name) => payerProfile(name).unitMethod ?? 'none')).toEqual([
      'none',
      'CMS_TOTAL_TIME',
      'none',
      'none',
      'AMA_PER_CODE',
    ]);
  });
});
