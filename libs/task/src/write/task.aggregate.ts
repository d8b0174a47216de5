import { careTeamOfAll, ofPatient, personOf, subjectOfPatient, worksAt, zoneOf } from '@fascia/directory';
import type { ReferencesOf } from '@fascia/kernel';
import type { Aggregate, FactRequest, FactTools, Naming, Reference, Subject } from '@fascia/write-door';
import { TASK_COMMANDS, type TaskCommand } from '../contract/commands.js';
import { TASK_CONTRACT, type TaskEvent } from '../contract/events.js';
import { taskDecider, type TaskFacts, type TaskState } from '../domain/task.js';

export type TaskAggregate = Aggregate<TaskState, TaskCommand, TaskEvent, TaskFacts>;

type Request = FactRequest<TaskState, TaskCommand>;

/** What process managers ask for is about the patient of the order that they follow. */
const factsOf = async ({ command, by }: Request, tools: FactTools): Promise<TaskFacts> => {
  if (command.type !== 'CreateTask') return {};
  const { patientId, dueOn } = command;
  const days = dueOn === undefined ? {} : { zone: await zoneOf(dueOn.organizationId, tools) };
  if (patientId === undefined || by.role === 'system') return days;
  const { record } = await personOf(patientId, tools);
  return { ...days, survivorId: record.survivorId };
};

/** Who asks for something of a patient is something to that patient; of nobody, people ask their own organisation. */
const subjectOf = async ({ command, state, by }: Request, tools: FactTools): Promise<Subject> => {
  if (state !== undefined)
    return { patientId: state.patientId, parties: { owner: state.assignment.organizationIds } };
  const patientId = command.type === 'CreateTask' ? command.patientId : undefined;
  // What the product asks for it may ask of anybody, and waits for no list.
  if (by.role === 'system') return { patientId, parties: {} };
  if (patientId === undefined)
    return { parties: by.organizationId === undefined ? {} : { owner: [by.organizationId] } };
  return subjectOfPatient(patientId, tools);
};

/** A list of tasks shows the patient's name: whoever is asked is something to them already, or who asks themself. */
const mayBeAsked = async (
  { named, subject: { patientId }, by }: Naming<TaskState, TaskCommand>,
  tools: FactTools,
): Promise<boolean> => {
  if (named === by.organizationId) return true;
  if (patientId === undefined) return false;
  const team = await careTeamOfAll(await personOf(patientId, tools), tools);
  return Object.values(team).some((organizations) => organizations.includes(named));
};

/** One person, of those who are asked. */
const worksForThem = async (
  { named, command }: Naming<TaskState, TaskCommand>,
  tools: FactTools,
): Promise<boolean> => {
  const asked =
    command.type === 'CreateTask'
      ? command.assignment.organizationIds
      : command.type === 'ReassignTask'
        ? command.organizationIds
        : [];
  const works = await Promise.all(asked.map((organizationId) => worksAt(named, organizationId, tools)));
  return works.includes(true);
};

/** What the task is about: a thing of the patient, or, where there is none, their own organisation. */
const isAbout = async (naming: Naming<TaskState, TaskCommand>, tools: FactTools): Promise<boolean> => {
  const { command, named, by, subject } = naming;
  if (command.type !== 'CreateTask') return false;
  const { category } = command.subject;
  return subject.patientId === undefined
    ? category === 'organization' && named === by.organizationId
    : ofPatient(category)(naming, tools);
};

export const taskAggregate: TaskAggregate = {
  decider: taskDecider,
  contract: TASK_CONTRACT,
  commands: TASK_COMMANDS,
  facts: factsOf,
  subject: subjectOf,
  references: {
    CreateTask: {
      patientId: 'access',
      referralId: ofPatient('referral'),
      'subject.id': isAbout,
      'assignment.organizationIds': mayBeAsked,
      'assignment.practitionerId': worksForThem,
    },
    ReassignTask: { organizationIds: mayBeAsked, practitionerId: worksForThem },
  } satisfies ReferencesOf<typeof TASK_COMMANDS, Reference<TaskState, TaskCommand>>,
};
