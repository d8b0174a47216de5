/**
 * Referrals as both sides see them: whose move, since when, how far the loop has come. The stage follows from
 * the transition table's rows, so that a list can never show a move that the table does not know.
 */
import { idOf, type Envelope } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { Placement, ReferralEvent } from '../contract/events.js';
import type { OrderContent } from '../contract/order.js';
import { isOpen, TRANSITIONS, whoseMove, type Stage } from '../contract/transition-table.js';

/** One station of the loop: who and when. */
interface Station {
  readonly at: string;
  readonly by: string;
  readonly role: string;
}

export interface Leg {
  readonly no: number;
  readonly kind: 'directed' | 'pool';
  readonly listing_ids: readonly string[];
  readonly organization_ids: readonly string[];
  readonly recipient: string | null;
  readonly ended: string | null;
}

export interface ReferralRow {
  readonly id: string;
  readonly patient_id: string;
  readonly stage: Stage;
  readonly prior_stage: Stage | null;
  readonly open: boolean;
  readonly whose_move: string;
  /** Not moved by a note or a message. */
  readonly entered_stage_at: string;
  readonly referrer_organization_id: string;
  readonly referrer_practitioner_id: string | null;
  readonly recipient_organization_id: string | null;
  /** Who may claim it, while nobody has. */
  readonly pool_organization_ids: readonly string[];
  readonly priority: string | null;
  readonly service: string | null;
  readonly payer_profile: string | null;
  readonly sites: readonly { readonly region: string; readonly side?: string | undefined }[];
  readonly diagnosis_codes: readonly string[];
  readonly valid_until: string | null;
  readonly content: OrderContent;
  readonly legs: readonly Leg[];
  readonly booked: readonly { readonly sessionId: string; readonly start: string }[];
  readonly proposal: 'redirect' | 'stop' | null;
  readonly revision_to_acknowledge: boolean;
  readonly holder: 'referrer' | 'recipient' | 'safety' | null;
  /** Stations by name: sent, received, accepted, booked, firstVisit, outcome, acknowledged. */
  readonly loop: Readonly<Record<string, Station>>;
  readonly outcome: { readonly kind: string; readonly summary: string } | null;
  readonly duplicate_override: boolean;
  readonly version: number;
}

const STATIONS: Readonly<Partial<Record<ReferralEvent['type'], string>>> = {
  ReferralSent: 'sent',
  ReferralReceived: 'received',
  ReferralClaimed: 'received',
  ReferralAccepted: 'accepted',
  ReferralVisitBooked: 'booked',
  ReferralTreatmentStarted: 'firstVisit',
  ReferralOutcomeReported: 'outcome',
  ReferralOutcomeAcknowledged: 'acknowledged',
};

type Event = Envelope<ReferralEvent>;

const stageAfter = (row: ReferralRow, event: Event, booked: ReferralRow['booked']): Stage => {
  const move = TRANSITIONS.find((known) => known.events.at(-1) === event.type && known.from.includes(row.stage));
  // The first of two events of one command leaves the stage to the second.
  if (move === undefined) return event.type === 'ReferralCancelled' ? 'Cancelled' : row.stage;
  switch (move.to) {
    case 'same':
      return row.stage;
    case 'prior':
      return row.prior_stage === 'Booked' && booked.length === 0 ? 'Accepted' : (row.prior_stage ?? row.stage);
    case 'unbooked':
      return booked.length === 0 ? 'Accepted' : row.stage;
    default:
      return move.to;
  }
};

const legOf = (no: number, { target, organizationIds }: Placement): Leg => ({
  no,
  kind: target.kind,
  listing_ids: target.kind === 'directed' ? [target.listingId] : target.listingIds,
  organization_ids: organizationIds,
  recipient: target.kind === 'directed' ? (organizationIds[0] ?? null) : null,
  ended: null,
});

const withLegs = (row: ReferralRow, legs: readonly Leg[]): ReferralRow => {
  const current = legs.at(-1);
  return {
    ...row,
    legs,
    recipient_organization_id: current?.recipient ?? null,
    pool_organization_ids: current?.kind === 'pool' && current.recipient === null ? current.organization_ids : [],
  };
};

const changeLeg = (row: ReferralRow, change: Partial<Leg>): ReferralRow =>
  withLegs(row, row.legs.map((leg, index) => (index === row.legs.length - 1 ? { ...leg, ...change } : leg)));

const ordered = (row: ReferralRow, content: OrderContent): ReferralRow => ({
  ...row,
  content,
  priority: content.priority ?? null,
  service: content.service?.code ?? null,
  payer_profile: content.payer?.profile ?? null,
  sites: content.sites ?? [],
  duplicate_override: content.duplicateOverrideReason !== undefined,
});

const drafted = (id: string, { data, occurredAt, actor, version }: Extract<Event, { type: 'ReferralDrafted' }>): ReferralRow =>
  ordered(
    {
      id, patient_id: data.patientId, stage: 'Draft', prior_stage: null, open: false, whose_move: 'referrer', entered_stage_at: occurredAt,
      referrer_organization_id: data.referrerOrganizationId, referrer_practitioner_id: actor.practitionerId ?? null,
      recipient_organization_id: null, pool_organization_ids: [], priority: null, service: null, payer_profile: null, sites: [],
      diagnosis_codes: [], valid_until: null, content: data.content, legs: [], booked: [], proposal: null, revision_to_acknowledge: false,
      holder: null, loop: {}, outcome: null, duplicate_override: false, version,
    },
    data.content,
  );

