/** Completing, signing and amending the note of a session (docs/domain/session.md#note). */
import { allocateUnits, payerProfile, type PayerProfileName } from '@fascia/clinical';
import { DAY_MS, elapsedMs, MINUTE_MS, normalInstant } from '@fascia/clinical/calendar';
import { happened, type Instant } from '@fascia/kernel';
import type { SessionCommandOf } from '../contract/commands.js';
import type { ComplianceFlag, SessionUnits } from '../contract/events.js';
import { refuse, type SessionRefusal } from '../contract/refusals.js';
import type { Answer, Context, PlanFact, SessionFacts } from './facts.js';
import { exceedsJointTime } from './joint-time.js';
import type { ExistingSession, PerformedSession, Visit } from './session.js';
import { isSameVisit, visitFollowsOrder } from './late-entry.js';
import {
  noEmergency,
  nprsFault,
  performerIsAllowed,
  periodFault,
  therapistIsLicensed,
} from './session.policies.js';

/** Contractors may expect an entry within a week (docs/domain/sources.md#s15). */
const LATE_AFTER_DAYS = 7;

const isLate = (end: Instant, at: Instant): boolean => elapsedMs(end, at) > LATE_AFTER_DAYS * DAY_MS;

type Completion = SessionCommandOf<'CompleteSession'>;

type Timings = Pick<SessionFacts, 'timings'>;

/** What was recorded before the table was asked may say of an untimed code that it is timed. */
const timedOf = ({ interventions }: Visit, { timings }: Timings): Visit['interventions'] =>
  interventions.filter(({ timed, cpt }) => timed && timings.get(cpt) !== 'untimed');

const unitsOf = (
  name: PayerProfileName,
  timed: Visit['interventions'],
  choice: readonly string[],
): SessionUnits | undefined => {
  const { unitMethod, version } = payerProfile(name);
  if (unitMethod === undefined) return undefined;
  const { method, totalUnits, byCode, tie } = allocateUnits(unitMethod, timed, choice);
  return {
    method,
    profileVersion: version,
    totalUnits,
    byCode: [...byCode],
    ...(tie === undefined ? {} : { tie: { ...tie, candidates: [...tie.candidates] } }),
  };
};

const certificationFlag = (plan: PlanFact | undefined, day: string): ComplianceFlag | undefined => {
  if (plan?.certification === undefined) return undefined;
  const { due, until } = plan.certification;
  if (until === undefined) return day > due ? 'CERTIFICATION_OVERDUE' : undefined;
  return day > until ? 'CERTIFICATION_LAPSED' : undefined;
};

/** Lapses only flag: care that was given must be documentable. */
const complianceOf = (
  visit: Visit,
  day: string,
  {
    plan,
    units,
    late,
    overlapping,
  }: {
    readonly plan: PlanFact | undefined;
    readonly units: SessionUnits | undefined;
    readonly late: boolean;
    readonly overlapping: boolean;
  },
): readonly ComplianceFlag[] => {
  const checks: readonly (readonly [ComplianceFlag, boolean])[] = [
    ['PLAN_PERIOD_OVER', plan !== undefined && day > plan.periodEnd],
    ['DEVIATION_FROM_PLAN', visit.interventions.some(({ deviations }) => deviations.length > 0)],
    ['UNIT_TIE_UNSETTLED', units?.tie?.settled === false],
    ['LATE_ENTRY', late],
    ['ONE_TO_ONE_OVERLAP', overlapping],
  ];
  const certification = certificationFlag(plan, day);
  return [
    ...(certification === undefined ? [] : [certification]),
    ...checks.filter(([, holds]) => holds).map(([flag]) => flag),
  ];
};

const minutesFault = (
  timed: number,
  treatment: number,
  start: Instant,
  end: Instant,
): SessionRefusal | undefined =>
  Number.isInteger(treatment) && timed <= treatment && treatment * MINUTE_MS <= elapsedMs(start, end)
    ? undefined
    : {
        code: 'SESSION_MINUTES_MISMATCH',
        detail: `Treatment minutes are whole, at least the ${String(timed)} timed minutes recorded, and fit between start and end.`,
        pointer: '/totalTreatmentMinutes',
        about: { totalTimedMinutes: timed },
      };

