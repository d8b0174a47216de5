/**
 * The decisions about a referral. First the table (is this move in a row from here?), then the rules of the
 * command. Who may do it is decided by the access policy before; a rule here never asks for a role.
 */
import { happened, refuse } from '@fascia/kernel';
import type { Basis, Placement, ReferralEvent } from '../contract/events.js';
import type { OrderContent, Target } from '../contract/order.js';
import { plusBusinessDays, plusDays } from './calendar.js';
import type { ReferralCommand, ReferralCommandOf } from './commands.js';
import { bookingsOf, isReferrerSide, signatureOf, type Answer, type Context, type Placed } from './deciding.js';
import type { ReferralFacts } from './facts.js';
import { currentLeg, stageOf, type Draft, type Leg, type ReferralState } from './referral.js';
import { amendOutcome, confirmCancellation, expire, hold, reportOutcome, requestCancellation, resume } from './referral.closing.js';
import { consentsCovering, contentFault, misfit, recipientUnfit, sendGuards, sharingIsLawful } from './referral.policies.js';
import { circumstanceHolds, legalRow } from './moves.js';
import type { ReferralCommandType } from '../contract/transition-table.js';

type Handlers = { readonly [T in ReferralCommandType]: (command: ReferralCommandOf<T>, state: ReferralState, context: Context) => Answer };

/** For commands whose rows all start from a placed order. */
const placed =
  <C>(decide: (command: C, state: Placed, context: Context) => Answer) =>
  (command: C, state: ReferralState, context: Context): Answer =>
    state.kind === 'placed' ? decide(command, state, context) : refuse('REFERRAL_NOT_PLACED', 'The referral has not been sent.');

const placementOf = (target: Target, { listings }: ReferralFacts): Placement => ({
  target,
  organizationIds: listings.map((listing) => listing.organizationId),
});

const basisOf = (facts: ReferralFacts): Basis => {
  if (facts.profile.basis === 'TREATMENT') return { kind: 'TREATMENT' };
  const consentIds = facts.listings.flatMap((listing) => consentsCovering(facts, listing.organizationId));
  return { kind: 'EXPLICIT', consentIds: [...new Set(consentIds)] };
};

const send = (_command: ReferralCommandOf<'SendReferral'>, state: ReferralState, context: Context): Answer => {
  if (state.kind !== 'draft' || state.content.target === undefined) {
    return refuse('REFERRAL_INCOMPLETE', 'The referral names no recipient.', { about: { missing: ['/content/target'] } });
  }
  const { facts, at } = context;
  const refusal = sendGuards.map((guard) => guard(state, facts)).find((answer) => answer !== undefined);
  if (refusal !== undefined) return { ok: false, refusal };
  const validUntil = state.content.validUntil === undefined ? plusDays(at, facts.profile.validityDays) : `${state.content.validUntil}T23:59:59.999Z`;
  if (validUntil <= at) return refuse('REFERRAL_VALIDITY_OVER', 'The referral would be over before it is sent: choose a later day.', { pointer: '/content/validUntil' });
  return happened({
    type: 'ReferralSent',
    data: {
      patientId: state.patientId,
      referrerOrganizationId: state.referrerOrganizationId,
      legNo: 1,
      placement: placementOf(state.content.target, facts),
      content: state.content,
      diagnosisCodes: facts.diagnoses.map((diagnosis) => diagnosis.code),
      validUntil,
      basis: basisOf(facts),
      signature: signatureOf(context),
    },
  });
};

const claim = (command: ReferralCommandOf<'ClaimReferral'>, state: Placed, { by, facts }: Context): Answer => {
  const leg = currentLeg(state);
  const listingIds = leg.target.kind === 'pool' ? leg.target.listingIds : [];
  const mine = listingIds.filter((_id, index) => leg.organizationIds[index] === by.organizationId);
  const listingId = command.listingId ?? mine[0];
  if (listingId === undefined || !mine.includes(listingId)) {
    return refuse('REFERRAL_NOT_CURRENT_LEG', 'Only a member of the pool may claim, for one of its own listings.', { pointer: '/listingId' });
  }
  const listing = facts.listings.find((known) => known.listingId === listingId);
  const why = listing === undefined ? 'not-published' : misfit(listing, state.content, facts);
  if (why !== undefined) return { ok: false, refusal: recipientUnfit(why, listingId) };
  return happened({ type: 'ReferralClaimed', data: { organizationId: by.organizationId ?? '', listingId } });
};

