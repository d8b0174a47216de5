/**
 * Payer policy profiles (docs/domain/plan.md#payers): who may perform and certify, and what must be certified when. The
 * version is stamped on events that a profile decided. Sources: NUCC, Health Care Provider Taxonomy, for the codes of
 * people; 42 CFR 410.61 and 424.24 for Medicare's certification; CMS Claims Processing Manual ch. 5, section 20.2, and the
 * AMA's rule for units. Where nobody fixes a number, the product does.
 */
export const PAYER_PROFILES = [
  'SELF-PAY',
  'US-MEDICARE-B',
  'US-VA-MASSAGE-INIT',
  'US-VA-MASSAGE-CONT',
  'COMMERCIAL-MASSAGE',
] as const;

export type PayerProfileName = (typeof PAYER_PROFILES)[number];

/** How minutes become units of 15-minute codes: over all codes of a day, or code by code. */
export const UNIT_METHODS = ['CMS_TOTAL_TIME', 'AMA_PER_CODE'] as const;
export type UnitMethod = (typeof UNIT_METHODS)[number];

export interface PayerProfile {
  readonly version: string;
  /** Who may treat; empty: anybody licensed. */
  readonly performers: readonly string[];
  readonly certification?: {
    /** Who may certify a plan. */
    readonly certifiers: readonly string[];
    /** From the first treatment day, evaluations included (42 CFR 410.61, 424.24). */
    readonly initialDueDays: number;
    readonly periodMaxDays: number;
  };
  readonly planMaxDays: number;
  readonly unitMethod?: UnitMethod;
}

const PHYSICAL_THERAPIST = '225100000X';
const OCCUPATIONAL_THERAPIST = '225X00000X';
const MASSAGE_THERAPIST = '225700000X';
/** NUCC groups 207 and 208 are physicians; nurse practitioner, clinical nurse specialist, physician assistant. */
const PHYSICIANS_AND_NPPS = ['207', '208', '363L', '364S', '363A'] as const;

/** Product default where no source fixes a number. */
const PLAN_MAX_DAYS = 365;

// prettier-ignore
const PROFILES: Readonly<Record<PayerProfileName, PayerProfile>> = {
  'SELF-PAY': { version: '1', performers: [], planMaxDays: PLAN_MAX_DAYS },
  'US-MEDICARE-B': {
    version: '2026.1',
    performers: [PHYSICAL_THERAPIST, OCCUPATIONAL_THERAPIST, ...PHYSICIANS_AND_NPPS],
    certification: { certifiers: PHYSICIANS_AND_NPPS, initialDueDays: 30, periodMaxDays: 90 },
    planMaxDays: 90,
    unitMethod: 'CMS_TOTAL_TIME',
  },
  'US-VA-MASSAGE-INIT': { version: '1', performers: [MASSAGE_THERAPIST], planMaxDays: PLAN_MAX_DAYS },
  'US-VA-MASSAGE-CONT': { version: '1', performers: [MASSAGE_THERAPIST], planMaxDays: PLAN_MAX_DAYS },
  'COMMERCIAL-MASSAGE': { version: '1', performers: [MASSAGE_THERAPIST, PHYSICAL_THERAPIST], planMaxDays: PLAN_MAX_DAYS, unitMethod: 'AMA_PER_CODE' },
};

export const payerProfile = (name: PayerProfileName): PayerProfile => PROFILES[name];

/** Taxonomies are matched by prefix: a group code stands for its specialties. */
export const hasTaxonomy = (taxonomies: readonly string[], allowed: readonly string[]): boolean =>
  taxonomies.some((taxonomy) => allowed.some((prefix) => taxonomy.startsWith(prefix)));

/** Any licensed person may perform where a profile names nobody. */
export const mayPerform = (profile: PayerProfile, taxonomies: readonly string[]): boolean =>
  profile.performers.length === 0 ? taxonomies.length > 0 : hasTaxonomy(taxonomies, profile.performers);