/** What an event changes beside the stage. */
const changed = (row: ReferralRow, event: Event): ReferralRow => {
  switch (event.type) {
    case 'ReferralDraftEdited':
      return ordered(row, event.data.content);
    case 'ReferralSent':
      return withLegs(
        {
          ...ordered(row, event.data.content), diagnosis_codes: event.data.diagnosisCodes, valid_until: event.data.validUntil,
          referrer_practitioner_id: event.data.signature.practitionerId,
        },
        [legOf(1, event.data.placement)],
      );
    case 'ReferralClaimed':
      return changeLeg(row, { recipient: event.data.organizationId, listing_ids: [event.data.listingId] });
    case 'ReferralReleased':
      return changeLeg(row, { recipient: null });
    case 'ReferralDeclined':
      return { ...changeLeg(row, { ended: 'declined' }), proposal: null, booked: unbooked(row, event.data.bookingsCancelled) };
    case 'ReferralDeclineReversed':
      return changeLeg(row, { ended: null });
    case 'ReferralRedirected': {
      const ended = changeLeg(row, { ended: row.legs.at(-1)?.ended ?? 'redirected' });
      const legs = [...ended.legs, legOf(event.data.legNo, event.data.placement)];
      return withLegs({ ...ended, proposal: null, revision_to_acknowledge: false, booked: unbooked(row, event.data.bookingsCancelled) }, legs);
    }
    case 'ReferralRedirectProposed':
      return { ...row, proposal: 'redirect' };
    case 'ReferralStopProposed':
      return { ...row, proposal: 'stop' };
    case 'ReferralProposalRejected':
    case 'ReferralCancellationRequested':
      return { ...row, proposal: null };
    case 'ReferralVisitBooked':
      return { ...row, booked: [...unbooked(row, [event.data.sessionId]), { sessionId: event.data.sessionId, start: event.data.start }] };
    case 'ReferralVisitMissed':
    case 'ReferralVisitCancelled':
    case 'ReferralTreatmentStarted':
      return { ...row, booked: unbooked(row, [event.data.sessionId]) };
    case 'ReferralPutOnHold':
      return { ...row, holder: event.data.holder, booked: unbooked(row, event.data.bookingsCancelled) };
    case 'ReferralRevised':
      return { ...ordered(row, event.data.content), revision_to_acknowledge: row.revision_to_acknowledge || event.data.material };
    case 'ReferralRevisionAcknowledged':
      return { ...row, revision_to_acknowledge: false };
    case 'ReferralOutcomeReported':
      return { ...row, outcome: { kind: event.data.kind, summary: event.data.summary }, booked: [], proposal: null };
    case 'ReferralOutcomeAmended':
      return row.outcome === null ? row : { ...row, outcome: { ...row.outcome, summary: `${row.outcome.summary}\n\n${event.data.addendum}` } };
    default:
      return row;
  }
};

const unbooked = (row: ReferralRow, sessionIds: readonly string[]): ReferralRow['booked'] =>
  row.booked.filter((visit) => !sessionIds.includes(visit.sessionId));

/** The stages from which one comes back to where one was. */
const REMEMBERS: readonly Stage[] = ['OnHold', 'CancelRequested'];

const fold = (before: ReferralRow | undefined, event: Event, id: string): ReferralRow | undefined => {
  if (event.type === 'ReferralDrafted') return drafted(id, event);
  if (before === undefined) return before;
  const row = changed(before, event);
  const stage = stageAfter(before, event, row.booked);
  const moved = stage !== before.stage;
  const station = STATIONS[event.type];
  const loop =
    station === undefined || before.loop[station] !== undefined
      ? row.loop
      : { ...row.loop, [station]: { at: event.occurredAt, by: event.actor.sub, role: event.actor.role } };
  const holder = stage === 'OnHold' ? row.holder : null;
  return {
    ...row,
    stage,
    prior_stage: moved && REMEMBERS.includes(stage) ? before.stage : row.prior_stage,
    open: isOpen(stage),
    holder,
    whose_move: whoseMove(stage, holder ?? undefined),
    entered_stage_at: moved ? event.occurredAt : row.entered_stage_at,
    loop,
    version: event.version,
  };
};

export const referralModel = readModel<ReferralRow, ReferralEvent>({
  name: 'referral',
  version: 1,
  columns: {
    id: 'text', patient_id: 'text', stage: 'text', prior_stage: 'text', open: 'boolean', whose_move: 'text', entered_stage_at: 'text',
    referrer_organization_id: 'text', referrer_practitioner_id: 'text', recipient_organization_id: 'text', pool_organization_ids: 'text[]',
    priority: 'text', service: 'text', payer_profile: 'text', sites: 'jsonb', diagnosis_codes: 'text[]', valid_until: 'text', content: 'jsonb',
    legs: 'jsonb', booked: 'jsonb', proposal: 'text', revision_to_acknowledge: 'boolean', holder: 'text', loop: 'jsonb', outcome: 'jsonb',
    duplicate_override: 'boolean', version: 'integer',
  },
  indexes: [
    '(referrer_organization_id, entered_stage_at desc, id)', '(recipient_organization_id, entered_stage_at desc, id)',
    'using gin (pool_organization_ids)', '(patient_id)',
  ],
  takes: TRANSITIONS.flatMap((row) => row.events).filter((type, index, all) => all.indexOf(type) === index),
  rowsOf: (event) => [idOf(event.stream)],
  fold,
});
