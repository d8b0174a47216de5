/** What may be asked of a referral. Codes: docs/domain/referral.md#codes. */
import { OPEN_RED_FLAG_IDS, PAYER_PROFILES, REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import {
  acts,
  amount,
  code,
  creates,
  day,
  either,
  flag,
  id,
  instant,
  internal,
  line,
  list,
  partialDay,
  ref,
  shape,
  text,
  typesOf,
  whole,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { DECLINE_REASONS, OUTCOME_KINDS, VISIT_KINDS } from './events.js';
import { GOAL_CATEGORIES, PRIORITIES, SCREENING_ANSWERS } from './order.js';

const SHA256 = /^[0-9a-f]{64}$/;

const note = text(4000);
const reason = { reason: text(4000) };

const target = either('kind', [
  shape('DirectedTarget', { kind: code(['directed']), listingId: ref('listing') }),
  shape('PoolTarget', { kind: code(['pool']), listingIds: list(ref('listing'), { min: 1, max: 20 }) }),
]);

export const siteSent = shape('ReferralSite', {
  region: code(REGIONS),
  side: code(SIDES).optional(),
  tissues: list(code(TISSUES), { max: 5 }),
});

/** The order, as far as it is known: sending asks for the rest. */
export const contentSent = shape('ReferralContent', {
  priority: code(PRIORITIES).optional(),
  service: shape('ReferralService', {
    code: code(['STM']),
    techniquesPreferred: list(line(40), { max: 20 }),
    techniquesExcluded: list(line(40), { max: 20 }),
  }).optional(),
  target: target.optional(),
  sites: list(siteSent, { max: 20 }).optional(),
  diagnosisIds: list(ref('diagnosis'), { max: 20 }).optional(),
  onset: partialDay('As precise as it is known, or "unknown".', 'unknown').optional(),
  mechanism: note.optional(),
  suspicion: text(4000, 'Why a provisional diagnosis is suspected.').optional(),
  severityNprs: whole(0, 10).optional(),
  clinicalQuestion: note.optional(),
  goals: list(shape('ReferralGoal', { category: code(GOAL_CATEGORIES), text: text(4000) }), {
    max: 20,
  }).optional(),
  screening: list(
    shape('Screening', {
      flagId: code(OPEN_RED_FLAG_IDS),
      answer: code(SCREENING_ANSWERS),
      detail: note.optional(),
    }),
    { max: 40 },
  ).optional(),
  precautions: list(line(10), { max: 40 }, 'Precaution ids that apply; empty: asked, none.').optional(),
  requested: shape('RequestedVisits', {
    frequencyPerWeek: amount(0.5, 7),
    weeks: whole(1, 26),
    visits: whole(1, 60),
  }).optional(),
  payer: shape('ReferralPayer', {
    profile: code(PAYER_PROFILES),
    authorizationId: ref('authorization').optional(),
  }).optional(),
  attachments: list(
    shape('Attachment', { documentId: ref('document'), sha256: line(64, undefined, SHA256) }),
    {
      max: 20,
    },
  ).optional(),
  validUntil: day().optional(),
  duplicateOverrideReason: text(4000, 'Why a second open referral for the same place is needed.').optional(),
  siteExplanation: text(4000, 'Why the order is for another place than its diagnoses.').optional(),
});

const content = { content: contentSent };

export const questionSent = shape('ReferralQuestion', {
  questionId: line(40),
  text: text(4000),
  mandatory: flag(),
});

export const answerSent = shape('ReferralAnswer', {
  questionId: line(40),
  text: text(4000),
  documentId: ref('document', 'What was asked for, where it is a document.').optional(),
});

const ending = { ...reason, deceased: flag().optional() };
const visit = { sessionId: id() };

export const REFERRAL_COMMANDS = {
  DraftReferral: creates('Begin a referral for a patient', { patientId: ref('patient'), ...content }),
  EditDraft: acts('edit-draft', 'Replace the content of a draft', content),
  DiscardDraft: acts('discard-draft', 'Throw a draft away'),
  SendReferral: acts('send', 'Sign and send: guards G1 to G6 are checked'),
  ClaimReferral: acts('claim', 'Take a referral from the pool', {
    listingId: ref(
      'listing',
      'Which of your listings takes it; the first of the pool when absent.',
    ).optional(),
  }),
  ReleaseReferral: acts('release', 'Give a claimed referral back to the pool', reason),
  AcknowledgeReceipt: acts('acknowledge-receipt', 'Say that it has arrived'),
  RequestInformation: acts('request-information', 'Ask the physician what is missing', {
    questions: list(questionSent, { min: 1, max: 20 }),
  }),
  SupplyInformation: acts('supply-information', 'Answer the questions', {
    answers: list(answerSent, { max: 20 }),
  }),
  AcceptReferral: acts('accept', 'Take the patient on', { note: note.optional() }),
  DeclineReferral: acts('decline', 'Say no, with the reason: the physician decides what next', {
    reason: code(DECLINE_REASONS),
    note: note.optional(),
    flags: list(
      code(OPEN_RED_FLAG_IDS),
      { max: 11 },
      'What was seen, when the reason is red-flag: each is raised.',
    ).optional(),
    flagIds: list(ref('flag'), { max: 20 }, 'The same, where it is raised already.').optional(),
    urgency: code(
      ['emergency', 'urgent', 'sameDay'],
      'Needed where no row of the catalogue says it.',
    ).optional(),
  }),
  ProposeRedirect: acts('propose-redirect', 'Propose another recipient', {
    listingId: ref('listing'),
    ...reason,
  }),
  ProposeStop: acts('propose-stop', 'Say that nobody should do this', reason),
  RejectProposal: acts('reject-proposal', 'Carry on as ordered', reason),
  RedirectReferral: acts('redirect', 'Place the order with another recipient', {
    target,
    overrideReason: text(4000, 'Why a recipient that declined is asked again.').optional(),
  }),
  BookVisit: internal('keep-visits-in-step, once a session is scheduled', {
    ...visit,
    kind: code(VISIT_KINDS),
    start: instant(),
  }),
  MoveVisit: internal('keep-visits-in-step, once a session is moved', { ...visit, start: instant() }),
  RecordAttendance: internal('keep-visits-in-step, once a session starts that is not the first', visit),
  RecordNoShow: internal('keep-visits-in-step, once a patient did not come', visit),
  CancelVisit: internal('keep-visits-in-step, once a session is cancelled', {
    ...visit,
    by: code(['patient', 'clinic']),
    noticeHours: amount(0, Number.MAX_SAFE_INTEGER, 'As much as a session says.'),
  }),
  StartTreatment: internal('keep-visits-in-step, once the first session starts', visit),
  SendInterimNote: acts('send-interim-note', 'Send a signed note on the way', {
    documentId: ref('document'),
  }),
  HoldReferral: acts(
    'hold',
    'Pause until a day',
    { ...reason, reviewBy: day() },
    {
      flagId: id('The red flag for which the product itself holds the order.').optional(),
      reviewBy: day('By how long the clinic waits with a hold for safety, when absent.').optional(),
    },
  ),
  ResumeReferral: acts('resume', 'Go on after a hold'),
  WithdrawReferral: acts('withdraw', 'Take it back before it is accepted', ending),
  RequestCancellation: acts('request-cancellation', 'Ask the recipient to stop', ending),
  ConfirmCancellation: acts('confirm-cancellation', 'Stop as asked'),
  RefuseCancellation: acts('refuse-cancellation', 'Go on, with the reason', reason),
  ReportOutcome: acts('report-outcome', 'Report what treatment came to, with the signed discharge summary', {
    kind: code(OUTCOME_KINDS),
    summary: text(4000, 'The discharge summary; sending it signs it.'),
    noFinalMeasuresReason: note.optional(),
    goalsMetReason: text(
      4000,
      'Of goals-met: why it is called so where what was measured does not say it.',
    ).optional(),
  }),
  ReverseDecline: acts('reverse-decline', 'Take a decline back', reason),
  AcknowledgeOutcome: acts('acknowledge-outcome', 'Close the loop', { note: note.optional() }),
  QueryOutcome: acts('query-outcome', 'Ask about an outcome', { question: text(4000) }),
  AmendOutcome: acts('amend-outcome', 'Add to a reported outcome', { addendum: text(4000), ...reason }),
  ExpireReferral: internal('a timer, once its validity is over'),
  VoidReferral: acts('void', 'Declare it entered in error', reason),
  ReviseReferral: acts('revise', 'Change the order', { ...content, ...reason }),
  SupersedeReferral: acts('supersede', 'Replace it by another referral', {
    replacementId: ref(
      'referral',
      'The referral that takes its place, or the id that you will bring for it.',
    ),
    ...reason,
  }),
  AcknowledgeRevision: acts('acknowledge-revision', 'Take note of a changed order'),
  PostMessage: acts('post-message', 'Write to the other side', {
    text: note.optional(),
    documentId: ref('document').optional(),
  }),
};

export type ReferralCommand = CommandsOf<typeof REFERRAL_COMMANDS>;
export type ReferralCommandType = ReferralCommand['type'];
export type ReferralCommandOf<T extends ReferralCommandType> = CommandOf<typeof REFERRAL_COMMANDS, T>;

export const COMMAND_TYPES = typesOf(REFERRAL_COMMANDS);
