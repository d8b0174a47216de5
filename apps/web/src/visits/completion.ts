/** The end of a visit: its times, minutes, pain and narrative, and what would be refused of them, all at once. */
import type { UnitTie } from '@fascia/clinical';
import type { SESSION_REFUSALS } from '@fascia/session/contract';
import type { BodyOf } from '../api/commands.js';
import type { Visit } from './rows.js';

export const NARRATIVE = ['subjective', 'objective', 'assessment', 'plan'] as const;
export type Part = (typeof NARRATIVE)[number];

export interface Typed {
  /** `HH:MM` of the visit's day, where it was typed. */
  readonly began?: string;
  readonly ended?: string;
  readonly minutes?: number;
  readonly nprsPost?: number;
  readonly narrative: Readonly<Record<Part, string>>;
  /** Codes preferred between equal claims to the last unit. */
  readonly unitChoice: readonly string[];
}

export const NOTHING_TYPED: Typed = {
  narrative: { subjective: '', objective: '', assessment: '', plan: '' },
  unitChoice: [],
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** As the service bounds a visit. */
const LONGEST_MS = 8 * HOUR_MS;

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** `14:05`, in the zone of this browser. */
export const clockOf = (moment: number): string => {
  const at = new Date(moment);
  return `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
};

/** That time on the day of a moment, or so many days from it; nothing of what is no time. */
const onDayOf = (day: number, clock: string, days = 0): number | undefined => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const at = new Date(day);
  at.setDate(at.getDate() + days);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  return at.getTime();
};

/** When clocks showed that time, or will: of all days the nearest to a moment. Midnight may lie between the two. */
const nearestTo = (moment: number, clock: string): number | undefined =>
  [-1, 0, 1]
    .map((days) => onDayOf(moment, clock, days))
    .filter((at) => at !== undefined)
    .toSorted((a, b) => Math.abs(a - moment) - Math.abs(b - moment))[0];

const wholeMinute = (moment: number): number => Math.floor(moment / MINUTE_MS) * MINUTE_MS;

type Timed = Pick<Visit, 'start' | 'end' | 'enteredStateAt' | 'lateEntry'>;

export interface Times {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** From when treatment began until now; of what was entered late as it was entered. A visit may go on after midnight. */
export const timesOf = (
  { began, ended }: Pick<Typed, 'began' | 'ended'>,
  visit: Timed,
  now: number,
): Times => {
  const late = visit.lateEntry !== null;
  const from = wholeMinute(Date.parse(late ? visit.start : visit.enteredStateAt));
  const until = wholeMinute(late ? Date.parse(visit.end) : now);
  const start = began === undefined ? from : nearestTo(from, began);
  if (ended === undefined || start === undefined) return { start, end: until };
  const end = onDayOf(start, ended);
  return { start, end: end !== undefined && end < start ? onDayOf(start, ended, 1) : end };
};

/** Those of the visit's refusals that can be told before it is completed. */
export type Refused = Extract<
  keyof typeof SESSION_REFUSALS,
  'SESSION_PERIOD_INVALID' | 'SESSION_FUTURE' | 'SESSION_MINUTES_MISMATCH' | 'SESSION_NPRS_RANGE'
>;

export interface Judging {
  readonly visit: Pick<Visit, 'interventions'> & Timed;
  readonly now: number;
}

const treatedMinutes = ({ interventions }: Pick<Visit, 'interventions'>): number =>
  interventions.reduce((sum, { minutes }) => sum + minutes, 0);

const timedMinutes = ({ interventions }: Pick<Visit, 'interventions'>): number =>
  treatedMinutes({ interventions: interventions.filter(({ timed }) => timed) });

/** All that was recorded, where nobody says otherwise: rest is not counted. */
export const minutesOf = ({ minutes }: Pick<Typed, 'minutes'>, visit: Pick<Visit, 'interventions'>): number =>
  minutes ?? treatedMinutes(visit);

export const refusedOf = (typed: Typed, { visit, now }: Judging): readonly Refused[] => {
  const { start, end } = timesOf(typed, visit, now);
  if (start === undefined || end === undefined) return ['SESSION_PERIOD_INVALID'];
  const length = end - start;
  const minutes = minutesOf(typed, visit);
  const checks: readonly (readonly [Refused, boolean])[] = [
    ['SESSION_FUTURE', end > now],
    ['SESSION_PERIOD_INVALID', length <= 0 || length > LONGEST_MS],
    ['SESSION_MINUTES_MISMATCH', minutes < timedMinutes(visit) || minutes * MINUTE_MS > length],
    ['SESSION_NPRS_RANGE', typed.nprsPost === undefined],
  ];
  return checks.filter(([, stands]) => stands).map(([code]) => code);
};

/** The service takes no empty part of a note. */
export const partsLacking = ({ narrative }: Pick<Typed, 'narrative'>): readonly Part[] =>
  NARRATIVE.filter((part) => narrative[part].trim() === '');

/** @returns nothing while something stands in the way */
export const completionOf = (
  typed: Typed,
  judging: Judging,
): BodyOf<'sessions', 'CompleteSession'> | undefined => {
  const { start, end } = timesOf(typed, judging.visit, judging.now);
  const { nprsPost, narrative, unitChoice } = typed;
  if (refusedOf(typed, judging).length > 0 || partsLacking(typed).length > 0) return undefined;
  if (start === undefined || end === undefined || nprsPost === undefined) return undefined;
  return {
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    totalTreatmentMinutes: minutesOf(typed, judging.visit),
    nprsPost,
    narrative: {
      subjective: narrative.subjective.trim(),
      objective: narrative.objective.trim(),
      assessment: narrative.assessment.trim(),
      plan: narrative.plan.trim(),
    },
    ...(unitChoice.length === 0 ? {} : { unitChoice: [...unitChoice] }),
  };
};

/** Words of the plan go in on a line of their own. */
export const withWords = (typed: Typed, part: Part, words: string): Typed => {
  const before = typed.narrative[part].trimEnd();
  return {
    ...typed,
    narrative: { ...typed.narrative, [part]: before === '' ? words : `${before}\n${words}` },
  };
};

/** At most as many as there are units to give. */
export const chosen = (tie: UnitTie, before: readonly string[], code: string): readonly string[] =>
  before.includes(code) ? before.filter((one) => one !== code) : [...before, code].slice(-tie.places);
