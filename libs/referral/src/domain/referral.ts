/** A referral's state and what each event does to it. Past events are never judged here. */
import type { Fact, Instant } from '@fascia/kernel';
import type { Basis, Placement, ReferralEvent } from '../contract/events.js';
import type { OrderContent, Target } from '../contract/order.js';
import type { Stage } from '../contract/transition-table.js';

/** One attempt to place the order with a recipient (one FHIR Task). */
export interface Leg {
  readonly no: number;
  readonly target: Target;
  /** The organisations behind the target's listings, in the same order. */
  readonly organizationIds: readonly string[];
  /** Who has it now; nobody while a pool leg is unclaimed. */
  readonly recipient?: { readonly organizationId: string; readonly listingId: string };
  readonly ended?: 'declined' | 'redirected';
}

export interface Visit {
  readonly sessionId: string;
  readonly start: Instant;
}

type Plain = Exclude<Stage, 'None' | 'Draft' | 'Discarded' | 'InfoRequested' | 'OnHold' | 'CancelRequested' | 'Declined'>;

/** Where a placed order stands, with what only that stage knows. */
export type Phase =
  | { readonly stage: Plain }
  | { readonly stage: 'InfoRequested'; readonly mandatory: readonly string[] }
  | { readonly stage: 'OnHold'; readonly prior: Phase; readonly holder: 'referrer' | 'recipient' | 'safety'; readonly flagId?: string }
  | { readonly stage: 'CancelRequested'; readonly prior: Phase; readonly deceased: boolean }
  | { readonly stage: 'Declined'; readonly at: Instant };

export type Proposal = { readonly kind: 'redirect'; readonly listingId: string } | { readonly kind: 'stop' };

export interface Draft {
  readonly patientId: string;
  readonly referrerOrganizationId: string;
  readonly content: OrderContent;
}

export interface PlacedReferral extends Draft {
  readonly phase: Phase;
  readonly referrerPractitionerId: string;
  readonly diagnosisCodes: readonly string[];
  readonly validUntil: Instant;
  readonly basis: Basis;
  /** At least one; the last is current. */
  readonly legs: readonly Leg[];
  readonly booked: readonly Visit[];
  readonly missed: { readonly consecutive: number; readonly total: number };
  readonly treatmentStarted: boolean;
  readonly proposal?: Proposal | undefined;
  readonly revisionToAcknowledge: boolean;
  readonly materialRevisions: number;
}

export type ReferralState =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'draft'; readonly ended?: 'Discarded' | 'Voided' } & Draft)
  | ({ readonly kind: 'placed' } & PlacedReferral);

export const stageOf = (state: ReferralState): Stage => {
  switch (state.kind) {
    case 'none':
      return 'None';
    case 'draft':
      return state.ended ?? 'Draft';
    case 'placed':
      return state.phase.stage;
  }
};

export const currentLeg = (state: PlacedReferral): Leg => {
  const leg = state.legs.at(-1);
  if (leg === undefined) throw new Error('a placed referral has a leg');
  return leg;
};

const legOf = (no: number, { target, organizationIds }: Placement): Leg => {
  const [organizationId] = organizationIds;
  const directed = target.kind === 'directed' && organizationId !== undefined;
  return { no, target, organizationIds, ...(directed ? { recipient: { organizationId, listingId: target.listingId } } : {}) };
};

type Placed = Extract<ReferralState, { kind: 'placed' }>;

const inPhase = (state: Placed, phase: Phase): Placed => ({ ...state, phase });
const at = (stage: Plain): Phase => ({ stage });

const changeLeg = (state: Placed, change: (leg: Leg) => Leg): Placed => ({
  ...state,
  legs: state.legs.map((leg, index) => (index === state.legs.length - 1 ? change(leg) : leg)),
});

const without = (state: Placed, sessionIds: readonly string[]): Placed => ({
  ...state,
  booked: state.booked.filter((visit) => !sessionIds.includes(visit.sessionId)),
});

/** Booked says "a visit is booked": when the last is gone, the referral is accepted again. */
const settle = (state: Placed, phase: Phase): Placed =>
  inPhase(state, phase.stage === 'Booked' && state.booked.length === 0 ? at('Accepted') : phase);

export const evolve = (state: ReferralState, fact: Fact<ReferralEvent>): ReferralState => {
  switch (fact.type) {
    case 'ReferralDrafted':
      return { kind: 'draft', ...fact.data };
    case 'ReferralDraftEdited':
      return state.kind === 'draft' ? { ...state, content: fact.data.content } : state;
    case 'ReferralDraftDiscarded':
      return state.kind === 'draft' ? { ...state, ended: 'Discarded' } : state;
    case 'ReferralSent':
      return sent(fact);
    default:
      if (state.kind === 'draft' && fact.type === 'ReferralVoided') return { ...state, ended: 'Voided' };
      return state.kind === 'placed' ? evolvePlaced(state, fact) : state;
  }
};

const sent = ({ data }: Extract<Fact<ReferralEvent>, { type: 'ReferralSent' }>): Placed => ({
  kind: 'placed',
  phase: at('Sent'),
  patientId: data.patientId,
  referrerOrganizationId: data.referrerOrganizationId,
  referrerPractitionerId: data.signature.practitionerId,
  content: data.content,
  diagnosisCodes: data.diagnosisCodes,
  validUntil: data.validUntil,
  basis: data.basis,
  legs: [legOf(1, data.placement)],
  booked: [],
  missed: { consecutive: 0, total: 0 },
  treatmentStarted: false,
  revisionToAcknowledge: false,
  materialRevisions: 0,
});

