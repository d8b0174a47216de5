import type { Aggregate } from '@fascia/write-door';
import { TASK_COMMANDS, type TaskCommand } from '../contract/commands.js';
import { TASK_CONTRACT, type TaskEvent } from '../contract/events.js';
import { taskDecider, type TaskState } from '../domain/task.js';

export type TaskAggregate = Aggregate<TaskState, TaskCommand, TaskEvent, undefined>;

export const taskAggregate: TaskAggregate = {
  decider: taskDecider,
  contract: TASK_CONTRACT,
  commands: TASK_COMMANDS,
  facts: () => Promise.resolve(undefined),
  parties: ({ command, state }) => {
    const assignment = state?.assignment ?? (command.type === 'CreateTask' ? command.assignment : undefined);
    return assignment === undefined ? {} : { owner: assignment.organizationIds };
  },
  patientId: ({ command, state }) =>
    state?.patientId ?? (command.type === 'CreateTask' ? command.patientId : undefined),
};
