import { careTeamOfAll, personOf } from '@fascia/directory';
import { relationsOf } from '@fascia/kernel';
import type { Aggregate, FactRequest, FactTools } from '@fascia/write-door';
import { TASK_COMMANDS, type TaskCommand } from '../contract/commands.js';
import { TASK_CONTRACT, type TaskEvent } from '../contract/events.js';
import { taskDecider, type TaskFacts, type TaskState } from '../domain/task.js';

export type TaskAggregate = Aggregate<TaskState, TaskCommand, TaskEvent, TaskFacts>;

/** What process managers ask for is about the patient of the order that they follow. */
const factsOf = async (
  { command, by }: FactRequest<TaskState, TaskCommand>,
  tools: FactTools,
): Promise<TaskFacts> => {
  if (command.type !== 'CreateTask' || command.patientId === undefined || by.role === 'system')
    return { patientIsTheirs: true };
  const person = await personOf(command.patientId, tools);
  return {
    patientIsTheirs: relationsOf(by, await careTeamOfAll(person, tools)).length > 0,
    survivorId: person.record.survivorId,
  };
};

export const taskAggregate: TaskAggregate = {
  decider: taskDecider,
  contract: TASK_CONTRACT,
  commands: TASK_COMMANDS,
  facts: factsOf,
  parties: ({ command, state }) => {
    const assignment = state?.assignment ?? (command.type === 'CreateTask' ? command.assignment : undefined);
    return assignment === undefined ? {} : { owner: assignment.organizationIds };
  },
  patientId: ({ command, state }) =>
    state?.patientId ?? (command.type === 'CreateTask' ? command.patientId : undefined),
};
