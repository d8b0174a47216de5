/**
 * The session's lifecycle as data, in the form of the referral's table: who may do what from where. The decider,
 * the read model's stages and the screens' buttons read these rows. Source: domain notes 4.2.
 */
import type { Role } from '@fascia/kernel';
import type { SessionEvent } from './events.js';

// prettier-ignore
export const SESSION_STAGES = [
  'none', 'Scheduled', 'CheckedIn', 'InProgress', 'Performed', 'Signed', 'NoShow', 'Cancelled', 'Stopped',
] as const;

export type SessionStage = (typeof SESSION_STAGES)[number];

// prettier-ignore
export const SESSION_COMMANDS = [
  'ScheduleSession', 'RescheduleSession', 'CancelSession', 'MarkNoShow', 'CheckIn', 'RecordPreScreen',
  'StartSession', 'RecordIntervention', 'StopSession', 'CompleteSession', 'SignSession', 'AmendSession',
] as const;

export type SessionCommandType = (typeof SESSION_COMMANDS)[number];

export interface SessionTransition {
  readonly row: string;
  readonly command: SessionCommandType;
  readonly events: readonly SessionEvent['type'][];
  readonly from: readonly SessionStage[];
  readonly to: SessionStage | 'same';
  readonly who: readonly Role[];
}

const THE: Role = 'therapist';
const SCH: Role = 'scheduler';
const COO: Role = 'coordinator';
const PAT: Role = 'patient';
const SYS: Role = 'system';

/** Takes up its therapist's and its patient's time. */
export const SESSION_NOT_ENDED: readonly SessionStage[] = ['Scheduled', 'CheckedIn', 'InProgress'];

// prettier-ignore
export const SESSION_TRANSITIONS: readonly SessionTransition[] = [
  { row: '1', command: 'ScheduleSession', events: ['SessionScheduled'],
    from: ['none'], to: 'Scheduled', who: [SCH, COO, THE, PAT] },
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
  { row: '9', command: 'StopSession', events: ['SessionStopped'],
    from: ['CheckedIn', 'InProgress'], to: 'Stopped', who: [THE] },
  { row: '10', command: 'CompleteSession', events: ['SessionPerformed'],
    from: ['InProgress'], to: 'Performed', who: [THE] },
  { row: '11', command: 'SignSession', events: ['SessionSigned'],
    from: ['Performed'], to: 'Signed', who: [THE] },
  { row: '12', command: 'AmendSession', events: ['SessionAmended'],
    from: ['Signed'], to: 'same', who: [THE] },
];

export const sessionRowsOf = (command: SessionCommandType): readonly SessionTransition[] =>
  SESSION_TRANSITIONS.filter((row) => row.command === command);

/** Where an event leads; one that the table does not know from here moves nothing. */
export const sessionStageAfter = (stage: SessionStage, event: SessionEvent['type']): SessionStage => {
  const row = SESSION_TRANSITIONS.find((known) => known.events.includes(event) && known.from.includes(stage));
  return row === undefined || row.to === 'same' ? stage : row.to;
};
