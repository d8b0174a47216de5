/** A care task's lifecycle as data. FHIR Task: requested, accepted, completed, cancelled (docs/domain/processes.md#care-tasks). */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { TaskCommandType } from './commands.js';
import type { TaskEvent } from './events.js';

export const STAGES = ['none', 'offered', 'claimed', 'done', 'cancelled'] as const;

export type TaskStage = (typeof STAGES)[number];

const WORKERS: readonly Role[] = ['physician', 'delegate', 'therapist', 'coordinator', 'scheduler', 'system'];
const ASKERS: readonly Role[] = ['coordinator', 'therapist', 'physician', 'system'];
const OPEN: readonly TaskStage[] = ['offered', 'claimed'];

type Row = Transition<TaskStage, TaskCommandType, TaskEvent['type']>;

// prettier-ignore
export const TRANSITIONS: readonly Row[] = [
  { row: '1', command: 'CreateTask', events: ['CareTaskCreated'], from: ['none'], to: 'offered', who: ASKERS },
  { row: '2', command: 'ClaimTask', events: ['CareTaskClaimed'], from: ['offered'], to: 'claimed', who: WORKERS },
  { row: '3', command: 'ReleaseTask', events: ['CareTaskReleased'], from: ['claimed'], to: 'offered', who: WORKERS },
  { row: '4', command: 'ReassignTask', events: ['CareTaskReassigned'], from: OPEN, to: 'offered', who: WORKERS },
  { row: '4a', command: 'SetTaskDue', events: ['CareTaskDueSet'], from: OPEN, to: 'same', who: ['system'] },
  { row: '5', command: 'CompleteTask', events: ['CareTaskCompleted'], from: OPEN, to: 'done', who: WORKERS },
  { row: '6', command: 'CancelTask', events: ['CareTaskCancelled'], from: OPEN, to: 'cancelled', who: WORKERS },
];

export const taskLifecycle = lifecycle(STAGES, TRANSITIONS);
