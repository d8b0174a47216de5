/** Pausing, cancelling and ending a placed referral: rows 17, 18, 20, 21, 23, 26 and 27 of the transition table. */
import { dayOf, daysAfter, endOfDay } from '@fascia/clinical/calendar';
import { happened } from '@fascia/kernel';
import type { ReferralEvent } from '../contract/events.js';
import type { ReferralCommandOf } from '../contract/commands.js';
import { refuse, type ReferralRefusal } from '../contract/refusals.js';
import type { CareFact } from './facts.js';
import {
  bookingsOf,
  isReferrerSide,
  signatureOf,
  type Answer,
  type Context,
  type Placed,
} from './deciding.js';
import { patientLives, signerMaySign } from './referral.policies.js';
import { validUntilIn } from './referral.state.js';

export const hold = (command: ReferralCommandOf<'HoldReferral'>, state: Placed, context: Context): Answer => {
  const { profile, calendar } = context.facts;
  const today = dayOf(context.at, calendar.zone);
  const latest = daysAfter(today, profile.holdMaxDays);
  const { reviewBy = daysAfter(today, profile.safetyReviewDays) } = command;
  if (reviewBy > latest || reviewBy < today) {
    return refuse('HOLD_REVIEW_DATE', `A hold is reviewed between today and ${latest}.`, {
      pointer: '/reviewBy',
    });
  }
  const holder =
    command.flagId !== undefined ? 'safety' : isReferrerSide(state, context) ? 'referrer' : 'recipient';
  return happened({
    type: 'ReferralPutOnHold',
    data: {
      holder,
      reason: command.reason,
      reviewBy,
      bookingsCancelled: command.flagId === undefined ? [] : bookingsOf(state),
      ...(command.flagId === undefined ? {} : { flagId: command.flagId }),
    },
  });
};

export const resume = (
  _command: ReferralCommandOf<'ResumeReferral'>,
  state: Placed,
  context: Context,
): Answer => {
  const { phase } = state;
  if (phase.stage !== 'OnHold') return refuse('REFERRAL_NOT_ON_HOLD', 'The referral is not on hold.');
  const dead = patientLives(state, context.facts);
  if (dead !== undefined) return { ok: false, refusal: dead };
  if (context.facts.flags.some((flag) => flag.open)) {
    return refuse(
      'RED_FLAG_OPEN',
      'A red flag is open: a physician clears it, with the reason, before care goes on.',
    );
  }
  if (phase.holder === 'referrer' && !isReferrerSide(state, context)) {
    return refuse('HOLD_IS_THE_REFERRERS', 'The referrer put this on hold and takes it off.');
  }
  return happened({ type: 'ReferralResumed', data: {} });
};

export const requestCancellation = (
  command: ReferralCommandOf<'RequestCancellation'>,
  state: Placed,
  { facts }: Context,
): Answer => {
  const { reason, deceased = false } = command;
  const asked: ReferralEvent = { type: 'ReferralCancellationRequested', data: { reason, deceased } };
  const beforeTreatment = state.phase.stage === 'Accepted' || state.phase.stage === 'Booked';
  const atOnce = deceased || (beforeTreatment && facts.profile.cancelBeforeTreatment === 'AUTO');
  return atOnce ? happened<ReferralEvent>(asked, { type: 'ReferralCancelled', data: {} }) : happened(asked);
};

export const confirmCancellation = (
  _command: ReferralCommandOf<'ConfirmCancellation'>,
  _state: Placed,
  { facts }: Context,
): Answer => {
  if (facts.care.inProgress > 0)
    return refuse('SESSION_IN_PROGRESS', 'A session is in progress: end it first.');
  if (facts.care.performedUnsigned > 0)
    return refuse(
      'SESSION_UNSIGNED',
      'Sessions that took place are signed before the referral is cancelled.',
    );
  return happened({ type: 'ReferralCancelled', data: {} });
};

const UNMET = 'OUTCOME_GOALS_UNMET';

