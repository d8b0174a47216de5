/** Commands as the decider takes them: the HTTP body plus its type. */
import type { Region, Side, Tissue, Vitals } from '@fascia/clinical';
import type { Instant } from '@fascia/kernel';
import type { CANCELLED_BY, Narrative, SessionKind } from '../contract/events.js';
import type { SessionCommandType } from '../contract/session-transitions.js';

interface Bodies {
  ScheduleSession: {
    referralId: string;
    kind: SessionKind;
    therapistId: string;
    start: Instant;
    end: Instant;
    locationId?: string;
  };
  RescheduleSession: { start: Instant; end: Instant; therapistId?: string };
  CancelSession: { by: (typeof CANCELLED_BY)[number]; reason: string };
  MarkNoShow: object;
  CheckIn: object;
  RecordPreScreen: {
    /** Ids of the red-flag catalogue. */
    flags: readonly string[];
    vitals: Vitals & { readonly tempCelsius?: number };
    skinIntact: boolean;
    consentVerbal: boolean;
    nprsPre: number;
  };
  StartSession: object;
  RecordIntervention: {
    technique: string;
    region: Region;
    side?: Side;
    tissue: Tissue;
    position?: string;
    tool?: string;
    /** 1-5. */
    pressureGrade: number;
    minutes: number;
    timed: boolean;
    cpt: string;
    nprsDuring?: number;
    response?: string;
    deviationReason?: string;
  };
  StopSession: { reason: string; flagId?: string };
  CompleteSession: {
    start: Instant;
    end: Instant;
    totalTreatmentMinutes: number;
    nprsPost: number;
    narrative: Narrative;
    /** Codes that the therapist prefers where several have an equal claim to the last unit. */
    unitChoice?: readonly string[];
  };
  SignSession: object;
  AmendSession: { text: string; reason: string };
}

export type SessionCommandOf<T extends SessionCommandType> = { readonly type: T } & Readonly<Bodies[T]>;
export type SessionCommand = { [T in SessionCommandType]: SessionCommandOf<T> }[SessionCommandType];
