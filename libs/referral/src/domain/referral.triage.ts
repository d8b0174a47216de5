/** What a recipient answers: questions, yes, no, and a no taken back. Rows 6 to 9 and 24 of the transition table. */
import { happened } from '@fascia/kernel';
import { businessDaysAfter } from '@fascia/clinical/calendar';
import type { ReferralCommandOf } from '../contract/commands.js';
import { refuse } from '../contract/refusals.js';
import { bookingsOf, type Answer, type Context, type Placed } from './deciding.js';
import { documentsOfAnswersAreFiled } from './referral.documents.js';
import { currentLeg, validUntilIn } from './referral.state.js';
import { misfit, patientLives, recipientUnfit, sharingIsOpen } from './referral.policies.js';

export const requestInformation = (
  command: ReferralCommandOf<'RequestInformation'>,
  state: Placed,
): Answer => {
  if (state.treatmentStarted || state.booked.length > 0) {
    return refuse(
      'REFERRAL_VISIT_BOOKED',
      'Questions that stop the work are asked before a visit is booked; send a message instead.',
    );
  }
  const ids = command.questions.map((question) => question.questionId);
  if (new Set(ids).size !== ids.length)
    return refuse('QUESTION_ID_REPEATED', 'Every question has an id of its own.', { pointer: '/questions' });
  return happened({ type: 'ReferralInformationRequested', data: { questions: [...command.questions] } });
};

export const supplyInformation = (
  command: ReferralCommandOf<'SupplyInformation'>,
  state: Placed,
  { facts }: Context,
): Answer => {
  const mandatory = state.phase.stage === 'InfoRequested' ? state.phase.mandatory : [];
  const answered = new Set(command.answers.map((answer) => answer.questionId));
  const open = mandatory.filter((id) => !answered.has(id));
  if (open.length > 0)
    return refuse('INFORMATION_INCOMPLETE', 'Every mandatory question is answered.', {
      pointer: '/answers',
      about: { questionIds: open },
    });
  const refusal = documentsOfAnswersAreFiled(command.answers, facts);
  return refusal === undefined
    ? happened({ type: 'ReferralInformationSupplied', data: { answers: [...command.answers] } })
    : { ok: false, refusal };
};

export const accept = (
  command: ReferralCommandOf<'AcceptReferral'>,
  state: Placed,
  { at, facts }: Context,
): Answer => {
  const recipient = currentLeg(state).recipient;
  const stopped = patientLives(state, facts) ?? sharingIsOpen(recipient?.organizationId ?? '', facts);
  if (stopped !== undefined) return { ok: false, refusal: stopped };
  if (at > validUntilIn(state, facts.calendar.zone))
    return refuse(
      'REFERRAL_VALIDITY_OVER',
      'The referral is no longer valid: decline it, so that the physician can decide.',
    );
  const listingId = recipient?.listingId ?? '';
  const listing = facts.listings.find((known) => known.listingId === listingId);
  const why = listing === undefined ? 'not-published' : misfit(listing, state.content, facts);
  if (why !== undefined) return { ok: false, refusal: recipientUnfit(why, listingId) };
  return happened({
    type: 'ReferralAccepted',
    data: command.note === undefined ? {} : { note: command.note },
  });
};

export const decline = (command: ReferralCommandOf<'DeclineReferral'>, state: Placed): Answer => {
  const { reason, note, urgency, flagIds = [], flags = [] } = command;
  const named = flags.length > 0 || (flagIds.length > 0 && urgency !== undefined);
  if (reason === 'red-flag' && !named) {
    return refuse(
      'RED_FLAG_UNNAMED',
      'Declining for a red flag names what was seen (flags), or flags that are raised and how urgent they are.',
      { pointer: '/flags' },
    );
  }
  return happened({
    type: 'ReferralDeclined',
    data: {
      reason,
      flagIds: [...flagIds],
      bookingsCancelled: bookingsOf(state),
      ...(note === undefined ? {} : { note }),
      ...(urgency === undefined ? {} : { urgency }),
      ...(reason === 'red-flag' && flags.length > 0 ? { catalogueIds: [...new Set(flags)] } : {}),
    },
  });
};

export const reverseDecline = (
  { reason }: ReferralCommandOf<'ReverseDecline'>,
  state: Placed,
  { at, facts }: Context,
): Answer => {
  const { phase } = state;
  const days = facts.profile.reverseDeclineBusinessDays;
  const until = phase.stage === 'Declined' ? businessDaysAfter(phase.at, days, facts.calendar) : at;
  return at > until
    ? refuse(
        'DECLINE_TOO_OLD',
        `A decline can be taken back for ${String(days)} business days; the physician can send the referral here again.`,
      )
    : happened({ type: 'ReferralDeclineReversed', data: { reason } });
};
