/** Sessions as the diary, the note and the referral's course show them. */
import type { PayerProfileName } from '@fascia/clinical';
import { elapsedMs, HOUR_MS } from '@fascia/clinical/calendar';
import { idOf, type Envelope } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type {
  ComplianceFlag,
  Narrative,
  SessionEvent,
  SessionEventOf,
  SessionKind,
  SessionUnits,
} from '../../contract/events.js';
import { sessionLifecycle, type SessionStage } from '../../contract/lifecycle.js';

export interface SessionAmendment {
  readonly text: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

export interface SessionRow {
  readonly id: string;
  readonly patient_id: string;
  readonly referral_id: string;
  readonly organization_id: string;
  readonly referrer_organization_id: string;
  readonly therapist_id: string;
  readonly location_id: string | null;
  readonly payer_profile: PayerProfileName;
  readonly kind: SessionKind;
  readonly stage: SessionStage;
  readonly entered_stage_at: string;
  /** As booked, or as it took place once it has. */
  readonly start_at: string;
  readonly end_at: string;
  readonly started_at: string | null;
  /** When the patient was seen, once the session took place; stopped ones count when something was done. */
  readonly treated_at: string | null;
  /** Recorded only when it was over: why, when, and how long after its end. */
  readonly late_entry: { readonly reason: string; readonly at: string; readonly lagHours: number } | null;
  readonly plan_id: string | null;
  /** The last one. */
  readonly pre_screen: (SessionEventOf<'PreScreenRecorded'> & { readonly at: string }) | null;
  readonly interventions: readonly SessionEventOf<'InterventionRecorded'>[];
  readonly contraindicated_care: readonly SessionEventOf<'ContraindicatedCareRecorded'>[];
  readonly minutes: { readonly timed: number; readonly treatment: number } | null;
  readonly units: SessionUnits | null;
  readonly nprs_pre: number | null;
  readonly nprs_post: number | null;
  readonly narrative: Narrative | null;
  readonly compliance_flags: readonly ComplianceFlag[];
  readonly cancelled: SessionEventOf<'SessionCancelled'> | null;
  readonly stopped: SessionEventOf<'SessionStopped'> | null;
  readonly signed_at: string | null;
  readonly signed_by: string | null;
  readonly credential: string | null;
  /** Where a colleague signed: why. */
  readonly substitute_reason: string | null;
  /** Why it goes beyond what was ordered or planned. */
  readonly beyond_order: string | null;
  readonly voided: SessionEventOf<'SessionVoided'> | null;
  readonly amendments: readonly SessionAmendment[];
  readonly version: number;
}

type Event = Envelope<SessionEvent>;

const scheduled = (
  id: string,
  { data, occurredAt, version }: Extract<Event, { type: 'SessionScheduled' | 'SessionEnteredLate' }>,
): SessionRow => ({
  id,
  patient_id: data.patientId,
  referral_id: data.referralId,
  organization_id: data.organizationId,
  referrer_organization_id: data.referrerOrganizationId,
  therapist_id: data.therapistId,
  location_id: data.locationId ?? null,
  payer_profile: data.payerProfile,
  kind: data.kind,
  stage: 'Scheduled',
  entered_stage_at: occurredAt,
  start_at: data.start,
  end_at: data.end,
  started_at: null,
  treated_at: null,
  late_entry: null,
  plan_id: null,
  pre_screen: null,
  interventions: [],
  contraindicated_care: [],
  minutes: null,
  units: null,
  nprs_pre: null,
  nprs_post: null,
  narrative: null,
  compliance_flags: [],
  cancelled: null,
  stopped: null,
  signed_at: null,
  signed_by: null,
  credential: null,
  substitute_reason: null,
  beyond_order: 'beyondOrder' in data ? (data.beyondOrder ?? null) : null,
  voided: null,
  amendments: [],
  version,
});

const enteredLate = (id: string, event: Extract<Event, { type: 'SessionEnteredLate' }>): SessionRow => {
  const { data, occurredAt: at } = event;
  const lagHours = Math.round((elapsedMs(data.end, at) / HOUR_MS) * 100) / 100;
  return {
    ...scheduled(id, event),
    stage: 'InProgress',
    started_at: data.start,
    late_entry: { reason: data.reason, at, lagHours },
  };
};

const performed = (row: SessionRow, data: SessionEventOf<'SessionPerformed'>): SessionRow => ({
  ...row,
  start_at: data.start,
  end_at: data.end,
  treated_at: data.start,
  nprs_post: data.nprsPost,
  minutes: { timed: data.totalTimedMinutes, treatment: data.totalTreatmentMinutes },
  units: data.units ?? null,
  narrative: data.narrative,
  compliance_flags: data.complianceFlags,
});

/** What an event changes beside the stage. */
const changed = (row: SessionRow, event: Event): SessionRow => {
  switch (event.type) {
    case 'SessionRescheduled':
      return {
        ...row,
        start_at: event.data.start,
        end_at: event.data.end,
        therapist_id: event.data.therapistId,
        beyond_order: event.data.beyondOrder ?? null,
      };
    case 'SessionCancelled':
      return { ...row, cancelled: event.data };
    case 'PreScreenRecorded':
      return { ...row, pre_screen: { ...event.data, at: event.occurredAt }, nprs_pre: event.data.nprsPre };
    case 'SessionStarted':
      return { ...row, started_at: event.occurredAt, plan_id: event.data.planId ?? null };
    case 'InterventionRecorded':
      return { ...row, interventions: [...row.interventions, event.data], plan_id: event.data.planId };
    case 'ContraindicatedCareRecorded':
      return { ...row, contraindicated_care: [...row.contraindicated_care, event.data] };
    case 'SessionStopped': {
      const treated = row.interventions.length === 0 ? null : row.started_at;
      return { ...row, stopped: event.data, treated_at: treated };
    }
    case 'SessionPerformed':
      return performed(row, event.data);
    case 'SessionSigned': {
      const { signature, credential, complianceFlags, substituteReason = null } = event.data;
      const flags = [...row.compliance_flags, ...complianceFlags];
      return {
        ...row,
        signed_at: signature.at,
        signed_by: signature.practitionerId,
        credential,
        substitute_reason: substituteReason,
        compliance_flags: flags,
      };
    }
    case 'SessionVoided':
      return { ...row, voided: event.data, treated_at: null };
    case 'SessionAmended': {
      const { text, reason, signature } = event.data;
      return {
        ...row,
        amendments: [...row.amendments, { text, reason, at: signature.at, by: signature.practitionerId }],
      };
    }
    default:
      return row;
  }
};

const fold = (before: SessionRow | undefined, event: Event, id: string): SessionRow | undefined => {
  if (event.type === 'SessionScheduled') return scheduled(id, event);
  if (event.type === 'SessionEnteredLate') return enteredLate(id, event);
  if (before === undefined) return before;
  const stage = sessionLifecycle.after(before.stage, event.type);
  return {
    ...changed(before, event),
    stage,
    entered_stage_at: stage === before.stage ? before.entered_stage_at : event.occurredAt,
    version: event.version,
  };
};

export const sessionModel = readModel<SessionRow, SessionEvent>({
  name: 'session',
  version: 4,
  columns: {
    id: 'text',
    patient_id: 'text',
    referral_id: 'text',
    organization_id: 'text',
    referrer_organization_id: 'text',
    therapist_id: 'text',
    location_id: 'text',
    payer_profile: 'text',
    kind: 'text',
    stage: 'text',
    entered_stage_at: 'text',
    start_at: 'text',
    end_at: 'text',
    started_at: 'text',
    treated_at: 'text',
    late_entry: 'jsonb',
    plan_id: 'text',
    pre_screen: 'jsonb',
    interventions: 'jsonb',
    contraindicated_care: 'jsonb',
    minutes: 'jsonb',
    units: 'jsonb',
    nprs_pre: 'integer',
    nprs_post: 'integer',
    narrative: 'jsonb',
    compliance_flags: 'text[]',
    cancelled: 'jsonb',
    stopped: 'jsonb',
    signed_at: 'text',
    signed_by: 'text',
    credential: 'text',
    substitute_reason: 'text',
    beyond_order: 'text',
    voided: 'jsonb',
    amendments: 'jsonb',
    version: 'integer',
  },
  indexes: [
    '(referral_id, start_at)',
    '(patient_id)',
    '(therapist_id, start_at)',
    '(organization_id, start_at, id)',
  ],
  takes: sessionLifecycle.events,
  rowsOf: (event) => [idOf(event.stream)],
  fold,
});
