/**
 * Referrals as both sides see them: whose move, since when, how far the loop has come. The stage follows from
 * the transition table's rows, so that a list can never show a move that the table does not know.
 */
import { idOf, type Envelope } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ReferralEvent } from '../contract/events.js';
import { isOpen, TRANSITIONS, whoseMove, type Stage } from '../contract/transition-table.js';
import { changed, drafted } from './referral.changes.js';
import { REFERRAL_COLUMNS, type ReferralRow } from './referral.row.js';

export type { ReferralRow } from './referral.row.js';

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
  const move = TRANSITIONS.find(
    (known) => known.events.at(-1) === event.type && known.from.includes(row.stage),
  );
  // The first of two events of one command leaves the stage to the second.
  if (move === undefined) return event.type === 'ReferralCancelled' ? 'Cancelled' : row.stage;
  switch (move.to) {
    case 'same':
      return row.stage;
    case 'prior':
      return row.prior_stage === 'Booked' && booked.length === 0
        ? 'Accepted'
        : (row.prior_stage ?? row.stage);
    case 'unbooked':
      return booked.length === 0 ? 'Accepted' : row.stage;
    default:
      return move.to;
  }
};

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
  columns: REFERRAL_COLUMNS,
  indexes: [
    '(referrer_organization_id, entered_stage_at desc, id)',
    '(recipient_organization_id, entered_stage_at desc, id)',
    'using gin (pool_organization_ids)',
    '(patient_id)',
  ],
  takes: TRANSITIONS.flatMap((row) => row.events).filter((type, index, all) => all.indexOf(type) === index),
  rowsOf: (event) => [idOf(event.stream)],
  fold,
});
