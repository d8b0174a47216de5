import { relationsOf, type Parties } from '@fascia/kernel';
import type { Aggregate, FactRequest, FactTools, Lookup } from '@fascia/write-door';
import { TASK_COMMANDS, type TaskCommand } from '../contract/commands.js';
import { TASK_CONTRACT, type TaskEvent } from '../contract/events.js';
import { taskDecider, type TaskFacts, type TaskState } from '../domain/task.js';

export type TaskAggregate = Aggregate<TaskState, TaskCommand, TaskEvent, TaskFacts>;

export interface TaskPorts {
  /** Who is what to a patient. */
  readonly careTeamOf: (patientId: string) => Lookup<Parties>;
}

/** What process managers ask for is about the patient of the order that they follow. */
const patientIsTheirs = async (
  { command, by }: FactRequest<TaskState, TaskCommand>,
  { careTeamOf }: TaskPorts,
  tools: FactTools,
): Promise<boolean> =>
  command.type !== 'CreateTask' ||
  command.patientId === undefined ||
  by.role === 'system' ||
  relationsOf(by, await tools.lookup(careTeamOf(command.patientId))).length > 0;

export const taskAggregate = (ports: TaskPorts): TaskAggregate => ({
  decider: taskDecider,
  contract: TASK_CONTRACT,
  commands: TASK_COMMANDS,
  facts: async (request, tools) => ({ patientIsTheirs: await patientIsTheirs(request, ports, tools) }),
  parties: ({ command, state }) => {
    const assignment = state?.assignment ?? (command.type === 'CreateTask' ? command.assignment : undefined);
    return assignment === undefined ? {} : { owner: assignment.organizationIds };
  },
  patientId: ({ command, state }) =>
    state?.patientId ?? (command.type === 'CreateTask' ? command.patientId : undefined),
});
