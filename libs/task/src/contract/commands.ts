/** What may be asked of a care task. `taskType` because `type` names the command. */
import { DEADLINE_NAMES } from '@fascia/deadline/contract';
import {
  acts,
  code,
  creates,
  day,
  id,
  instant,
  internal,
  list,
  ref,
  ROLES,
  shape,
  STORED_CATEGORIES,
  text,
  typesOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { TASK_PRIORITIES, TASK_TYPES } from './events.js';

/** Who is asked: roles of one or more organisations (a pool when several), or one person. */
const assignment = {
  organizationIds: list(ref('organization'), { min: 1, max: 20 }),
  roles: list(code(ROLES), { min: 1, max: 10 }),
  practitionerId: ref('practitioner').optional(),
};

const reason = { reason: text(2000) };

export const TASK_COMMANDS = {
  CreateTask: creates(
    'Ask somebody for something',
    {
      taskType: code(['GENERAL'], 'What processes ask for is theirs to ask.'),
      patientId: ref('patient').optional(),
      referralId: ref('referral').optional(),
      subject: shape('TaskSubject', { category: code(STORED_CATEGORIES), id: ref('anything') }),
      assignment: shape('TaskAssignment', assignment),
      priority: code(TASK_PRIORITIES),
      dueAt: instant().optional(),
      note: text(2000).optional(),
    },
    {
      taskType: code(TASK_TYPES),
      sourceEventId: id().optional(),
      deadline: code(DEADLINE_NAMES, 'Of the order, that was missed.').optional(),
      dueOn: shape('TaskDueOn', {
        day: day('By the end of it, as it is there.'),
        organizationId: id(),
      }).optional(),
    },
  ),
  ClaimTask: acts('claim', 'Take a task'),
  ReleaseTask: acts('release', 'Give it back', reason),
  ReassignTask: acts('reassign', 'Ask somebody else', assignment),
  SetTaskDue: internal('ask-for-the-next-fact, as the deadline of the order is', {
    dueAt: instant().optional(),
  }),
  CompleteTask: acts(
    'complete',
    'Say that it is done; most tasks end by the fact they ask for',
    { note: text(2000).optional() },
    {
      byEventId: id('The fact that was asked for.').optional(),
    },
  ),
  CancelTask: acts('cancel', 'Ask no more', reason),
};

export type TaskCommand = CommandsOf<typeof TASK_COMMANDS>;
export type TaskCommandType = TaskCommand['type'];

export const COMMAND_TYPES = typesOf(TASK_COMMANDS);
