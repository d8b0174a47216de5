/** The session's lifecycle as data (docs/domain/session.md). */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { SessionCommandType } from './commands.js';
import type { SessionEvent } from './events.js';

// prettier-ignore
export const STAGES = [
  'none', 'Scheduled', 'CheckedIn', 'InProgress', 'Performed', 'Signed', 'NoShow', 'Cancelled', 'Stopped', 'Voided',
] as const;

export type SessionStage = (typeof STAGES)[number];

type Row = Transition<SessionStage, SessionCommandType, SessionEvent['type']>;

const THE: Role = 'therapist';
const SCH: Role = 'scheduler';
const COO: Role = 'coordinator';
const PAT: Role = 'patient';
const SYS: Role = 'system';

/** Takes up its therapist's and its patient's time. */
export const SESSION_NOT_ENDED: readonly SessionStage[] = ['Scheduled', 'CheckedIn', 'InProgress'];

// prettier-ignore
export const TRANSITIONS: readonly Row[] = [
  { row: '1', command: 'ScheduleSession', events: ['SessionScheduled'],
    from: ['none'], to: 'Scheduled', who: [SCH, COO, THE, PAT] },
  { row: '1a', command: 'ScheduleSession', events: ['SessionEnteredLate'],
    from: ['none'], to: 'InProgress', who: [COO, THE] },
  { row: '2', command: 'RescheduleSession', events: ['SessionRescheduled'],
    from: ['Scheduled'], to: 'same', who: [SCH, COO, THE, PAT] },
  { row: '3', command: 'CancelSession', events: ['SessionCancelled'],
    from: ['Scheduled', 'CheckedIn'], to: 'Cancelled', who: [PAT, SCH, COO, THE, SYS] },
  { row: '4', command: 'MarkNoShow', events: ['SessionNoShow'],
    from: ['Scheduled'], to: 'NoShow', who: [THE, SCH, COO] },
  { row: '5', command: 'CheckIn', events: ['PatientCheckedIn'],
    from: ['Scheduled'], to: 'CheckedIn', who: [SCH, COO, THE] },
  { row: '6', command: 'RecordPreScreen', events: ['PreScreenRecorded'],
    from: ['CheckedIn', 'InProgress'], to: 'same', who: [THE] },
  { row: '7', command: 'StartSession', events: ['SessionStarted'],
    from: ['CheckedIn'], to: 'InProgress', who: [THE] },
  { row: '8', command: 'RecordIntervention', events: ['InterventionRecorded'],
    from: ['InProgress'], to: 'same', who: [THE] },
  { row: '8a', command: 'RecordIntervention', events: ['ContraindicatedCareRecorded', 'InterventionRecorded'],
    from: ['InProgress'], to: 'same', who: [THE] },
  { row: '9', command: 'StopSession', events: ['SessionStopped'],
    from: ['CheckedIn', 'InProgress'], to: 'Stopped', who: [THE, SYS] },
  { row: '10', command: 'CompleteSession', events: ['SessionPerformed'],
    from: ['InProgress'], to: 'Performed', who: [THE] },
  { row: '11', command: 'SignSession', events: ['SessionSigned'],
    from: ['Performed'], to: 'Signed', who: [THE] },
  { row: '12', command: 'AmendSession', events: ['SessionAmended'],
    from: ['Signed'], to: 'same', who: [THE] },
  { row: '13', command: 'VoidSession', events: ['SessionVoided'],
    from: ['CheckedIn', 'InProgress', 'Performed'], to: 'Voided', who: [COO, THE] },
];

export const sessionLifecycle = lifecycle(STAGES, TRANSITIONS);
