/** The worklist over HTTP. */
import { Code, commandDoor, Flag, Id, ListQuery, queryDoor } from '@fascia/http';
import { TASK_QUESTIONS } from './context.js';
import { VIEWS } from './read/worklist/question.js';
import type { TaskAggregate } from './write/task.aggregate.js';

class TasksQuery extends ListQuery {
  @Code(VIEWS, {
    optional: true,
    description:
      "inbox: yours or your roles'; pool: nobody's yet; today: of the inbox what is due before the day ends at your organisation; late: past their due time.",
  })
  view?: (typeof VIEWS)[number];
  @Code(['me'], { optional: true }) assignee?: 'me';
  @Code(['open', 'done', 'cancelled'], { optional: true }) status?: 'open' | 'done' | 'cancelled';
  @Id({ optional: true }) referralId?: string;
  @Flag({ optional: true, description: 'true: with how many there are in each view.' }) counted?: boolean;
}

export const taskDoors = (aggregate: TaskAggregate) => ({
  commands: [commandDoor({ path: 'tasks', tag: 'Worklist', aggregate })],
  queries: [queryDoor('Task', TASK_QUESTIONS, { listTasks: TasksQuery })],
});
