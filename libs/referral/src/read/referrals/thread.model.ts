/** What the two sides said to each other about a referral, oldest first. */
import { idOf, type Envelope, type Role } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ReferralEvent, ReferralEventOf } from '../../contract/events.js';

// prettier-ignore
export const ENTRY_KINDS = [
  'message', 'questions', 'answers', 'accepted', 'released', 'declined', 'decline-reversed', 'redirect-proposed', 'stop-proposed',
  'proposal-rejected', 'interim-note', 'on-hold', 'withdrawn', 'cancellation-requested', 'cancellation-refused', 'revised', 'outcome',
  'outcome-question', 'outcome-addendum', 'outcome-acknowledged',
] as const;

type EntryKind = (typeof ENTRY_KINDS)[number];

/** Which of them are there follows from the kind. */
export interface EntryDetails {
  readonly documentId?: string;
  readonly questions?: ReferralEventOf<'ReferralInformationRequested'>['questions'];
  readonly answers?: ReferralEventOf<'ReferralInformationSupplied'>['answers'];
  readonly reason?: ReferralEventOf<'ReferralDeclined'>['reason'];
  readonly urgency?: string;
  readonly listingId?: string;
  readonly reviewBy?: string;
  readonly material?: boolean;
  readonly kind?: ReferralEventOf<'ReferralOutcomeReported'>['kind'];
}

export interface ThreadRow {
  /** The event's id. */
  readonly id: string;
  readonly referral_id: string;
  readonly patient_id: string | null;
  readonly at: string;
  readonly by: string;
  readonly role: Role;
  readonly organization_id: string | null;
  readonly kind: EntryKind;
  readonly text: string | null;
  readonly details: EntryDetails | null;
  readonly ordinal: number;
}

type Said = Pick<ThreadRow, 'kind' | 'text' | 'details'>;

const said = (kind: EntryKind, text: string | undefined, details?: ThreadRow['details']): Said => ({
  kind,
  text: text ?? null,
  details: details ?? null,
});

/** What changes the order's course and says nothing to the other side. */
type Silent =
  | 'ReferralDrafted'
  | 'ReferralDraftEdited'
  | 'ReferralDraftDiscarded'
  | 'ReferralSent'
  | 'ReferralClaimed'
  | 'ReferralReceived'
  | 'ReferralRedirected'
  | 'ReferralVisitBooked'
  | 'ReferralVisitMoved'
  | 'ReferralVisitKept'
  | 'ReferralVisitMissed'
  | 'ReferralVisitCancelled'
  | 'ReferralTreatmentStarted'
  | 'ReferralResumed'
  | 'ReferralCancelled'
  | 'ReferralClosed'
  | 'ReferralExpired'
  | 'ReferralVoided'
  | 'ReferralRevisionAcknowledged'
  | 'ReferralSuperseded';

const SPOKEN = {
  ReferralMessagePosted: ({ text, documentId }) =>
    said('message', text, documentId === undefined ? null : { documentId }),
  ReferralInformationRequested: ({ questions }) => said('questions', undefined, { questions }),
  ReferralInformationSupplied: ({ answers }) => said('answers', undefined, { answers }),
  ReferralAccepted: ({ note }) => said('accepted', note),
  ReferralReleased: ({ reason }) => said('released', reason),
  ReferralDeclined: ({ reason, note, urgency }) =>
    said('declined', note, { reason, ...(urgency === undefined ? {} : { urgency }) }),
  ReferralDeclineReversed: ({ reason }) => said('decline-reversed', reason),
  ReferralRedirectProposed: ({ listingId, reason }) => said('redirect-proposed', reason, { listingId }),
  ReferralStopProposed: ({ reason }) => said('stop-proposed', reason),
  ReferralProposalRejected: ({ reason }) => said('proposal-rejected', reason),
  ReferralInterimNoteSent: ({ documentId }) => said('interim-note', undefined, { documentId }),
  ReferralPutOnHold: ({ reason, reviewBy }) => said('on-hold', reason, { reviewBy }),
  ReferralWithdrawn: ({ reason }) => said('withdrawn', reason),
  ReferralCancellationRequested: ({ reason }) => said('cancellation-requested', reason),
  ReferralCancellationRefused: ({ reason }) => said('cancellation-refused', reason),
  ReferralRevised: ({ reason, material }) => said('revised', reason, { material }),
  ReferralOutcomeReported: ({ kind, summary }) => said('outcome', summary, { kind }),
  ReferralOutcomeQueried: ({ question }) => said('outcome-question', question),
  ReferralOutcomeAmended: ({ addendum }) => said('outcome-addendum', addendum),
  ReferralOutcomeAcknowledged: ({ note }) => said('outcome-acknowledged', note),
} satisfies {
  readonly [T in Exclude<ReferralEvent['type'], Silent>]: (data: ReferralEventOf<T>) => Said;
};

type Spoken = Extract<ReferralEvent, { type: keyof typeof SPOKEN }>;

export const threadModel = readModel<ThreadRow, Spoken>({
  name: 'referral_thread',
  version: 2,
  columns: {
    id: 'text',
    referral_id: 'text',
    patient_id: 'text',
    at: 'text',
    by: 'text',
    role: 'text',
    organization_id: 'text',
    kind: 'text',
    text: 'text',
    details: 'jsonb',
    ordinal: 'integer',
  },
  indexes: ['(referral_id, ordinal)'],
  takes: Object.keys(SPOKEN) as readonly Spoken['type'][],
  rowsOf: (event) => [event.id],
  fold: (_row, event: Envelope<Spoken>, id) => {
    const speak = SPOKEN[event.type] as (data: Spoken['data']) => Said;
    const { actor } = event;
    return {
      id,
      referral_id: idOf(event.stream),
      patient_id: event.patientId ?? null,
      at: event.occurredAt,
      by: actor.sub,
      role: actor.role,
      organization_id: actor.organizationId ?? null,
      ...speak(event.data),
      ordinal: event.version,
    };
  },
});