type LaterFact = Exclude<
  Fact<ReferralEvent>,
  { type: 'ReferralDrafted' | 'ReferralDraftEdited' | 'ReferralDraftDiscarded' | 'ReferralSent' }
>;

const evolvePlaced = (state: Placed, fact: LaterFact): Placed => {
  switch (fact.type) {
    case 'ReferralClaimed':
      return inPhase(changeLeg(state, (leg) => ({ ...leg, recipient: fact.data })), at('InTriage'));
    case 'ReferralReleased':
      return inPhase(changeLeg(state, ({ recipient: _given, ...leg }) => leg), at('Sent'));
    case 'ReferralReceived':
    case 'ReferralInformationSupplied':
      return inPhase(state, at('InTriage'));
    case 'ReferralInformationRequested': {
      const mandatory = fact.data.questions.filter((question) => question.mandatory).map((question) => question.questionId);
      return inPhase(state, { stage: 'InfoRequested', mandatory });
    }
    case 'ReferralAccepted':
      return inPhase(state, at('Accepted'));
    case 'ReferralDeclined':
      return inPhase(endLeg(without(state, fact.data.bookingsCancelled), 'declined'), { stage: 'Declined', at: fact.at });
    case 'ReferralDeclineReversed':
      return inPhase(changeLeg(state, ({ ended: _ended, ...leg }) => leg), at('InTriage'));
    case 'ReferralRedirectProposed':
      return { ...state, proposal: { kind: 'redirect', listingId: fact.data.listingId } };
    case 'ReferralStopProposed':
      return { ...state, proposal: { kind: 'stop' } };
    case 'ReferralProposalRejected':
      return { ...state, proposal: undefined };
    case 'ReferralRedirected':
      return redirected(state, fact);
    case 'ReferralVisitBooked':
    case 'ReferralVisitMissed':
    case 'ReferralVisitCancelled':
      return evolveVisits(state, fact);
    case 'ReferralTreatmentStarted':
      return inPhase({ ...without(state, [fact.data.sessionId]), treatmentStarted: true }, at('InTreatment'));
    case 'ReferralPutOnHold':
      return inPhase(without(state, fact.data.bookingsCancelled), {
        stage: 'OnHold', prior: state.phase, holder: fact.data.holder,
        ...(fact.data.flagId === undefined ? {} : { flagId: fact.data.flagId }),
      });
    case 'ReferralCancellationRequested':
      return inPhase({ ...state, proposal: undefined }, { stage: 'CancelRequested', prior: state.phase, deceased: fact.data.deceased });
    case 'ReferralResumed':
    case 'ReferralCancellationRefused':
      return 'prior' in state.phase ? settle(state, state.phase.prior) : state;
    case 'ReferralRevised':
      return {
        ...state,
        content: fact.data.content,
        revisionToAcknowledge: state.revisionToAcknowledge || fact.data.material,
        materialRevisions: state.materialRevisions + (fact.data.material ? 1 : 0),
      };
    case 'ReferralRevisionAcknowledged':
      return { ...state, revisionToAcknowledge: false };
    case 'ReferralInterimNoteSent':
    case 'ReferralOutcomeQueried':
    case 'ReferralOutcomeAmended':
    case 'ReferralOutcomeAcknowledged':
    case 'ReferralMessagePosted':
      return state;
    default:
      return inPhase({ ...state, booked: [], proposal: undefined }, at(ENDS[fact.type]));
  }
};

const ENDS = {
  ReferralOutcomeReported: 'OutcomeReported',
  ReferralClosed: 'Closed',
  ReferralWithdrawn: 'Withdrawn',
  ReferralCancelled: 'Cancelled',
  ReferralExpired: 'Expired',
  ReferralVoided: 'Voided',
  ReferralSuperseded: 'Superseded',
} as const;

const endLeg = (state: Placed, ended: 'declined' | 'redirected'): Placed => ({
  ...changeLeg(state, (leg) => (leg.ended === undefined ? { ...leg, ended } : leg)),
  proposal: undefined,
});

const redirected = (state: Placed, { data }: Extract<LaterFact, { type: 'ReferralRedirected' }>): Placed => {
  const left = endLeg(without(state, data.bookingsCancelled), 'redirected');
  return {
    ...left,
    phase: at('Sent'),
    basis: data.basis,
    legs: [...left.legs, legOf(data.legNo, data.placement)],
    missed: { consecutive: 0, total: 0 },
    revisionToAcknowledge: false,
  };
};

type VisitFact = Extract<LaterFact, { type: `ReferralVisit${string}` }>;

const evolveVisits = (state: Placed, fact: VisitFact): Placed => {
  const others = without(state, [fact.data.sessionId]);
  switch (fact.type) {
    case 'ReferralVisitBooked': {
      const booked = [...others.booked, { sessionId: fact.data.sessionId, start: fact.data.start }];
      return { ...others, booked, phase: state.phase.stage === 'Accepted' ? at('Booked') : state.phase };
    }
    case 'ReferralVisitMissed': {
      const { consecutive, total } = fact.data;
      return settle({ ...others, missed: { consecutive, total } }, state.phase);
    }
    case 'ReferralVisitCancelled':
      return settle(others, state.phase);
  }
};
