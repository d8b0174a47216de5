/**
 * Red flags (docs/domain/safety.md#red-flags): patterns that bounce a referral or stop a session. Single flags have
 * weak diagnostic accuracy (Finucane et al., JOSPT 2020), so they never diagnose: they force a recorded
 * decision. Rows and limits are configuration to be signed off by a clinician.
 */

import { sitesOverlap, type BodySite } from './body-site.js';

export type Urgency =
  /** Hospital within hours. Starting or continuing a session is impossible. */
  | 'emergency'
  /** A physician within 24 hours. */
  | 'urgent'
  | 'sameDay'
  /** As the law of the place demands. */
  | 'byLaw';

export type FlagEffect =
  | 'stop-session'
  | 'do-not-start'
  | 'bounce-referral'
  | 'hold-referral'
  | 'call-script'
  | 'ambulance-script'
  | 'page-physician'
  | 'notify-physician'
  | 'physician-task'
  | 'hold-site'
  | 'block-neck'
  | 'stop-region'
  | 'recheck'
  | 'never-auto-close'
  | 'restricted-note'
  | 'safeguarding-task';

export interface RedFlag {
  readonly id: `F${string}`;
  /** Names the pattern in screens and translations. */
  readonly key: string;
  readonly urgency: Urgency;
  readonly effects: readonly FlagEffect[];
  /** An answer that raises the urgency of this flag. */
  readonly escalation?: { readonly when: string; readonly urgency: Urgency };
}

const EMERGENCY = [
  'stop-session',
  'do-not-start',
  'bounce-referral',
  'call-script',
  'page-physician',
  'hold-referral',
] as const;

export const RED_FLAG_CATALOGUE_VERSION = '1';

// prettier-ignore
export const RED_FLAGS = [
  { id: 'F01', key: 'suspected-cauda-equina', urgency: 'emergency', effects: EMERGENCY },
  { id: 'F02', key: 'cervical-vascular-signs', urgency: 'emergency', effects: [...EMERGENCY, 'block-neck'] },
  { id: 'F03', key: 'suspected-thrombosis-or-embolism', urgency: 'emergency', effects: EMERGENCY },
  { id: 'F04', key: 'chest-pain-stroke-or-anaphylaxis', urgency: 'emergency',
    effects: [...EMERGENCY, 'ambulance-script'] },
  { id: 'F05', key: 'compartment-signs', urgency: 'emergency', effects: EMERGENCY },
  { id: 'F06', key: 'possible-fracture', urgency: 'urgent',
    effects: ['stop-session', 'hold-site', 'physician-task'] },
  { id: 'F07', key: 'possible-malignancy', urgency: 'urgent',
    effects: ['stop-session', 'stop-region', 'physician-task'] },
  { id: 'F08', key: 'possible-spinal-infection', urgency: 'urgent',
    effects: ['stop-session', 'stop-region', 'physician-task'] },
  { id: 'F09', key: 'progressive-neurological-deficit', urgency: 'urgent',
    effects: ['stop-session', 'hold-site', 'physician-task'] },
  { id: 'F10', key: 'vital-signs-out-of-limits', urgency: 'sameDay', effects: ['do-not-start', 'recheck'] },
  { id: 'F11', key: 'low-mood-or-self-harm', urgency: 'urgent',
    effects: ['notify-physician', 'never-auto-close'],
    escalation: { when: 'self-harm', urgency: 'emergency' } },
  { id: 'F12', key: 'safeguarding-concern', urgency: 'byLaw',
    effects: ['restricted-note', 'safeguarding-task'] },
] as const satisfies readonly RedFlag[];

/** Told to those who treat, and to nobody else. */
const RESTRICTED: readonly string[] = RED_FLAGS.filter(({ effects }: RedFlag) =>
  effects.includes('restricted-note'),
).map(({ id }) => id);

export const isRestrictedFlag = (catalogueId: string): boolean => RESTRICTED.includes(catalogueId);

/** What may stand where others read it too: in an order, in a decline. */
export const OPEN_RED_FLAG_IDS: readonly RedFlagId[] = RED_FLAGS.map(({ id }) => id).filter(
  (id) => !isRestrictedFlag(id),
);

export type RedFlagId = (typeof RED_FLAGS)[number]['id'];

/** Vital signs are measured, mood is asked by who treats, and a safeguarding concern is no question for an order. */
const NOT_ASKED_AT_SENDING: readonly RedFlagId[] = ['F10', 'F11', 'F12'];

