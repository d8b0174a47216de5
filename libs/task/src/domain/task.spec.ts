import { gist, given, past, SOMEBODY } from '@fascia/testkit';
import type { Actor } from '@fascia/kernel';
import { TASK_CONTRACT, type TaskEvent } from '../contract/events.js';
import type { TaskCommand } from '../contract/commands.js';
import { taskDecider } from './task.js';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const assignment = { organizationIds: [ORGANIZATION], roles: ['therapist' as const] };
const asked = {
  subject: { category: 'referral' as const, id: ORGANIZATION },
  assignment,
  priority: 'routine' as const,
};
const create: TaskCommand = { type: 'CreateTask', taskType: 'TRIAGE', ...asked };
const created = past<TaskEvent>({ type: 'CareTaskCreated', data: { type: 'TRIAGE', ...asked } });
const claimed = past<TaskEvent>({
  type: 'CareTaskClaimed',
  data: { practitionerId: SOMEBODY.practitionerId ?? '', organizationId: SOMEBODY.organizationId ?? '' },
});
const DUE = '2026-04-03T09:00:00.000Z';
const due = past<TaskEvent>({ type: 'CareTaskDueSet', data: { dueAt: DUE } });
const done = past<TaskEvent>({ type: 'CareTaskCompleted', data: {} });
const cancelled = past<TaskEvent>({ type: 'CareTaskCancelled', data: { reason: 'x' } });
const COLLEAGUE: Actor = {
  ...SOMEBODY,
  sub: 'colleague',
  practitionerId: '00000000-0000-4000-8000-000000000009',
};
const SYSTEM: Actor = { sub: 'process:x', role: 'system' };

describe('a care task', () => {
  it.each<[string, TaskCommand, readonly (typeof created)[], Actor, readonly string[] | string]>([
    ['is created', create, [], SYSTEM, ['CareTaskCreated']],
    ['is created once', create, [created], SYSTEM, 'TASK_EXISTS'],
    ['is claimed', { type: 'ClaimTask' }, [created], SOMEBODY, ['CareTaskClaimed']],
    ['is claimed again by the same person', { type: 'ClaimTask' }, [created, claimed], SOMEBODY, []],
    ['is claimed by one person only', { type: 'ClaimTask' }, [created, claimed], COLLEAGUE, 'TASK_CLAIMED'],
    ['is claimed by a person', { type: 'ClaimTask' }, [created], SYSTEM, 'CLAIM_NEEDS_PERSON'],
    ['is not claimed when it is over', { type: 'ClaimTask' }, [created, done], SOMEBODY, 'TASK_OVER'],
    [
      'is released',
      { type: 'ReleaseTask', reason: 'Ill.' },
      [created, claimed],
      SOMEBODY,
      ['CareTaskReleased'],
    ],
    [
      'is released only when claimed',
      { type: 'ReleaseTask', reason: 'Ill.' },
      [created],
      SOMEBODY,
      'TASK_NOT_CLAIMED',
    ],
    [
      'is not released when it is over',
      { type: 'ReleaseTask', reason: 'Ill.' },
      [created, claimed, done],
      SOMEBODY,
      'TASK_OVER',
    ],
    [
      'is reassigned',
      { type: 'ReassignTask', ...assignment },
      [created, claimed],
      SOMEBODY,
      ['CareTaskReassigned'],
    ],
    [
      'is not reassigned when it is over',
      { type: 'ReassignTask', ...assignment },
      [created, cancelled],
      SOMEBODY,
      'TASK_OVER',
    ],
    ['is due', { type: 'SetTaskDue', dueAt: DUE }, [created], SYSTEM, ['CareTaskDueSet']],
    ['is due once', { type: 'SetTaskDue', dueAt: DUE }, [created, due], SYSTEM, []],
    ['is due at no time', { type: 'SetTaskDue' }, [created, due], SYSTEM, ['CareTaskDueSet']],
    ['is not due when it is over', { type: 'SetTaskDue', dueAt: DUE }, [created, done], SYSTEM, []],
    ['is done', { type: 'CompleteTask' }, [created], SYSTEM, ['CareTaskCompleted']],
    ['is done once', { type: 'CompleteTask' }, [created, done], SYSTEM, []],
    [
      'is not done when it was cancelled',
      { type: 'CompleteTask' },
      [created, cancelled],
      SYSTEM,
      'TASK_OVER',
    ],
    ['is cancelled', { type: 'CancelTask', reason: 'x' }, [created], SYSTEM, ['CareTaskCancelled']],
    ['is cancelled once', { type: 'CancelTask', reason: 'x' }, [created, cancelled], SYSTEM, []],
    [
      'is not cancelled when it is done',
      { type: 'CancelTask', reason: 'x' },
      [created, done],
      SYSTEM,
      'TASK_OVER',
    ],
    ['that does not exist takes nothing', { type: 'CompleteTask' }, [], SYSTEM, 'TASK_UNKNOWN'],
  ])('%s', (_what, command, events, by, expected) => {
    expect(gist(given(taskDecider, TASK_CONTRACT, ...events).when(command, { facts: {}, by }))).toEqual(
      expected,
    );
  });

  it('says who was first to whoever comes second', () => {
    const second = given(taskDecider, TASK_CONTRACT, created, claimed).when(
      { type: 'ClaimTask' },
      { facts: {}, by: COLLEAGUE },
    );
    expect(second.ok ? second.events : second.refusal).toMatchObject({
      code: 'TASK_CLAIMED',
      about: { practitionerId: SOMEBODY.practitionerId },
    });
  });

  it('is about no record that was merged into another', () => {
    const asked = given(taskDecider, TASK_CONTRACT).when(create, {
      facts: { survivorId: ORGANIZATION },
    });
    expect(asked.ok ? asked.events : asked.refusal).toMatchObject({
      code: 'PATIENT_MERGED',
      about: { survivorId: ORGANIZATION },
    });
  });
});
