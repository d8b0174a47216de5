/** A care task. Offered to roles of one or more organisations; claimed by one person; done by the fact it asks for. */
import { endOfDay, type Zone } from '@fascia/clinical/calendar';
import { mergedRefusal } from '@fascia/directory/contract';
import { happened, type Decider, type Decision } from '@fascia/kernel';
import type { TaskCommand } from '../contract/commands.js';
import type { Assignment, TaskEvent } from '../contract/events.js';
import type { TaskStage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';

// State

export interface Task {
  readonly stage: TaskStage;
  readonly patientId?: string | undefined;
  readonly assignment: Assignment;
  readonly dueAt?: string | undefined;
  readonly claimedBy?: { readonly practitionerId: string; readonly organizationId: string } | undefined;
}

export type TaskState = Task | undefined;

export interface TaskFacts {
  /** Where that patient's record was merged into another: the record at the end of the chain. */
  readonly survivorId?: string | undefined;
  /** Where the day is on which it is due. */
  readonly zone?: Zone;
}

// Decisions

const isOver = (task: Task): boolean => task.stage === 'done' || task.stage === 'cancelled';

const over = (): Decision<never> => refuse('TASK_OVER', 'The task is done or cancelled already.');

const decide: Decider<TaskState, TaskCommand, TaskEvent, TaskFacts>['decide'] = (
  command,
  state,
  { by, facts },
) => {
  if (command.type === 'CreateTask') {
    if (state !== undefined) return refuse('TASK_EXISTS', 'This task exists already.');
    if (facts.survivorId !== undefined) return { ok: false, refusal: mergedRefusal(facts.survivorId) };
    const { type: _type, taskType, dueOn, ...asked } = command;
    const due = dueOn === undefined ? {} : { dueAt: endOfDay(dueOn.day, facts.zone ?? 'UTC') };
    return happened({ type: 'CareTaskCreated', data: { ...asked, ...due, type: taskType } });
  }
  if (state === undefined) return refuse('TASK_UNKNOWN', 'There is no such task.');
  switch (command.type) {
    case 'ClaimTask': {
      if (isOver(state)) return over();
      const { practitionerId, organizationId } = by;
      if (practitionerId === undefined || organizationId === undefined)
        return refuse('CLAIM_NEEDS_PERSON', 'A task is claimed by a practitioner.');
      if (state.claimedBy?.practitionerId === practitionerId) return happened();
      return state.claimedBy === undefined
        ? happened({ type: 'CareTaskClaimed', data: { practitionerId, organizationId } })
        : refuse(
            'TASK_CLAIMED',
            'Somebody else has claimed this task: ask them to release it, or have it reassigned.',
            { about: { practitionerId: state.claimedBy.practitionerId } },
          );
    }
    case 'ReleaseTask':
      if (isOver(state)) return over();
      return state.claimedBy === undefined
        ? refuse('TASK_NOT_CLAIMED', 'Nobody has claimed this task.')
        : happened({ type: 'CareTaskReleased', data: { reason: command.reason } });
    case 'ReassignTask': {
      if (isOver(state)) return over();
      const { type: _type, ...assignment } = command;
      return happened({ type: 'CareTaskReassigned', data: assignment });
    }
    case 'SetTaskDue': {
      const { dueAt } = command;
      return isOver(state) || dueAt === state.dueAt
        ? happened()
        : happened({ type: 'CareTaskDueSet', data: dueAt === undefined ? {} : { dueAt } });
    }
    case 'CompleteTask': {
      if (state.stage === 'done') return happened();
      if (state.stage === 'cancelled') return over();
      const { type: _type, ...data } = command;
      return happened({ type: 'CareTaskCompleted', data });
    }
    case 'CancelTask':
      if (state.stage === 'cancelled') return happened();
      return state.stage === 'done'
        ? over()
        : happened({ type: 'CareTaskCancelled', data: { reason: command.reason } });
  }
};

export const taskDecider: Decider<TaskState, TaskCommand, TaskEvent, TaskFacts> = {
  category: 'task',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'CareTaskCreated') {
      const { assignment, patientId, dueAt } = fact.data;
      return { stage: 'offered', assignment, patientId, dueAt };
    }
    if (state === undefined) return state;
    switch (fact.type) {
      case 'CareTaskClaimed':
        return { ...state, stage: 'claimed', claimedBy: fact.data };
      case 'CareTaskReleased':
        return { ...state, stage: 'offered', claimedBy: undefined };
      case 'CareTaskReassigned':
        return { ...state, stage: 'offered', assignment: fact.data, claimedBy: undefined };
      case 'CareTaskDueSet':
        return { ...state, dueAt: fact.data.dueAt };
      case 'CareTaskCompleted':
        return { ...state, stage: 'done' };
      case 'CareTaskCancelled':
        return { ...state, stage: 'cancelled' };
    }
  },
  decide,
  stage: (state) => state?.stage ?? 'none',
};
