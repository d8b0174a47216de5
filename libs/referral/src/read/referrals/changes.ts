/** What an event changes in a referral's row, beside the stage. */
import type { Envelope } from '@fascia/kernel';
import type { Placement, ReferralEvent, ReferralEventOf } from '../../contract/events.js';
import type { OrderContent } from '../../contract/order.js';
import type { Leg, ReferralRow } from './row.js';

type Event = Envelope<ReferralEvent>;

const legOf = (no: number, { target, organizationIds }: Placement): Leg => ({
  no,
  kind: target.kind,
  listing_ids: target.kind === 'directed' ? [target.listingId] : target.listingIds,
  organization_ids: organizationIds,
  recipient: target.kind === 'directed' ? (organizationIds[0] ?? null) : null,
  recipient_listing_id: target.kind === 'directed' ? target.listingId : null,
  ended: null,
});

const withLegs = (row: ReferralRow, legs: readonly Leg[]): ReferralRow => {
  const current = legs.at(-1);
  return {
    ...row,
    legs,
    recipient_organization_id: current?.recipient ?? null,
    pool_organization_ids:
      current?.kind === 'pool' && current.recipient === null ? current.organization_ids : [],
  };
};

const changeLeg = (row: ReferralRow, change: Partial<Leg>): ReferralRow =>
  withLegs(
    row,
    row.legs.map((leg, index) => (index === row.legs.length - 1 ? { ...leg, ...change } : leg)),
  );

const ordered = (row: ReferralRow, content: OrderContent): ReferralRow => ({
  ...row,
  content,
  priority: content.priority ?? null,
  service: content.service?.code ?? null,
  payer_profile: content.payer?.profile ?? null,
  sites: content.sites ?? [],
  duplicate_override: content.duplicateOverrideReason !== undefined,
});

export const drafted = (
  id: string,
  { data, occurredAt, actor, version }: Extract<Event, { type: 'ReferralDrafted' }>,
): ReferralRow =>
  ordered(
    {
      id,
      patient_id: data.patientId,
      stage: 'Draft',
      prior_stages: [],
      open: false,
      whose_move: 'referrer',
      entered_stage_at: occurredAt,
      referrer_organization_id: data.referrerOrganizationId,
      referrer_practitioner_id: actor.practitionerId ?? null,
      recipient_organization_id: null,
      pool_organization_ids: [],
      priority: null,
      service: null,
      payer_profile: null,
      sites: [],
      diagnosis_codes: [],
      valid_until: null,
      content: data.content,
      earlier: [],
      legs: [],
      booked: [],
      missed: NONE_MISSED,
      proposal: null,
      revision_to_acknowledge: false,
      holder: null,
      loop: {},
      outcome: null,
      duplicate_override: false,
      version,
    },
    data.content,
  );

const NONE_MISSED: ReferralRow['missed'] = { inARow: 0, total: 0 };

const unbooked = (row: ReferralRow, sessionIds: readonly string[]): ReferralRow['booked'] =>
  row.booked.filter((visit) => !sessionIds.includes(visit.sessionId));

type Placing = Extract<
  Event,
  {
    type:
      | 'ReferralSent'
      | 'ReferralClaimed'
      | 'ReferralReleased'
      | 'ReferralDeclined'
      | 'ReferralDeclineReversed'
      | 'ReferralRedirected';
  }
>;

/** Who has the order: its legs, and what goes with a leg. */
const placed = (row: ReferralRow, event: Placing): ReferralRow => {
  switch (event.type) {
    case 'ReferralSent':
      return withLegs(
        {
          ...ordered(row, event.data.content),
          diagnosis_codes: event.data.diagnosisCodes,
          valid_until: event.data.validUntil,
          referrer_practitioner_id: event.data.signature.practitionerId,
        },
        [legOf(1, event.data.placement)],
      );
    case 'ReferralClaimed':
      return changeLeg(row, {
        recipient: event.data.organizationId,
        recipient_listing_id: event.data.listingId,
      });
    case 'ReferralReleased':
      return changeLeg(row, { recipient: null, recipient_listing_id: null });
    case 'ReferralDeclined':
      return {
        ...changeLeg(row, { ended: 'declined' }),
        proposal: null,
        booked: unbooked(row, event.data.bookingsCancelled),
      };
    case 'ReferralDeclineReversed':
      return changeLeg(row, { ended: null });
    case 'ReferralRedirected': {
      const ended = changeLeg(row, { ended: row.legs.at(-1)?.ended ?? 'redirected' });
      const legs = [...ended.legs, legOf(event.data.legNo, event.data.placement)];
      return withLegs(
        {
          ...ended,
          proposal: null,
          revision_to_acknowledge: false,
          missed: NONE_MISSED,
          booked: unbooked(row, event.data.bookingsCancelled),
        },
        legs,
      );
    }
  }
};

