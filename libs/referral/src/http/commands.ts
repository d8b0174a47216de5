/** The referral's commands over HTTP; the visits' own (book, no-show, cancel) come from sessions. */
import { commandDoor, type CommandDoor } from '@fascia/http';
import type { ReferralAggregate } from '../write/referral.aggregate.js';
import * as body from './bodies.js';

export const referralCommands = (aggregate: ReferralAggregate): CommandDoor =>
  commandDoor({
    path: 'referrals',
    tag: 'Referrals',
    aggregate,
    // prettier-ignore
    commands: [
      { command: 'DraftReferral', body: body.DraftReferralBody, summary: 'Begin a referral for a patient' },
      { command: 'EditDraft', at: 'edit-draft', body: body.EditDraftBody, summary: 'Replace the content of a draft' },
      { command: 'DiscardDraft', at: 'discard-draft', summary: 'Throw a draft away' },
      { command: 'SendReferral', at: 'send', summary: 'Sign and send: guards G1 to G6 are checked' },
      { command: 'ClaimReferral', at: 'claim', body: body.ClaimReferralBody, summary: 'Take a referral from the pool' },
      { command: 'ReleaseReferral', at: 'release', body: body.ReferralReasonBody, summary: 'Give a claimed referral back to the pool' },
      { command: 'AcknowledgeReceipt', at: 'acknowledge-receipt', summary: 'Say that it has arrived' },
      { command: 'RequestInformation', at: 'request-information', body: body.RequestInformationBody, summary: 'Ask the physician what is missing' },
      { command: 'SupplyInformation', at: 'supply-information', body: body.SupplyInformationBody, summary: 'Answer the questions' },
      { command: 'AcceptReferral', at: 'accept', body: body.ReferralNoteBody, summary: 'Take the patient on' },
      { command: 'DeclineReferral', at: 'decline', body: body.DeclineReferralBody, summary: 'Say no, with the reason: the physician decides what next' },
      { command: 'ProposeRedirect', at: 'propose-redirect', body: body.ProposeRedirectBody, summary: 'Propose another recipient' },
      { command: 'ProposeStop', at: 'propose-stop', body: body.ReferralReasonBody, summary: 'Say that nobody should do this' },
      { command: 'RejectProposal', at: 'reject-proposal', body: body.ReferralReasonBody, summary: 'Carry on as ordered' },
      { command: 'RedirectReferral', at: 'redirect', body: body.RedirectReferralBody, summary: 'Place the order with another recipient' },
      { command: 'SendInterimNote', at: 'send-interim-note', body: body.InterimNoteBody, summary: 'Send a signed note on the way' },
      { command: 'HoldReferral', at: 'hold', body: body.HoldReferralBody, summary: 'Pause until a day' },
      { command: 'ResumeReferral', at: 'resume', summary: 'Go on after a hold' },
      { command: 'WithdrawReferral', at: 'withdraw', body: body.EndReferralBody, summary: 'Take it back before it is accepted' },
      { command: 'RequestCancellation', at: 'request-cancellation', body: body.EndReferralBody, summary: 'Ask the recipient to stop' },
      { command: 'ConfirmCancellation', at: 'confirm-cancellation', summary: 'Stop as asked' },
      { command: 'RefuseCancellation', at: 'refuse-cancellation', body: body.ReferralReasonBody, summary: 'Go on, with the reason' },
      { command: 'ReportOutcome', at: 'report-outcome', body: body.ReportOutcomeBody, summary: 'Report what treatment came to, with the signed discharge summary' },
      { command: 'ReverseDecline', at: 'reverse-decline', body: body.ReferralReasonBody, summary: 'Take a decline back' },
      { command: 'AcknowledgeOutcome', at: 'acknowledge-outcome', body: body.ReferralNoteBody, summary: 'Close the loop' },
      { command: 'QueryOutcome', at: 'query-outcome', body: body.QueryOutcomeBody, summary: 'Ask about an outcome' },
      { command: 'AmendOutcome', at: 'amend-outcome', body: body.AmendOutcomeBody, summary: 'Add to a reported outcome' },
      { command: 'VoidReferral', at: 'void', body: body.ReferralReasonBody, summary: 'Declare it entered in error' },
      { command: 'ReviseReferral', at: 'revise', body: body.ReviseReferralBody, summary: 'Change the order' },
      { command: 'SupersedeReferral', at: 'supersede', body: body.SupersedeReferralBody, summary: 'Replace it by another referral' },
      { command: 'AcknowledgeRevision', at: 'acknowledge-revision', summary: 'Take note of a changed order' },
      { command: 'PostMessage', at: 'post-message', body: body.ReferralMessageBody, summary: 'Write to the other side' },
    ],
  });
