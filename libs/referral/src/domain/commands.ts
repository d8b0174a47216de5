/** Commands as the decider takes them: the HTTP body plus its type. */
import type { DECLINE_REASONS, OUTCOME_KINDS, VISIT_KINDS } from '../contract/events.js';
import type { OrderContent, Target } from '../contract/order.js';
import type { ReferralCommandType } from '../contract/transition-table.js';

interface Bodies {
  DraftReferral: { patientId: string; content: OrderContent };
  EditDraft: { content: OrderContent };
  DiscardDraft: object;
  SendReferral: object;
  ClaimReferral: { listingId?: string };
  ReleaseReferral: { reason: string };
  AcknowledgeReceipt: object;
  RequestInformation: { questions: readonly { questionId: string; text: string; mandatory: boolean }[] };
  SupplyInformation: { answers: readonly { questionId: string; text: string }[] };
  AcceptReferral: { note?: string };
  DeclineReferral: {
    reason: (typeof DECLINE_REASONS)[number];
    note?: string;
    flagIds?: readonly string[];
    urgency?: string;
  };
  ProposeRedirect: { listingId: string; reason: string };
  ProposeStop: { reason: string };
  RejectProposal: { reason: string };
  RedirectReferral: { target: Target; overrideReason?: string };
  BookVisit: { sessionId: string; kind: (typeof VISIT_KINDS)[number]; start: string };
  RecordNoShow: { sessionId: string };
  CancelVisit: { sessionId: string; by: 'patient' | 'clinic'; noticeHours: number };
  StartTreatment: { sessionId: string };
  SendInterimNote: { documentId: string };
  HoldReferral: { reason: string; reviewBy: string; flagId?: string };
  ResumeReferral: object;
  WithdrawReferral: { reason: string; deceased?: boolean };
  RequestCancellation: { reason: string; deceased?: boolean };
  ConfirmCancellation: object;
  RefuseCancellation: { reason: string };
  ReportOutcome: { kind: (typeof OUTCOME_KINDS)[number]; summary: string; noFinalMeasuresReason?: string };
  ReverseDecline: { reason: string };
  AcknowledgeOutcome: { note?: string };
  QueryOutcome: { question: string };
  AmendOutcome: { addendum: string; reason: string };
  ExpireReferral: object;
  VoidReferral: { reason: string };
  ReviseReferral: { content: OrderContent; reason: string };
  SupersedeReferral: { replacementId: string; reason: string };
  AcknowledgeRevision: object;
  PostMessage: { text?: string; documentId?: string };
}

export type ReferralCommandOf<T extends ReferralCommandType> = { readonly type: T } & Readonly<Bodies[T]>;
export type ReferralCommand = { [T in ReferralCommandType]: ReferralCommandOf<T> }[ReferralCommandType];
