/** The worklist: care tasks by whom they ask, open ones first by due date. */
import type { DeadlineName } from '@fascia/deadline/contract';
import { idOf, type Role, type StoredCategory } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { Assignment, TaskAsked, TaskEvent, TaskType } from '../../contract/events.js';
import type { TaskStage } from '../../contract/lifecycle.js';

export interface TaskRow {
  readonly id: string;
  readonly type: TaskType;
  readonly status: Exclude<TaskStage, 'none'>;
  readonly patient_id: string | null;
  readonly referral_id: string | null;
  readonly subject_category: StoredCategory;
  readonly subject_id: string;
  readonly organization_ids: readonly string[];
  readonly roles: readonly Role[];
  /** Whom it was asked of by name: has it again once who claimed it gives it back. */
  readonly asked_practitioner_id: string | null;
  /** Who has it: claimed, or assigned by name. */
  readonly practitioner_id: string | null;
  readonly priority: TaskAsked['priority'];
  readonly due_at: string | null;
  /** Of the order, that was missed. */
  readonly deadline: DeadlineName | null;
  readonly note: string | null;
  readonly created_at: string;
  readonly entered_status_at: string;
  readonly version: number;
}

const assigned = (
  assignment: Assignment,
): Pick<TaskRow, 'organization_ids' | 'roles' | 'asked_practitioner_id' | 'practitioner_id'> => ({
  organization_ids: assignment.organizationIds,
  roles: assignment.roles,
  asked_practitioner_id: assignment.practitionerId ?? null,
  practitioner_id: assignment.practitionerId ?? null,
});

export const taskModel = readModel<TaskRow, TaskEvent>({
  name: 'task',
  version: 3,
  columns: {
    id: 'text',
    type: 'text',
    status: 'text',
    patient_id: 'text',
    referral_id: 'text',
    subject_category: 'text',
    subject_id: 'text',
    organization_ids: 'text[]',
    roles: 'text[]',
    asked_practitioner_id: 'text',
    practitioner_id: 'text',
    priority: 'text',
    due_at: 'text',
    deadline: 'text',
    note: 'text',
    created_at: 'text',
    entered_status_at: 'text',
    version: 'integer',
  },
  indexes: [
    'using gin (organization_ids)',
    '(practitioner_id, status)',
    '(referral_id)',
    '(status, due_at, id)',
  ],
  takes: [
    'CareTaskCreated',
    'CareTaskClaimed',
    'CareTaskReleased',
    'CareTaskReassigned',
    'CareTaskDueSet',
    'CareTaskCompleted',
    'CareTaskCancelled',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version, occurredAt } = event;
    if (event.type === 'CareTaskCreated') {
      const { type, patientId, referralId, subject, assignment, priority, dueAt, deadline, note } =
        event.data;
      return {
        id,
        type,
        status: 'offered',
        patient_id: patientId ?? null,
        referral_id: referralId ?? null,
        subject_category: subject.category,
        subject_id: subject.id,
        ...assigned(assignment),
        priority,
        due_at: dueAt ?? null,
        deadline: deadline ?? null,
        note: note ?? null,
        created_at: occurredAt,
        entered_status_at: occurredAt,
        version,
      };
    }
    if (before === undefined) return before;
    if (event.type === 'CareTaskDueSet') return { ...before, due_at: event.data.dueAt ?? null, version };
    const row = { ...before, version, entered_status_at: occurredAt };
    switch (event.type) {
      case 'CareTaskClaimed':
        return { ...row, status: 'claimed', practitioner_id: event.data.practitionerId };
      case 'CareTaskReleased':
        return { ...row, status: 'offered', practitioner_id: before.asked_practitioner_id };
      case 'CareTaskReassigned':
        return { ...row, status: 'offered', ...assigned(event.data) };
      case 'CareTaskCompleted':
        return { ...row, status: 'done' };
      case 'CareTaskCancelled':
        return { ...row, status: 'cancelled' };
    }
  },
});
