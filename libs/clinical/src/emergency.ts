/**
 * What to do when a flag is an emergency, and which number to dial (docs/domain/safety.md#emergencies). The steps are our own words, version
 * 1; a clinician signs them off, and an installation translates them by their keys.
 */
import { redFlag, type RedFlagId } from './red-flags.js';

export const CALL_SCRIPTS = ['call', 'ambulance'] as const;
export type CallScript = (typeof CALL_SCRIPTS)[number];

const RECORD = 'Record the call, and whether you reached somebody: a message does not stand for it.';

export const CALL_STEPS: Readonly<Record<CallScript, readonly string[]>> = {
  call: [
    'Stop treatment now and stay with the patient.',
    'Send the patient to an emergency department at once, not alone and not driving; if they get worse, dial the emergency number.',
    'Phone the referring physician: who you are, which patient, what you found and since when, where the patient is going.',
    RECORD,
  ],
  ambulance: [
    'Stop treatment now and stay with the patient.',
    'Dial the emergency number at once, say what you see and where you are, and do what they tell you.',
    'When the patient is cared for, phone the referring physician: which patient, what you found and since when, where they were taken.',
    RECORD,
  ],
};

export const callScriptOf = (id: RedFlagId): CallScript =>
  redFlag(id).effects.includes('ambulance-script') ? 'ambulance' : 'call';

/** By ISO 3166 country, two letters or three. Product default: an installation knows its own. */
export const EMERGENCY_NUMBERS: Readonly<Record<string, string>> = {
  US: '911',
  USA: '911',
  CA: '911',
  CAN: '911',
  GB: '999',
  GBR: '999',
  IE: '112',
  IRL: '112',
  AU: '000',
  AUS: '000',
  NZ: '111',
  NZL: '111',
};

/** Reaches somebody from most mobile phones of the world. */
const ANYWHERE = '112';

/** @param country of the one who dials; where it is not known, the number that most networks take */
export const emergencyNumberIn = (country: string | undefined): string =>
  Object.entries(EMERGENCY_NUMBERS).find(([known]) => known === country?.toUpperCase())?.[1] ?? ANYWHERE;