/** What is called goals-met has met every goal of its plan, or the therapist says why it is called so. */
const goalsAreMet = (
  { kind, goalsMetReason }: ReferralCommandOf<'ReportOutcome'>,
  { goals }: CareFact,
): ReferralRefusal | undefined => {
  if (kind !== 'goals-met' || goalsMetReason !== undefined) return undefined;
  if (goals === undefined)
    return {
      code: UNMET,
      detail:
        'There is no signed plan with goals that could be met: say why it is called so (goalsMetReason).',
      pointer: '/goalsMetReason',
    };
  const { planId, unmet } = goals;
  return unmet.length === 0
    ? undefined
    : {
        code: UNMET,
        detail:
          'By what was measured last, goals of the plan are not met: measure again, choose another kind, or say why it is called so (goalsMetReason).',
        pointer: '/goalsMetReason',
        about: {
          planId,
          goalIds: unmet.map(({ goalId }) => goalId),
          pointers: unmet.map(({ pointer }) => pointer),
        },
      };
};

export const reportOutcome = (
  command: ReferralCommandOf<'ReportOutcome'>,
  state: Placed,
  context: Context,
): Answer => {
  const { care } = context.facts;
  const unsigned = signerMaySign(state, context.facts);
  if (unsigned !== undefined) return { ok: false, refusal: unsigned };
  if (care.notEnded > 0) {
    return refuse(
      'SESSION_NOT_ENDED',
      'Every session is signed, cancelled or a no-show before the outcome is reported.',
      { about: { sessionIds: care.upcoming } },
    );
  }
  if (care.performedUnsigned > 0)
    return refuse('SESSION_UNSIGNED', 'Sessions that took place are signed before the outcome is reported.');
  if (care.finalMeasureIds.length === 0 && command.noFinalMeasuresReason === undefined) {
    return refuse(
      'OUTCOME_WITHOUT_MEASURES',
      'Final measures are recorded, or the reason why there are none.',
      { pointer: '/noFinalMeasuresReason' },
    );
  }
  const unmet = goalsAreMet(command, care);
  if (unmet !== undefined) return { ok: false, refusal: unmet };
  const { goalsMetReason } = command;
  return happened({
    type: 'ReferralOutcomeReported',
    data: {
      kind: command.kind,
      summary: command.summary,
      finalMeasureIds: [...care.finalMeasureIds],
      signature: signatureOf(context),
      ...(goalsMetReason === undefined || command.kind !== 'goals-met'
        ? {}
        : { goalsMetReason, unmetGoalIds: (care.goals?.unmet ?? []).map(({ goalId }) => goalId) }),
      ...(command.noFinalMeasuresReason === undefined
        ? {}
        : { noFinalMeasuresReason: command.noFinalMeasuresReason }),
    },
  });
};

export const amendOutcome = (
  { addendum, reason }: ReferralCommandOf<'AmendOutcome'>,
  state: Placed,
  context: Context,
): Answer => {
  const unsigned = signerMaySign(state, context.facts);
  return unsigned === undefined
    ? happened({
        type: 'ReferralOutcomeAmended',
        data: { addendum, reason, signature: signatureOf(context) },
      })
    : { ok: false, refusal: unsigned };
};

export const expire = (
  _command: ReferralCommandOf<'ExpireReferral'>,
  state: Placed,
  { at, facts }: Context,
): Answer => {
  const validUntil = validUntilIn(state, facts.calendar.zone);
  if (at <= validUntil) return refuse('REFERRAL_STILL_VALID', 'The referral is still valid.');
  if (state.treatmentStarted)
    return refuse('TREATMENT_STARTED', 'A referral under treatment does not expire.');
  const lastDay = daysAfter(dayOf(validUntil, facts.calendar.zone), facts.profile.expiryGraceDays);
  const graceEnds = endOfDay(lastDay, facts.calendar.zone);
  if (state.booked.some((visit) => visit.start <= graceEnds && visit.start >= at)) {
    return refuse('VISIT_WITHIN_GRACE', 'A visit is booked within the days of grace.');
  }
  return happened({ type: 'ReferralExpired', data: {} });
};