const requestInformation = (command: ReferralCommandOf<'RequestInformation'>, state: Placed): Answer => {
  if (state.treatmentStarted || state.booked.length > 0) {
    return refuse('REFERRAL_VISIT_BOOKED', 'Questions that stop the work are asked before a visit is booked; send a message instead.');
  }
  const ids = command.questions.map((question) => question.questionId);
  if (new Set(ids).size !== ids.length) return refuse('QUESTION_ID_REPEATED', 'Every question has an id of its own.', { pointer: '/questions' });
  return happened({ type: 'ReferralInformationRequested', data: { questions: [...command.questions] } });
};

const supplyInformation = (command: ReferralCommandOf<'SupplyInformation'>, state: Placed): Answer => {
  const mandatory = state.phase.stage === 'InfoRequested' ? state.phase.mandatory : [];
  const answered = new Set(command.answers.map((answer) => answer.questionId));
  const open = mandatory.filter((id) => !answered.has(id));
  return open.length > 0
    ? refuse('INFORMATION_INCOMPLETE', 'Every mandatory question is answered.', { pointer: '/answers', about: { questionIds: open } })
    : happened({ type: 'ReferralInformationSupplied', data: { answers: [...command.answers] } });
};

const accept = (command: ReferralCommandOf<'AcceptReferral'>, state: Placed, { at, facts }: Context): Answer => {
  if (at > state.validUntil) return refuse('REFERRAL_VALIDITY_OVER', 'The referral is no longer valid: decline it, so that the physician can decide.');
  const listingId = currentLeg(state).recipient?.listingId ?? '';
  const listing = facts.listings.find((known) => known.listingId === listingId);
  const why = listing === undefined ? 'not-published' : misfit(listing, state.content, facts);
  if (why !== undefined) return { ok: false, refusal: recipientUnfit(why, listingId) };
  return happened({ type: 'ReferralAccepted', data: command.note === undefined ? {} : { note: command.note } });
};

const decline = (command: ReferralCommandOf<'DeclineReferral'>, state: Placed): Answer => {
  const { reason, note, urgency, flagIds = [] } = command;
  if (reason === 'red-flag' && (flagIds.length === 0 || urgency === undefined)) {
    return refuse('RED_FLAG_UNNAMED', 'Declining for a red flag names the flags and how urgent they are.', { pointer: '/flagIds' });
  }
  return happened({
    type: 'ReferralDeclined',
    data: {
      reason, flagIds: [...flagIds], bookingsCancelled: bookingsOf(state),
      ...(note === undefined ? {} : { note }), ...(urgency === undefined ? {} : { urgency }),
    },
  });
};

/** Listings that said no before. */
const declinedBefore = (legs: readonly Leg[]): readonly string[] =>
  legs.filter((leg) => leg.ended === 'declined').flatMap((leg) => leg.recipient?.organizationId ?? []);

const redirect = (command: ReferralCommandOf<'RedirectReferral'>, state: Placed, context: Context): Answer => {
  const { facts } = context;
  if (state.legs.length >= facts.profile.maxLegs) {
    return refuse('REFERRAL_TOO_MANY_LEGS', `A referral is placed at most ${String(facts.profile.maxLegs)} times: withdraw it and write a new one.`);
  }
  const again = facts.listings.some((listing) => declinedBefore(state.legs).includes(listing.organizationId));
  if (again && command.overrideReason === undefined) {
    return refuse('RECIPIENT_DECLINED_BEFORE', 'This recipient declined the referral before: say why it is asked again (overrideReason).', { pointer: '/overrideReason' });
  }
  const wanted = command.target.kind === 'directed' ? [command.target.listingId] : command.target.listingIds;
  for (const listingId of wanted) {
    const listing = facts.listings.find((known) => known.listingId === listingId);
    const why = listing === undefined ? 'not-published' : misfit(listing, state.content, facts);
    if (why !== undefined) return { ok: false, refusal: recipientUnfit(why, listingId) };
  }
  const unlawful = sharingIsLawful(state, facts);
  if (unlawful !== undefined) return { ok: false, refusal: unlawful };
  return happened({
    type: 'ReferralRedirected',
    data: {
      legNo: state.legs.length + 1, placement: placementOf(command.target, facts), basis: basisOf(facts), bookingsCancelled: bookingsOf(state),
      ...(command.overrideReason === undefined ? {} : { overrideReason: command.overrideReason }),
    },
  });
};