/** What has to be answered before an order is sent (guard G4, docs/domain/referral.md#guards). */
export const ASKED_AT_SENDING: readonly RedFlagId[] = RED_FLAGS.map(({ id }) => id).filter(
  (id) => !NOT_ASKED_AT_SENDING.includes(id),
);

export const isRedFlagId = (text: string): text is RedFlagId => RED_FLAGS.some(({ id }) => id === text);

export const redFlag = (id: RedFlagId): RedFlag => {
  const found = RED_FLAGS.find((flag) => flag.id === id);
  if (found === undefined) throw new Error(`no red flag ${id}`);
  return found;
};

/** @param answers what the patient voiced, such as `self-harm`. */
export const urgencyOf = (id: RedFlagId, answers: readonly string[] = []): Urgency => {
  const { urgency, escalation } = redFlag(id);
  return escalation !== undefined && answers.includes(escalation.when) ? escalation.urgency : urgency;
};

/** Whether a session may neither start nor go on while the flag is open. */
export const forbidsSession = (id: RedFlagId, answers: readonly string[] = []): boolean =>
  urgencyOf(id, answers) === 'emergency';

/** Whether a session that has not begun has to wait. */
export const preventsStart = (id: RedFlagId, answers: readonly string[] = []): boolean =>
  forbidsSession(id, answers) ||
  redFlag(id).effects.some((effect) => effect === 'do-not-start' || effect === 'stop-session');

/**
 * Whether work at a place has to stop while the flag stands. What is said to be at one place leaves the others free; a region counts
 * whole where the catalogue stops the region.
 * @param at where the sign is, if it was said
 */
export const forbidsWorkAt = (id: RedFlagId, at: BodySite | undefined, worked: BodySite): boolean => {
  const { effects } = redFlag(id);
  if (at === undefined) return effects.includes('stop-session');
  if (effects.includes('stop-region')) return at.region === worked.region;
  return effects.includes('hold-site') && sitesOverlap(at, worked);
};

/** By when a physician looks at it, hours after it was raised; `sameDay` by the end of the day there. */
export const REVIEW_HOURS: Readonly<Record<Exclude<Urgency, 'sameDay'>, number>> = {
  emergency: 0,
  urgent: 24,
  byLaw: 24,
};

/** At rest, as measured before a session; what was not measured is left out. */
export interface Vitals {
  readonly sbpMmHg?: number | undefined;
  readonly dbpMmHg?: number | undefined;
  readonly heartRatePerMin?: number | undefined;
  readonly spo2Percent?: number | undefined;
}

/** The first value that is too much, or for oxygen saturation the first that is enough. */
export interface VitalLimits {
  readonly version: string;
  readonly source: string;
  readonly sbpMmHg: number;
  readonly dbpMmHg: number;
  readonly heartRatePerMin: number;
  readonly spo2Percent: number;
  readonly recheckAfterMinutes: number;
}

export const DEFAULT_VITAL_LIMITS: VitalLimits = {
  version: '1',
  source: 'DEF: product default, needs a clinician',
  sbpMmHg: 180,
  dbpMmHg: 110,
  heartRatePerMin: 120,
  spo2Percent: 90,
  recheckAfterMinutes: 5,
};

export interface VitalFinding {
  readonly flagId: 'F10';
  readonly outside: readonly (keyof Vitals)[];
  readonly limitsVersion: string;
  readonly recheckAfterMinutes: number;
}

/** Of what was outside, all is measured again and nothing is outside now. */
export const isInsideAgain = (
  outside: readonly string[],
  now: Vitals,
  limits: VitalLimits = DEFAULT_VITAL_LIMITS,
): boolean =>
  outside.every((sign) =>
    Object.entries(now).some(([name, value]) => name === sign && value !== undefined),
  ) && vitalFinding(now, limits) === undefined;

/** @returns nothing when every measured value is inside its limit. */
export const vitalFinding = (
  vitals: Vitals,
  limits: VitalLimits = DEFAULT_VITAL_LIMITS,
): VitalFinding | undefined => {
  const tooHigh = (['sbpMmHg', 'dbpMmHg', 'heartRatePerMin'] as const).filter(
    (sign) => (vitals[sign] ?? -Infinity) >= limits[sign],
  );
  const tooLow = (['spo2Percent'] as const).filter((sign) => (vitals[sign] ?? Infinity) < limits[sign]);
  const outside = [...tooHigh, ...tooLow];
  if (outside.length === 0) return undefined;
  return {
    flagId: 'F10',
    outside,
    limitsVersion: limits.version,
    recheckAfterMinutes: limits.recheckAfterMinutes,
  };
};
