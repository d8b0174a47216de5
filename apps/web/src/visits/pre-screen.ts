/** What is asked before each treatment: every answer given anew, by hand. */
import { RED_FLAG_QUESTIONS, vitalFinding, type RedFlagId, type RedFlagQuestion } from '@fascia/clinical';
import type { BodyOf } from '../api/commands.js';

export const YES_NO = ['no', 'yes'] as const;
export type YesNo = (typeof YES_NO)[number];

type Vitals = NonNullable<BodyOf<'sessions', 'RecordPreScreen'>['vitals']>;
export type VitalSign = keyof Vitals;

/** As the command bounds them. */
export const VITAL_SIGNS = [
  ['sbpMmHg', 0, 400],
  ['dbpMmHg', 0, 300],
  ['heartRatePerMin', 0, 400],
  ['spo2Percent', 0, 100],
  ['tempCelsius', 20, 50],
] as const satisfies readonly (readonly [VitalSign, min: number, max: number])[];

/** Vital signs are measured, not asked. */
const MEASURED: RedFlagId = 'F10';

export const ASKED: readonly RedFlagQuestion[] = RED_FLAG_QUESTIONS.filter(({ id }) => id !== MEASURED);
export const MEASURED_QUESTION = RED_FLAG_QUESTIONS.find(({ id }) => id === MEASURED);

export interface Typed {
  readonly answers: Readonly<Partial<Record<RedFlagId, YesNo>>>;
  readonly vitals: Readonly<Partial<Record<VitalSign, number>>>;
  readonly skinIntact?: YesNo;
  readonly consentVerbal?: YesNo;
  readonly nprsPre?: number;
}

export const NOTHING_ANSWERED: Typed = { answers: {}, vitals: {} };

/** @returns what nobody has answered yet, in the order in which it is asked */
export const unanswered = ({ answers, skinIntact, consentVerbal, nprsPre }: Typed): readonly string[] => [
  ...ASKED.flatMap(({ id }) => (answers[id] === undefined ? [id] : [])),
  ...(skinIntact === undefined ? ['skinIntact'] : []),
  ...(consentVerbal === undefined ? ['consentVerbal'] : []),
  ...(nprsPre === undefined ? ['nprsPre'] : []),
];

/** @returns nothing while anything is unanswered: silence is no answer */
export const preScreenOf = (typed: Typed): BodyOf<'sessions', 'RecordPreScreen'> | undefined => {
  const { answers, vitals, skinIntact, consentVerbal, nprsPre } = typed;
  if (unanswered(typed).length > 0 || nprsPre === undefined) return undefined;
  return {
    flags: ASKED.filter(({ id }) => answers[id] === 'yes').map(({ id }) => id),
    vitals,
    skinIntact: skinIntact === 'yes',
    consentVerbal: consentVerbal === 'yes',
    nprsPre,
  };
};

/** What of the measured is outside its limits, as the service will find. */
export const outsideIn = ({ vitals }: Pick<Typed, 'vitals'>) => vitalFinding(vitals);