type Visiting = Extract<
  Event,
  {
    type:
      | 'ReferralVisitMoved'
      | 'ReferralVisitKept'
      | 'ReferralVisitMissed'
      | 'ReferralVisitCancelled'
      | 'ReferralTreatmentStarted';
  }
>;

/** What came of a visit. */
const visited = (row: ReferralRow, event: Visiting): ReferralRow => {
  const others = { ...row, booked: unbooked(row, [event.data.sessionId]) };
  switch (event.type) {
    case 'ReferralVisitMoved': {
      const { sessionId, start } = event.data;
      return {
        ...row,
        booked: row.booked.map((one) => (one.sessionId === sessionId ? { sessionId, start } : one)),
      };
    }
    case 'ReferralVisitMissed':
      return { ...others, missed: { inARow: event.data.consecutive, total: event.data.total } };
    case 'ReferralVisitCancelled':
      return others;
    case 'ReferralVisitKept':
    case 'ReferralTreatmentStarted':
      return { ...others, missed: { ...row.missed, inARow: 0 } };
  }
};

const reported = ({
  kind,
  summary,
  goalsMetReason,
}: ReferralEventOf<'ReferralOutcomeReported'>): ReferralRow['outcome'] => ({
  kind,
  summary,
  goalsMetReason: goalsMetReason ?? null,
});

/** What an event changes beside the stage. */
export const changed = (row: ReferralRow, event: Event): ReferralRow => {
  switch (event.type) {
    case 'ReferralDraftEdited':
      return ordered(row, event.data.content);
    case 'ReferralSent':
    case 'ReferralClaimed':
    case 'ReferralReleased':
    case 'ReferralDeclined':
    case 'ReferralDeclineReversed':
    case 'ReferralRedirected':
      return placed(row, event);
    case 'ReferralRedirectProposed':
      return { ...row, proposal: 'redirect' };
    case 'ReferralStopProposed':
      return { ...row, proposal: 'stop' };
    case 'ReferralProposalRejected':
    case 'ReferralCancellationRequested':
      return { ...row, proposal: null };
    case 'ReferralVisitBooked':
      return {
        ...row,
        booked: [
          ...unbooked(row, [event.data.sessionId]),
          { sessionId: event.data.sessionId, start: event.data.start },
        ],
      };
    case 'ReferralVisitMoved':
    case 'ReferralVisitKept':
    case 'ReferralVisitMissed':
    case 'ReferralVisitCancelled':
    case 'ReferralTreatmentStarted':
      return visited(row, event);
    case 'ReferralPutOnHold':
      return { ...row, holder: event.data.holder, booked: unbooked(row, event.data.bookingsCancelled) };
    case 'ReferralRevised':
      return {
        ...ordered(row, event.data.content),
        earlier: [...row.earlier, { content: row.content, until: event.occurredAt }],
        revision_to_acknowledge: row.revision_to_acknowledge || event.data.material,
      };
    case 'ReferralRevisionAcknowledged':
      return { ...row, revision_to_acknowledge: false };
    case 'ReferralOutcomeReported':
      return {
        ...row,
        outcome: reported(event.data),
        booked: [],
        proposal: null,
      };
    case 'ReferralOutcomeAmended':
      return row.outcome === null
        ? row
        : {
            ...row,
            outcome: { ...row.outcome, summary: `${row.outcome.summary}\n\n${event.data.addendum}` },
          };
    case 'ReferralClosed':
    case 'ReferralWithdrawn':
    case 'ReferralCancelled':
    case 'ReferralExpired':
    case 'ReferralVoided':
    case 'ReferralSuperseded':
      return { ...row, booked: [], proposal: null };
    default:
      return row;
  }
};
