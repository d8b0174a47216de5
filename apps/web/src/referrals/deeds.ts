/** What the screens offer to do with a referral, what each asks for, and which comes first where several may be done. */
import type { Stage } from '@fascia/referral/contract';
import type { ActName } from '../api/commands.js';

/** One line of the form each: words, */
export const TEXTS = [
  'reason',
  'note',
  'text',
  'question',
  'summary',
  'goalsMetReason',
  'noFinalMeasuresReason',
  'addendum',
  'overrideReason',
] as const;
/** a code, */
export const CHOICES = ['declineReason', 'outcomeKind'] as const;

export type TextField = (typeof TEXTS)[number];
export type ChoiceField = (typeof CHOICES)[number];
/** a clinic, a day, or what was asked before and is to be asked. */
export type Field = TextField | ChoiceField | 'listing' | 'reviewBy' | 'questions' | 'answers';

/** May be left empty. */
export const OPTIONAL: readonly Field[] = [
  'note',
  'goalsMetReason',
  'noFinalMeasuresReason',
  'overrideReason',
];

interface Deed {
  readonly fields: readonly Field[];
  /** Ends something: it is asked once more, in another colour. */
  readonly ends?: boolean;
}

/** In the order in which a row offers them. */
export const DEEDS = {
  AcknowledgeOutcome: { fields: ['note'] },
  SupplyInformation: { fields: ['answers'] },
  AcknowledgeRevision: { fields: [] },
  ConfirmCancellation: { fields: [], ends: true },
  ClaimReferral: { fields: [] },
  AcceptReferral: { fields: ['note'] },
  AcknowledgeReceipt: { fields: [] },
  ReportOutcome: { fields: ['outcomeKind', 'summary', 'goalsMetReason', 'noFinalMeasuresReason'] },
  AmendOutcome: { fields: ['addendum', 'reason'] },
  ResumeReferral: { fields: [] },
  SendReferral: { fields: [] },
  RedirectReferral: { fields: ['listing', 'overrideReason'] },
  RejectProposal: { fields: ['reason'] },
  QueryOutcome: { fields: ['question'] },
  RequestInformation: { fields: ['questions'] },
  PostMessage: { fields: ['text'] },
  HoldReferral: { fields: ['reason', 'reviewBy'] },
  ReverseDecline: { fields: ['reason'] },
  RefuseCancellation: { fields: ['reason'] },
  ReleaseReferral: { fields: ['reason'] },
  ProposeRedirect: { fields: ['listing', 'reason'] },
  ProposeStop: { fields: ['reason'] },
  DeclineReferral: { fields: ['declineReason', 'note'], ends: true },
  RequestCancellation: { fields: ['reason'], ends: true },
  WithdrawReferral: { fields: ['reason'], ends: true },
  VoidReferral: { fields: ['reason'], ends: true },
  DiscardDraft: { fields: [], ends: true },
} as const satisfies { readonly [T in ActName<'referrals'>]?: Deed };

export type OfferedDeed = keyof typeof DEEDS;

/** What asks for more than a dialog holds has a page of its own. */
export const PAGES = {
  ReviseReferral: '/referrals/$id/revise',
} as const satisfies { readonly [T in ActName<'referrals'>]?: string };

export type DeedWithPage = keyof typeof PAGES;

export const deedOf = (command: OfferedDeed): Deed => DEEDS[command];

const ORDER = Object.keys(DEEDS) as readonly OfferedDeed[];

/** @param allowed as the service says of the caller, of this referral */
export const offeredOf = (allowed: readonly string[]): readonly OfferedDeed[] =>
  ORDER.filter((deed) => allowed.includes(deed));

/** @param allowed as of {@link offeredOf} */
export const withPageOf = (allowed: readonly string[]): readonly DeedWithPage[] =>
  (Object.keys(PAGES) as readonly DeedWithPage[]).filter((deed) => allowed.includes(deed));

/** May be done at many a time, and nobody waits for it. */
// prettier-ignore
const WAITS_FOR_NOBODY: readonly OfferedDeed[] = [
  'PostMessage', 'HoldReferral', 'ProposeStop', 'WithdrawReferral', 'RequestCancellation', 'DeclineReferral', 'ReleaseReferral',
  'DiscardDraft', 'RequestInformation', 'QueryOutcome', 'ReverseDecline', 'RefuseCancellation', 'ReportOutcome', 'AmendOutcome',
  'ProposeRedirect', 'VoidReferral',
];

/**
 * What a row of a list offers: the one step that it waits for, if it waits for one. Sending it elsewhere is that once a clinic has
 * declined, and a second thought before.
 */
export const nextStepOf = (allowed: readonly string[], state: Stage): OfferedDeed | undefined =>
  offeredOf(allowed).find(
    (deed) => !WAITS_FOR_NOBODY.includes(deed) && (deed !== 'RedirectReferral' || state === 'Declined'),
  );
