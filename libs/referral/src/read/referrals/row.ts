/** A referral as its table keeps it. */
import type { Role } from '@fascia/kernel';
import type { ReferralEventOf } from '../../contract/events.js';
import type { Holder, Stage, whoseMove } from '../../contract/lifecycle.js';
import type { OrderContent } from '../../contract/order.js';

/** The loop, from the order to its acknowledged outcome: how far it has come with the clinic that has the order. */
export const STATIONS = [
  'sent',
  'received',
  'accepted',
  'booked',
  'firstVisit',
  'outcome',
  'acknowledged',
] as const;

export type StationName = (typeof STATIONS)[number];

/** Who and when. */
export interface Station {
  readonly at: string;
  readonly by: string;
  readonly role: Role;
}

export interface Leg {
  readonly no: number;
  readonly kind: 'directed' | 'pool';
  /** Asked for: of a pool all of them, whoever claims it. */
  readonly listing_ids: readonly string[];
  readonly organization_ids: readonly string[];
  readonly recipient: string | null;
  readonly recipient_listing_id: string | null;
  readonly ended: 'declined' | 'redirected' | null;
}

export interface ReferralRow {
  readonly id: string;
  readonly patient_id: string;
  readonly stage: Stage;
  /** Where it goes on after a hold, or a cancellation that was refused; the last is the next. */
  readonly prior_stages: readonly Stage[];
  readonly open: boolean;
  readonly whose_move: ReturnType<typeof whoseMove>;
  /** Not moved by a note or a message. */
  readonly entered_stage_at: string;
  readonly referrer_organization_id: string;
  readonly referrer_practitioner_id: string | null;
  readonly recipient_organization_id: string | null;
  /** Who may claim it, while nobody has. */
  readonly pool_organization_ids: readonly string[];
  readonly priority: NonNullable<OrderContent['priority']> | null;
  readonly service: string | null;
  readonly payer_profile: NonNullable<OrderContent['payer']>['profile'] | null;
  readonly sites: NonNullable<OrderContent['sites']>;
  readonly diagnosis_codes: readonly string[];
  readonly valid_until: string | null;
  readonly content: OrderContent;
  /** What it said before it was revised, oldest first, and until when. */
  readonly earlier: readonly { readonly content: OrderContent; readonly until: string }[];
  readonly legs: readonly Leg[];
  readonly booked: readonly { readonly sessionId: string; readonly start: string }[];
  /** Visits to which the patient did not come; in a row: since the last one that was kept. */
  readonly missed: { readonly inARow: number; readonly total: number };
  readonly proposal: 'redirect' | 'stop' | null;
  readonly revision_to_acknowledge: boolean;
  /** Of the last hold: one that is interrupted goes on with it. */
  readonly holder: Holder | null;
  readonly loop: Readonly<Partial<Record<StationName, Station>>>;
  readonly outcome:
    | (Readonly<Pick<ReferralEventOf<'ReferralOutcomeReported'>, 'kind' | 'summary'>> & {
        readonly goalsMetReason: string | null;
      })
    | null;
  readonly duplicate_override: boolean;
  readonly version: number;
}

export const REFERRAL_COLUMNS = {
  id: 'text',
  patient_id: 'text',
  stage: 'text',
  prior_stages: 'text[]',
  open: 'boolean',
  whose_move: 'text',
  entered_stage_at: 'text',
  referrer_organization_id: 'text',
  referrer_practitioner_id: 'text',
  recipient_organization_id: 'text',
  pool_organization_ids: 'text[]',
  priority: 'text',
  service: 'text',
  payer_profile: 'text',
  sites: 'jsonb',
  diagnosis_codes: 'text[]',
  valid_until: 'text',
  content: 'jsonb',
  earlier: 'jsonb',
  legs: 'jsonb',
  booked: 'jsonb',
  missed: 'jsonb',
  proposal: 'text',
  revision_to_acknowledge: 'boolean',
  holder: 'text',
  loop: 'jsonb',
  outcome: 'jsonb',
  duplicate_override: 'boolean',
  version: 'integer',
} as const;
