/**
 * The decisions about a referral. First the table (is this move in a row from here?), then the rules of the
 * command. Who may do it is decided by the access policy before; a rule here never asks for a role.
 */
import { decidesBy, happened, type Handlers } from '@fascia/kernel';
import type { ReferralEvent } from '../contract/events.js';
import type { ReferralCommand, ReferralCommandOf, ReferralCommandType } from '../contract/commands.js';
import { referralLifecycle, type Circumstance, type Destination, type Stage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';
import { isReferrerSide, type Answer, type Context, type Placed } from './deciding.js';
import type { ReferralFacts } from './facts.js';
import { circumstanceHolds } from './moves.js';
import {
  amendOutcome,
  confirmCancellation,
  expire,
  hold,
  reportOutcome,
  requestCancellation,
  resume,
} from './referral.closing.js';
import { stageOf, type ReferralState } from './referral.state.js';
import { documentIsFiled } from './referral.documents.js';
import { draftReferral, revise } from './referral.ordering.js';
import { claim, redirect, send } from './referral.placing.js';
import { contentFault } from './referral.policies.js';
import { accept, decline, requestInformation, reverseDecline, supplyInformation } from './referral.triage.js';
import {
  bookVisit,
  cancelVisit,
  moveVisit,
  recordAttendance,
  recordNoShow,
  startTreatment,
} from './referral.visits.js';

/** For commands whose rows all start from a placed order. */
const placed =
  <C>(decide: (command: C, state: Placed, context: Context) => Answer) =>
  (command: C, state: ReferralState, context: Context): Answer =>
    state.kind === 'placed'
      ? decide(command, state, context)
      : refuse('REFERRAL_NOT_PLACED', 'The referral has not been sent.');

const postMessage = (
  { text, documentId }: ReferralCommandOf<'PostMessage'>,
  state: Placed,
  context: Context,
): Answer => {
  if (text === undefined && documentId === undefined)
    return refuse('MESSAGE_EMPTY', 'A message has a text or a document.');
  const refusal = documentIsFiled(documentId, context.facts);
  if (refusal !== undefined) return { ok: false, refusal };
  return happened({
    type: 'ReferralMessagePosted',
    data: {
      side: isReferrerSide(state, context) ? 'referrer' : 'recipient',
      ...(text === undefined ? {} : { text }),
      ...(documentId === undefined ? {} : { documentId }),
    },
  });
};

const sendInterimNote = (
  { documentId }: ReferralCommandOf<'SendInterimNote'>,
  _state: ReferralState,
  { facts }: Context,
): Answer => {
  const refusal = documentIsFiled(documentId, facts);
  return refusal === undefined
    ? happened({ type: 'ReferralInterimNoteSent', data: { documentId } })
    : { ok: false, refusal };
};

const HANDLERS: Handlers<ReferralState, ReferralCommand, ReferralEvent, ReferralFacts> = {
  DraftReferral: draftReferral,
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
  ProposeRedirect: ({ listingId, reason }) =>
    happened({ type: 'ReferralRedirectProposed', data: { listingId, reason } }),
  ProposeStop: ({ reason }) => happened({ type: 'ReferralStopProposed', data: { reason } }),
  RejectProposal: ({ reason }) => happened({ type: 'ReferralProposalRejected', data: { reason } }),
  RedirectReferral: placed(redirect),
  BookVisit: placed(bookVisit),
  MoveVisit: placed(moveVisit),
  RecordAttendance: placed(recordAttendance),
  RecordNoShow: placed(recordNoShow),
  CancelVisit: placed(cancelVisit),
  StartTreatment: placed(startTreatment),
  SendInterimNote: sendInterimNote,
  HoldReferral: placed(hold),
  ResumeReferral: placed(resume),
  WithdrawReferral: ({ reason, deceased = false }) =>
    happened({ type: 'ReferralWithdrawn', data: { reason, deceased } }),
  RequestCancellation: placed(requestCancellation),
  ConfirmCancellation: placed(confirmCancellation),
  RefuseCancellation: ({ reason }) => happened({ type: 'ReferralCancellationRefused', data: { reason } }),
  ReportOutcome: placed(reportOutcome),
  ReverseDecline: placed(reverseDecline),
  AcknowledgeOutcome: ({ note }) =>
    happened<ReferralEvent>(
      {
        type: 'ReferralOutcomeAcknowledged',
        data: { mode: 'MANUAL', ...(note === undefined ? {} : { note }) },
      },
      { type: 'ReferralClosed', data: {} },
    ),
  QueryOutcome: ({ question }) => happened({ type: 'ReferralOutcomeQueried', data: { question } }),
  AmendOutcome: placed(amendOutcome),
  ExpireReferral: placed(expire),
  VoidReferral: ({ reason }) => happened({ type: 'ReferralVoided', data: { reason } }),
  ReviseReferral: placed(revise),
  SupersedeReferral: ({ replacementId, reason }) =>
    happened({ type: 'ReferralSuperseded', data: { replacementId, reason } }),
  AcknowledgeRevision: () => happened({ type: 'ReferralRevisionAcknowledged', data: {} }),
  PostMessage: placed(postMessage),
};

const illegal = (command: ReferralCommandType, from: Stage, when?: Circumstance): Answer =>
  when === undefined
    ? refuse('REFERRAL_ILLEGAL_TRANSITION', `A referral that is ${from} does not take ${command}.`, {
        about: { from, command },
      })
    : refuse('REFERRAL_ILLEGAL_TRANSITION', `${command} needs: ${when}.`, { about: { from, command, when } });

const fault = (command: ReferralCommand): Answer | undefined => {
  const refusal = 'content' in command ? contentFault(command.content) : undefined;
  return refusal && { ok: false, refusal };
};

export const decide = decidesBy<
  ReferralState,
  ReferralCommand,
  ReferralEvent,
  ReferralFacts,
  Stage,
  Destination,
  Circumstance
>(referralLifecycle, { stageOf, handlers: HANDLERS, illegal, holds: circumstanceHolds, fault });
