/** What each event does to a referral's state. Past events are never judged here. */
import type { Fact, Instant } from '@fascia/kernel';
import type { Placement, ReferralEvent } from '../contract/events.js';
import type { Leg, Phase, Plain, ReferralState } from './referral.state.js';

const legOf = (no: number, { target, organizationIds }: Placement): Leg => {
  const [organizationId] = organizationIds;
  const directed = target.kind === 'directed' && organizationId !== undefined;
  return {
    no,
    target,
    organizationIds,
    ...(directed ? { recipient: { organizationId, listingId: target.listingId } } : {}),
  };
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

/** Whoever came has not stayed away in a row. */
const kept = (state: Placed, sessionId: string): Placed => ({
  ...without(state, [sessionId]),
  missed: { ...state.missed, consecutive: 0 },
});

/** What is paused meanwhile goes on from there. */
const underTreatment = (phase: Phase): Phase =>
  'prior' in phase ? { ...phase, prior: underTreatment(phase.prior) } : at('InTreatment');

/** Booked says "a visit is booked": when the last is gone, the referral is accepted again. */
const settle = (state: Placed, phase: Phase): Placed =>
  inPhase(state, phase.stage === 'Booked' && state.booked.length === 0 ? at('Accepted') : phase);

export const evolve = (state: ReferralState, fact: Fact<ReferralEvent>): ReferralState => {
  switch (fact.type) {
    case 'ReferralDrafted':
      return { kind: 'draft', begunAt: fact.at, ...fact.data };
    case 'ReferralDraftEdited':
      return state.kind === 'draft' ? { ...state, content: fact.data.content } : state;
    case 'ReferralDraftDiscarded':
      return state.kind === 'draft' ? { ...state, ended: 'Discarded' } : state;
    case 'ReferralSent':
      return sent(fact, state.kind === 'draft' ? state.begunAt : fact.at);
    default:
      if (state.kind === 'draft' && fact.type === 'ReferralVoided') return { ...state, ended: 'Voided' };
      return state.kind === 'placed' ? evolvePlaced(state, fact) : state;
  }
};

const sent = (
  { data, at: sentAt }: Extract<Fact<ReferralEvent>, { type: 'ReferralSent' }>,
  begunAt: Instant,
): Placed => ({
  kind: 'placed',
  begunAt,
  phase: at('Sent'),
  patientId: data.patientId,
  referrerOrganizationId: data.referrerOrganizationId,
  referrerPractitionerId: data.signature.practitionerId,
  content: data.content,
  diagnosisCodes: data.diagnosisCodes,
  sentAt,
  saidAt: sentAt,
  validUntil: data.validUntil,
  validOn: data.content.validUntil,
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
    case 'ReferralReleased':
    case 'ReferralDeclined':
    case 'ReferralDeclineReversed':
    case 'ReferralRedirected':
      return evolveLegs(state, fact);
    case 'ReferralReceived':
    case 'ReferralInformationSupplied':
      return inPhase(state, at('InTriage'));
    case 'ReferralInformationRequested': {
      const mandatory = fact.data.questions
        .filter((question) => question.mandatory)
        .map((question) => question.questionId);
      return inPhase(state, { stage: 'InfoRequested', mandatory });
    }
    case 'ReferralAccepted':
      return inPhase(state, at('Accepted'));
    case 'ReferralRedirectProposed':
      return { ...state, proposal: { kind: 'redirect', listingId: fact.data.listingId } };
    case 'ReferralStopProposed':
      return { ...state, proposal: { kind: 'stop' } };
    case 'ReferralProposalRejected':
      return { ...state, proposal: undefined };
    case 'ReferralVisitBooked':
    case 'ReferralVisitMoved':
    case 'ReferralVisitKept':
    case 'ReferralVisitMissed':
    case 'ReferralVisitCancelled':
      return evolveVisits(state, fact);
    case 'ReferralTreatmentStarted':
      return inPhase(
        { ...kept(state, fact.data.sessionId), treatmentStarted: true },
        underTreatment(state.phase),
      );
    case 'ReferralPutOnHold':
    case 'ReferralResumed':
    case 'ReferralCancellationRequested':
    case 'ReferralCancellationRefused':
      return evolvePause(state, fact);
    case 'ReferralRevised':
      return {
        ...state,
        content: fact.data.content,
        saidAt: fact.at,
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

type LegFact = Extract<
  LaterFact,
  {
    type:
      | 'ReferralClaimed'
      | 'ReferralReleased'
      | 'ReferralDeclined'
      | 'ReferralDeclineReversed'
      | 'ReferralRedirected';
  }
>;

/** Who has the order. */
const evolveLegs = (state: Placed, fact: LegFact): Placed => {
  switch (fact.type) {
    case 'ReferralClaimed':
      return inPhase(
        changeLeg(state, (leg) => ({ ...leg, recipient: fact.data })),
        at('InTriage'),
      );
    case 'ReferralReleased':
      return inPhase(
        changeLeg(state, ({ recipient: _given, ...leg }) => leg),
        at('Sent'),
      );
    case 'ReferralDeclined':
      return inPhase(endLeg(without(state, fact.data.bookingsCancelled), 'declined'), {
        stage: 'Declined',
        at: fact.at,
      });
    case 'ReferralDeclineReversed':
      return inPhase(
        changeLeg(state, ({ ended: _ended, ...leg }) => leg),
        at('InTriage'),
      );
    case 'ReferralRedirected':
      return redirected(state, fact);
  }
};

type PauseFact = Extract<
  LaterFact,
  {
    type:
      | 'ReferralPutOnHold'
      | 'ReferralResumed'
      | 'ReferralCancellationRequested'
      | 'ReferralCancellationRefused';
  }
>;

/** What interrupts the work, and what lets it go on from where it was. */
const evolvePause = (state: Placed, fact: PauseFact): Placed => {
  switch (fact.type) {
    case 'ReferralPutOnHold':
      return inPhase(without(state, fact.data.bookingsCancelled), {
        stage: 'OnHold',
        prior: state.phase,
        holder: fact.data.holder,
        ...(fact.data.flagId === undefined ? {} : { flagId: fact.data.flagId }),
      });
    case 'ReferralCancellationRequested':
      return inPhase(
        { ...state, proposal: undefined },
        { stage: 'CancelRequested', prior: state.phase, deceased: fact.data.deceased },
      );
    case 'ReferralResumed':
    case 'ReferralCancellationRefused':
      return 'prior' in state.phase ? settle(state, state.phase.prior) : state;
  }
};

type VisitFact = Extract<LaterFact, { type: `ReferralVisit${string}` }>;

const evolveVisits = (state: Placed, fact: VisitFact): Placed => {
  const others = without(state, [fact.data.sessionId]);
  switch (fact.type) {
    case 'ReferralVisitBooked': {
      const booked = [...others.booked, { sessionId: fact.data.sessionId, start: fact.data.start }];
      return { ...others, booked, phase: state.phase.stage === 'Accepted' ? at('Booked') : state.phase };
    }
    case 'ReferralVisitMoved': {
      const { sessionId, start } = fact.data;
      return {
        ...state,
        booked: state.booked.map((visit) => (visit.sessionId === sessionId ? { sessionId, start } : visit)),
      };
    }
    case 'ReferralVisitKept':
      return kept(state, fact.data.sessionId);
    case 'ReferralVisitMissed': {
      const { consecutive, total } = fact.data;
      return settle({ ...others, missed: { consecutive, total } }, state.phase);
    }
    case 'ReferralVisitCancelled':
      return settle(others, state.phase);
  }
};
