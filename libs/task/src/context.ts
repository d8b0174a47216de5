/** Care tasks as one value. */
import { permissionsOf } from '@fascia/kernel';
import { TRANSITIONS } from './contract/lifecycle.js';
import { TASK_REFUSALS } from './contract/refusals.js';
import { getTask, listTasks } from './read/worklist/question.js';
import { taskAggregate } from './write/task.aggregate.js';

export const TASK_QUESTIONS = [listTasks, getTask] as const;

const WORKED_BY = ['recipient', 'referrer', 'owner', 'self'] as const;
const ASKED_BY = ['home', 'referrer', 'recipient', 'pool', 'owner', 'self'] as const;

export const taskContext = () => ({
  name: 'task',
  aggregate: taskAggregate,
  aggregates: [taskAggregate],
  questions: TASK_QUESTIONS,
  permissions: permissionsOf(
    'task',
    TRANSITIONS,
    {
      physician: WORKED_BY,
      delegate: WORKED_BY,
      therapist: WORKED_BY,
      coordinator: WORKED_BY,
      scheduler: WORKED_BY,
      system: 'anything',
    },
    { CreateTask: ASKED_BY },
  ),
  refusals: TASK_REFUSALS,
});