const bookVisit = (command: ReferralCommandOf<'BookVisit'>, state: Placed): Answer => {
  if (state.booked.some((visit) => visit.sessionId === command.sessionId)) return happened();
  if (state.revisionToAcknowledge) return refuse('REVISION_UNACKNOWLEDGED', 'The order was changed: acknowledge the revision before booking.');
  if (!state.treatmentStarted && command.start > state.validUntil) {
    return refuse('REFERRAL_VALIDITY_OVER', 'The first visit lies within the referral\'s validity.', { pointer: '/start' });
  }
  return happened({ type: 'ReferralVisitBooked', data: { sessionId: command.sessionId, kind: command.kind, start: command.start } });
};

const isBooked = (state: Placed, sessionId: string): boolean => state.booked.some((visit) => visit.sessionId === sessionId);
const notBooked = (): Answer => refuse('VISIT_NOT_BOOKED', 'This visit is not booked under the referral.', { pointer: '/sessionId' });

const reverseDecline = ({ reason }: ReferralCommandOf<'ReverseDecline'>, state: Placed, { at, facts }: Context): Answer => {
  const { phase } = state;
  const until = phase.stage === 'Declined' ? plusBusinessDays(phase.at, facts.profile.reverseDeclineBusinessDays) : at;
  return at > until
    ? refuse('DECLINE_TOO_OLD', `A decline can be taken back for ${String(facts.profile.reverseDeclineBusinessDays)} business days; the physician can send the referral here again.`)
    : happened({ type: 'ReferralDeclineReversed', data: { reason } });
};

/** What makes a revision material: the recipient must look again (domain notes 1.4, row 29). */
const isMaterial = (before: OrderContent, after: OrderContent): boolean =>
  (['diagnosisIds', 'sites', 'precautions', 'requested'] as const).some((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));

const revise = (command: ReferralCommandOf<'ReviseReferral'>, state: Placed, context: Context): Answer => {
  const { target } = state.content;
  const content: OrderContent = { ...command.content, ...(target === undefined ? {} : { target }) };
  const draft: Draft = { ...state, content };
  const refusal = sendGuards.map((guard) => guard(draft, context.facts)).find((answer) => answer !== undefined);
  if (refusal !== undefined) return { ok: false, refusal };
  return happened({
    type: 'ReferralRevised',
    data: { content, reason: command.reason, material: isMaterial(state.content, content), signature: signatureOf(context) },
  });
};

const postMessage = ({ text, documentId }: ReferralCommandOf<'PostMessage'>, state: Placed, context: Context): Answer =>
  text === undefined && documentId === undefined
    ? refuse('MESSAGE_EMPTY', 'A message has a text or a document.')
    : happened({
        type: 'ReferralMessagePosted',
        data: {
          side: isReferrerSide(state, context) ? 'referrer' : 'recipient',
          ...(text === undefined ? {} : { text }), ...(documentId === undefined ? {} : { documentId }),
        },
      });