export const complete = (command: Completion, state: ExistingSession, { at, id, facts }: Context): Answer => {
  const [start, end] = [normalInstant(command.start), normalInstant(command.end)];
  const { totalTreatmentMinutes, nprsPost, narrative, unitChoice = [] } = command;
  const timed = timedOf(state, facts);
  const totalTimedMinutes = timed.reduce((sum, { minutes }) => sum + minutes, 0);
  if (end > at) return refuse('SESSION_FUTURE', 'A session is completed after its end.', { pointer: '/end' });
  const refusal =
    noEmergency(state, id, facts) ??
    periodFault({ start, end }) ??
    visitFollowsOrder({ start, end }, facts) ??
    isSameVisit({ start, end }, state) ??
    nprsFault(nprsPost, '/nprsPost') ??
    minutesFault(totalTimedMinutes, totalTreatmentMinutes, start, end);
  if (refusal !== undefined) return { ok: false, refusal };
  const units = unitsOf(state.payerProfile, timed, unitChoice);
  const flags = complianceOf(state, facts.day, {
    plan: facts.plan,
    units,
    late: state.enteredLate || isLate(end, at),
    overlapping: exceedsJointTime({ start, end, timedMinutes: totalTimedMinutes }, facts.beside),
  });
  return happened({
    type: 'SessionPerformed',
    data: {
      start,
      end,
      totalTimedMinutes,
      totalTreatmentMinutes,
      nprsPost,
      narrative,
      complianceFlags: [...flags],
      ...(units === undefined ? {} : { units }),
    },
  });
};

const notTheirs = ({ therapistId }: PerformedSession, detail: string): SessionRefusal => ({
  code: 'SESSION_NOT_THE_THERAPIST',
  detail,
  about: { therapistId },
});

/** The one who treated answers for the note; where they cannot, a colleague who may treat such a patient, and says why. */
const signerFault = (
  state: PerformedSession,
  reason: string | undefined,
  { by, facts }: Context,
): SessionRefusal | undefined => {
  if (by.practitionerId === state.therapistId) return therapistIsLicensed(facts);
  return reason === undefined
    ? {
        ...notTheirs(
          state,
          'The therapist of the session signs its note; where they cannot, a colleague signs and says why (reason).',
        ),
        pointer: '/reason',
      }
    : (therapistIsLicensed(facts) ?? performerIsAllowed(state, facts));
};

/** Who signed may add to what they signed; so may the one who treated. */
const amenderFault = (state: PerformedSession, { by, facts }: Context): SessionRefusal | undefined =>
  by.practitionerId === state.therapistId || by.practitionerId === state.signedBy
    ? therapistIsLicensed(facts)
    : notTheirs(state, 'The note is amended by the therapist of the session, or by who signed it.');

const signedBy = ({
  by,
  at,
  facts,
}: Context): { signature: { practitionerId: string; at: string }; credential: string } => ({
  signature: { practitionerId: by.practitionerId ?? by.sub, at },
  credential: facts.therapist?.credential ?? '',
});

export const sign = (
  { reason }: SessionCommandOf<'SignSession'>,
  state: PerformedSession,
  context: Context,
): Answer => {
  const refusal = signerFault(state, reason, context);
  if (refusal !== undefined) return { ok: false, refusal };
  const { performed } = state;
  // The other visit may have been documented since.
  const overlapping =
    !performed.complianceFlags.includes('ONE_TO_ONE_OVERLAP') &&
    exceedsJointTime({ ...performed, timedMinutes: performed.totalTimedMinutes }, context.facts.beside);
  return happened({
    type: 'SessionSigned',
    data: {
      ...signedBy(context),
      ...(reason === undefined || context.by.practitionerId === state.therapistId
        ? {}
        : { substituteReason: reason }),
      complianceFlags: [
        ...(isLate(performed.end, context.at) ? (['LATE_SIGNATURE'] as const) : []),
        ...(overlapping ? (['ONE_TO_ONE_OVERLAP'] as const) : []),
      ],
    },
  });
};

export const amend = (
  { text, reason }: SessionCommandOf<'AmendSession'>,
  state: PerformedSession,
  context: Context,
): Answer => {
  const refusal = amenderFault(state, context);
  if (refusal !== undefined) return { ok: false, refusal };
  if (state.amendments.some((earlier) => earlier.text === text && earlier.reason === reason))
    return happened();
  return happened({ type: 'SessionAmended', data: { text, reason, ...signedBy(context) } });
};
