/**
 * Referrals as both sides see them: whose move, since when, how far the loop has come. The stage follows from
 * the transition table's rows, so that a list can never show a move that the table does not know.
 */
import { idOf, type Envelope } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ReferralEvent } from '../../contract/events.js';
import { isOpen, referralLifecycle, whoseMove, type Stage } from '../../contract/lifecycle.js';
import { changed, drafted } from './changes.js';
import { REFERRAL_COLUMNS, STATIONS, type ReferralRow, type StationName } from './row.js';

const REACHED: Readonly<Partial<Record<ReferralEvent['type'], StationName>>> = {
  ReferralSent: 'sent',
  ReferralRedirected: 'sent',
  ReferralReceived: 'received',
  ReferralInformationRequested: 'received',
  ReferralDeclined: 'received',
  ReferralClaimed: 'received',
  ReferralAccepted: 'accepted',
  ReferralVisitBooked: 'booked',
  ReferralTreatmentStarted: 'firstVisit',
  ReferralOutcomeReported: 'outcome',
  ReferralOutcomeAcknowledged: 'acknowledged',
};

type Event = Envelope<ReferralEvent>;

const stageAfter = (row: ReferralRow, event: Event, booked: ReferralRow['booked']): Stage => {
  // A cancellation that is confirmed in the same breath: the order was never seen to be asked for it.
  if (event.type === 'ReferralCancelled') return 'Cancelled';
  return referralLifecycle.after(row.stage, event.type, (where) => {
    if (where === 'unbooked') return booked.length === 0 ? 'Accepted' : row.stage;
    const prior = row.prior_stages.at(-1) ?? row.stage;
    return prior === 'Booked' && booked.length === 0 ? 'Accepted' : prior;
  });
};

/** A pause within a pause remembers both. */
const priorAfter = ({ stage, prior_stages: prior }: ReferralRow, { type }: Event): readonly Stage[] => {
  switch (type) {
    case 'ReferralPutOnHold':
    case 'ReferralCancellationRequested':
      return [...prior, stage];
    case 'ReferralResumed':
    case 'ReferralCancellationRefused':
      return prior.slice(0, -1);
    case 'ReferralTreatmentStarted':
      return prior.length === 0 ? prior : ['InTreatment', ...prior.slice(1)];
    default:
      return prior;
  }
};

/** What a stage is reached by. Where it goes back (another clinic, released, a decline reversed), what lies beyond it is undone. */
const STATION_OF: Readonly<Partial<Record<Stage, StationName>>> = {
  Sent: 'sent',
  InTriage: 'received',
  InfoRequested: 'received',
  Accepted: 'accepted',
  Booked: 'booked',
  InTreatment: 'firstVisit',
};

const loopAfter = (
  { loop }: ReferralRow,
  { type, occurredAt, actor }: Event,
  stage: Stage,
): ReferralRow['loop'] => {
  const station = REACHED[type];
  const last = STATION_OF[stage];
  const kept = last === undefined ? STATIONS : STATIONS.slice(0, STATIONS.indexOf(last) + 1);
  const before = type === 'ReferralRedirected' ? {} : loop;
  const left = Object.fromEntries(kept.flatMap((one) => (before[one] ? [[one, before[one]] as const] : [])));
  return station === undefined || left[station] !== undefined
    ? left
    : { ...left, [station]: { at: occurredAt, by: actor.sub, role: actor.role } };
};

const fold = (before: ReferralRow | undefined, event: Event, id: string): ReferralRow | undefined => {
  if (event.type === 'ReferralDrafted') return drafted(id, event);
  if (before === undefined) return before;
  const row = changed(before, event);
  const stage = stageAfter(before, event, row.booked);
  const moved = stage !== before.stage;
  return {
    ...row,
    stage,
    prior_stages: priorAfter(before, event),
    open: isOpen(stage),
    whose_move: whoseMove(stage, row.holder ?? undefined),
    entered_stage_at: moved ? event.occurredAt : row.entered_stage_at,
    loop: loopAfter(before, event, stage),
    version: event.version,
  };
};

export const referralModel = readModel<ReferralRow, ReferralEvent>({
  name: 'referral',
  version: 5,
  columns: REFERRAL_COLUMNS,
  indexes: [
    '(referrer_organization_id, entered_stage_at desc, id)',
    '(recipient_organization_id, entered_stage_at desc, id)',
    'using gin (pool_organization_ids)',
    '(patient_id)',
    '(entered_stage_at desc, id)',
  ],
  takes: referralLifecycle.events,
  rowsOf: (event) => [idOf(event.stream)],
  fold,
});