const HANDLERS: Handlers = {
  DraftReferral: ({ patientId, content }, _state, { by, facts }) => {
    if (facts.patient === undefined) return refuse('PATIENT_UNKNOWN', 'There is no such patient.', { pointer: '/patientId' });
    const merged = facts.patient.mergedInto;
    if (merged !== undefined) return refuse('PATIENT_MERGED', 'This patient record was merged into another: refer the surviving record.', { about: { survivorId: merged } });
    return happened({ type: 'ReferralDrafted', data: { patientId, referrerOrganizationId: by.organizationId ?? '', content } });
  },
  EditDraft: ({ content }) => happened({ type: 'ReferralDraftEdited', data: { content } }),
  DiscardDraft: () => happened({ type: 'ReferralDraftDiscarded', data: {} }),
  SendReferral: send,
  ClaimReferral: placed(claim),
  ReleaseReferral: ({ reason }) => happened({ type: 'ReferralReleased', data: { reason } }),
  AcknowledgeReceipt: () => happened({ type: 'ReferralReceived', data: {} }),
  RequestInformation: placed(requestInformation),
  SupplyInformation: placed(supplyInformation),
  AcceptReferral: placed(accept),
  DeclineReferral: placed(decline),
  ProposeRedirect: ({ listingId, reason }) => happened({ type: 'ReferralRedirectProposed', data: { listingId, reason } }),
  ProposeStop: ({ reason }) => happened({ type: 'ReferralStopProposed', data: { reason } }),
  RejectProposal: ({ reason }) => happened({ type: 'ReferralProposalRejected', data: { reason } }),
  RedirectReferral: placed(redirect),
  BookVisit: placed(bookVisit),
  RecordNoShow: placed(({ sessionId }, state) => {
    const { consecutive, total } = state.missed;
    return isBooked(state, sessionId)
      ? happened({ type: 'ReferralVisitMissed', data: { sessionId, consecutive: consecutive + 1, total: total + 1 } })
      : notBooked();
  }),
  CancelVisit: placed(({ sessionId, by, noticeHours }, state) =>
    isBooked(state, sessionId) ? happened({ type: 'ReferralVisitCancelled', data: { sessionId, by, noticeHours } }) : notBooked(),
  ),
  StartTreatment: ({ sessionId }) => happened({ type: 'ReferralTreatmentStarted', data: { sessionId } }),
  SendInterimNote: ({ documentId }) => happened({ type: 'ReferralInterimNoteSent', data: { documentId } }),
  HoldReferral: placed(hold),
  ResumeReferral: placed(resume),
  WithdrawReferral: ({ reason, deceased = false }) => happened({ type: 'ReferralWithdrawn', data: { reason, deceased } }),
  RequestCancellation: placed(requestCancellation),
  ConfirmCancellation: placed(confirmCancellation),
  RefuseCancellation: ({ reason }) => happened({ type: 'ReferralCancellationRefused', data: { reason } }),
  ReportOutcome: placed(reportOutcome),
  ReverseDecline: placed(reverseDecline),
  AcknowledgeOutcome: ({ note }) =>
    happened<ReferralEvent>(
      { type: 'ReferralOutcomeAcknowledged', data: { mode: 'MANUAL', ...(note === undefined ? {} : { note }) } },
      { type: 'ReferralClosed', data: {} },
    ),
  QueryOutcome: ({ question }) => happened({ type: 'ReferralOutcomeQueried', data: { question } }),
  AmendOutcome: placed(amendOutcome),
  ExpireReferral: placed(expire),
  VoidReferral: ({ reason }) => happened({ type: 'ReferralVoided', data: { reason } }),
  ReviseReferral: placed(revise),
  SupersedeReferral: ({ replacementId, reason }) => happened({ type: 'ReferralSuperseded', data: { replacementId, reason } }),
  AcknowledgeRevision: () => happened({ type: 'ReferralRevisionAcknowledged', data: {} }),
  PostMessage: placed(postMessage),
};

export const decide = (command: ReferralCommand, state: ReferralState, context: Context): Answer => {
  const from = stageOf(state);
  const row = legalRow(command.type, state);
  if (row === undefined) {
    return refuse('REFERRAL_ILLEGAL_TRANSITION', `A referral that is ${from} does not take ${command.type}.`, { about: { from, command: command.type } });
  }
  if (row.when !== undefined && !circumstanceHolds(row.when, state)) {
    return refuse('REFERRAL_ILLEGAL_TRANSITION', `${command.type} needs: ${row.when}.`, { about: { from, command: command.type, when: row.when } });
  }
  const fault = 'content' in command ? contentFault(command.content) : 'target' in command ? contentFault({ target: command.target }) : undefined;
  if (fault !== undefined) return { ok: false, refusal: fault };
  // The one place where a command's type selects its handler; the table of handlers is exhaustive.
  const handler = HANDLERS[command.type] as (command: ReferralCommand, state: ReferralState, context: Context) => Answer;
  return handler(command, state, context);
};

