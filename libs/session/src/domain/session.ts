/** A session's state and what each event does to it. Past events are never judged here. */
import type { PayerProfileName } from '@fascia/clinical';
import type { Fact, Instant } from '@fascia/kernel';
import type { SessionEvent, SessionEventOf, SessionKind } from '../contract/events.js';
import type { SessionStage } from '../contract/lifecycle.js';

export interface Booking {
  readonly patientId: string;
  readonly referralId: string;
  readonly organizationId: string;
  readonly referrerOrganizationId: string;
  readonly payerProfile: PayerProfileName;
  readonly kind: SessionKind;
  readonly therapistId: string;
  readonly start: Instant;
  readonly end: Instant;
}

export interface Visit extends Booking {
  /** The last one. */
  readonly preScreen?: SessionEventOf<'PreScreenRecorded'> | undefined;
  /** Red flags that any pre-screen of this session found; for vital signs (F10) the last one counts. */
  readonly found: readonly string[];
  readonly interventions: readonly SessionEventOf<'InterventionRecorded'>[];
  /** It was over when it was entered. */
  readonly enteredLate: boolean;
}

/** What took place and waits for a signature, or has it. */
export interface PerformedVisit extends Visit {
  readonly performed: Pick<
    SessionEventOf<'SessionPerformed'>,
    'start' | 'end' | 'totalTimedMinutes' | 'complianceFlags'
  >;
  readonly amendments: readonly { readonly text: string; readonly reason: string }[];
  /** The therapist of the session, or who signed in their place. */
  readonly signedBy?: string | undefined;
}

export type SessionState =
  | { readonly stage: 'none' }
  | ({
      readonly stage:
        'Scheduled' | 'CheckedIn' | 'InProgress' | 'NoShow' | 'Cancelled' | 'Stopped' | 'Voided';
    } & Visit)
  | ({ readonly stage: 'Performed' | 'Signed' } & PerformedVisit);

export const stageOf = (state: SessionState): SessionStage => state.stage;

export type ExistingSession = Exclude<SessionState, { stage: 'none' }>;
export type PerformedSession = Extract<SessionState, { stage: 'Performed' | 'Signed' }>;

/** Measured again, it may be gone; every other flag stays until a physician clears it. */
const VITAL_SIGNS = 'F10';

const foundAfter = (found: readonly string[], now: readonly string[]): readonly string[] => [
  ...new Set([...found.filter((flag) => flag !== VITAL_SIGNS), ...now]),
];

const begun = { found: [], interventions: [] } as const;

const scheduled = ({ locationId: _place, ...booking }: SessionEventOf<'SessionScheduled'>): SessionState => ({
  stage: 'Scheduled',
  ...booking,
  ...begun,
  enteredLate: false,
});

const enteredLate = ({
  locationId: _place,
  reason: _reason,
  ...booking
}: SessionEventOf<'SessionEnteredLate'>): SessionState => ({
  stage: 'InProgress',
  ...booking,
  ...begun,
  enteredLate: true,
});

export const evolve = (state: SessionState, fact: Fact<SessionEvent>): SessionState => {
  if (fact.type === 'SessionScheduled') return scheduled(fact.data);
  if (fact.type === 'SessionEnteredLate') return enteredLate(fact.data);
  return state.stage === 'none' ? state : evolveExisting(state, fact);
};

const ENDS = {
  SessionNoShow: 'NoShow',
  SessionCancelled: 'Cancelled',
  SessionStopped: 'Stopped',
  SessionVoided: 'Voided',
} as const;

const evolveExisting = (
  state: ExistingSession,
  fact: Exclude<Fact<SessionEvent>, { type: 'SessionScheduled' | 'SessionEnteredLate' }>,
): SessionState => {
  switch (fact.type) {
    case 'SessionRescheduled':
      return { ...state, ...fact.data };
    case 'PatientCheckedIn':
      return { ...state, stage: 'CheckedIn' };
    case 'PreScreenRecorded':
      return { ...state, preScreen: fact.data, found: foundAfter(state.found, fact.data.flags) };
    case 'SessionStarted':
      return { ...state, stage: 'InProgress' };
    case 'InterventionRecorded':
      return { ...state, interventions: [...state.interventions, fact.data] };
    case 'ContraindicatedCareRecorded':
      return state;
    case 'SessionPerformed': {
      const { start, end, totalTimedMinutes, complianceFlags } = fact.data;
      const performed = { start, end, totalTimedMinutes, complianceFlags };
      return { ...state, stage: 'Performed', performed, amendments: [] };
    }
    case 'SessionSigned':
      return 'performed' in state
        ? { ...state, stage: 'Signed', signedBy: fact.data.signature.practitionerId }
        : state;
    case 'SessionAmended': {
      const { text, reason } = fact.data;
      return 'performed' in state ? { ...state, amendments: [...state.amendments, { text, reason }] } : state;
    }
    default:
      return { ...state, stage: ENDS[fact.type] };
  }
};
