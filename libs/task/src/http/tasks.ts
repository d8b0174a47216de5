/** The worklist over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  Code,
  commandDoor,
  Codes,
  Id,
  Ids,
  Instant,
  instant,
  integer,
  listOf,
  ListQuery,
  many,
  Nested,
  oneOf,
  oneOfCodes,
  OptionalText,
  orNull,
  pageOf,
  shape,
  Text,
  text,
  uuid,
  type CommandDoor,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import { CATEGORIES, ROLES, type Actor, type Role } from '@fascia/kernel';
import { READ_DESK, ReadDesk, type Scope } from '@fascia/read-store';
import { TASK_TYPES } from '../contract/events.js';
import type { TaskRow } from '../read/worklist.js';
import { taskAggregate } from '../write/task.aggregate.js';

class TaskAssignmentBody {
  @Ids({ min: 1, max: 20 }) organizationIds!: string[];
  @Codes(ROLES, { min: 1, max: 10 }) roles!: Role[];
  @Id({ optional: true }) practitionerId?: string;
}

class TaskSubjectBody {
  @Code(CATEGORIES) category!: string;
  @Id() id!: string;
}

const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;

class CreateTaskBody {
  @Code(TASK_TYPES) taskType!: string;
  @Id({ optional: true }) patientId?: string;
  @Id({ optional: true }) referralId?: string;
  @Nested(() => TaskSubjectBody) subject!: TaskSubjectBody;
  @Nested(() => TaskAssignmentBody) assignment!: TaskAssignmentBody;
  @Code(PRIORITIES) priority!: string;
  @Instant({ optional: true }) dueAt?: string;
  @OptionalText(2000) note?: string;
}

class TaskReasonBody {
  @Text(2000) reason!: string;
}

class CompleteTaskBody {
  @OptionalText(2000) note?: string;
}

export const taskCommands: CommandDoor = commandDoor({
  path: 'tasks',
  tag: 'Worklist',
  aggregate: taskAggregate,
  commands: [
    { command: 'CreateTask', body: CreateTaskBody, summary: 'Ask somebody for something' },
    { command: 'ClaimTask', at: 'claim', summary: 'Take a task' },
    { command: 'ReleaseTask', at: 'release', body: TaskReasonBody, summary: 'Give it back' },
    { command: 'ReassignTask', at: 'reassign', body: TaskAssignmentBody, summary: 'Ask somebody else' },
    {
      command: 'CompleteTask',
      at: 'complete',
      body: CompleteTaskBody,
      summary: 'Say that it is done; most tasks end by the fact they ask for',
    },
    { command: 'CancelTask', at: 'cancel', body: TaskReasonBody, summary: 'Ask no more' },
  ],
});

class TasksQuery extends ListQuery {
  @Code(['inbox', 'pool', 'late'], {
    optional: true,
    description: "inbox: yours or your roles'; pool: nobody's yet; late: past their due time.",
  })
  view?: 'inbox' | 'pool' | 'late';
  @Code(['me'], { optional: true }) assignee?: 'me';
  @Code(['open', 'done', 'cancelled'], { optional: true }) status?: 'open' | 'done' | 'cancelled';
  @Id({ optional: true }) referralId?: string;
}

export const TASK_SCOPE: Scope = { owner: '@org = any(t.organization_ids)' };

const SELECT = `select t.*, coalesce(t.due_at, '9999') as due_order, p.name as patient_name
 from read.task t left join read.patient p on p.id = t.patient_id`;

type Row = TaskRow & { readonly due_order: string; readonly patient_name: string | null };

const LEGAL: Readonly<Record<TaskRow['status'], readonly string[]>> = {
  offered: ['ClaimTask', 'ReassignTask', 'CompleteTask', 'CancelTask'],
  claimed: ['ReleaseTask', 'ReassignTask', 'CompleteTask', 'CancelTask'],
  done: [],
  cancelled: [],
};

const task = shape({
  id: uuid,
  version: integer,
  type: oneOfCodes(TASK_TYPES),
  status: oneOfCodes(Object.keys(LEGAL)),
  patient: orNull(shape({ id: uuid, name: orNull(text) })),
  referralId: orNull(uuid),
  subject: shape({ category: oneOfCodes(CATEGORIES), id: uuid }),
  roles: many(oneOfCodes(ROLES)),
  practitionerId: orNull(uuid),
  priority: oneOfCodes(PRIORITIES),
  dueAt: orNull(instant),
  note: orNull(text),
  createdAt: instant,
  enteredStatusAt: instant,
  allowedActions: many(oneOfCodes(Object.values(LEGAL).flat())),
});

const filtersOf = (
  by: Actor,
  { view, assignee, status = 'open', referralId }: TasksQuery,
  now: string,
): NonNullable<ListQuestion['filters']> => {
  const when = <T>(wanted: boolean, value: T): T | undefined => (wanted ? value : undefined);
  return [
    ['t.status = any(?::text[])', status === 'open' ? ['offered', 'claimed'] : [status]],
    ['t.referral_id = ?', referralId],
    ['t.practitioner_id = ?', when(assignee === 'me', by.practitionerId ?? '')],
    ['(t.practitioner_id is null or t.practitioner_id = ?)', when(view === 'inbox', by.practitionerId ?? '')],
    ['? = any(t.roles)', when(view === 'inbox' || view === 'pool', by.role)],
    ['(t.practitioner_id is null and t.status = ?)', when(view === 'pool', 'offered')],
    ['t.due_at < ?', when(view === 'late', now)],
  ];
};

@ApiTags('Worklist')
@Controller('api/v1/tasks')
export class TaskQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({
    operationId: 'listTasks',
    summary: 'The worklist: what is asked of you and your organisation, the most urgent first',
  })
  @Answers(pageOf(task))
  list(@Caller() by: Actor, @Query() query: TasksQuery): Promise<Page<object>> {
    const question: ListQuestion = {
      resource: 'task',
      scope: TASK_SCOPE,
      select: `select * from (${SELECT}) t`,
      order: ['t.due_order', 't.id'],
      direction: 'asc',
      filters: filtersOf(by, query, new Date().toISOString()),
    };
    return listOf<Row, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show: (row) => this.show(by, row),
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getTask', summary: 'A task' })
  @Answers(task)
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    const question = { resource: 'task', scope: TASK_SCOPE, select: SELECT } as const;
    return this.show(
      by,
      await oneOf<Row>(this.desk, by, { question, id, patientOf: (row) => row.patient_id }),
    );
  }

  private show(by: Actor, row: Row): object {
    return {
      id: row.id,
      version: row.version,
      type: row.type,
      status: row.status,
      patient: row.patient_id === null ? null : { id: row.patient_id, name: row.patient_name },
      referralId: row.referral_id,
      subject: { category: row.subject_category, id: row.subject_id },
      roles: row.roles,
      practitionerId: row.practitioner_id,
      priority: row.priority,
      dueAt: row.due_at,
      note: row.note,
      createdAt: row.created_at,
      enteredStatusAt: row.entered_status_at,
      allowedActions: this.desk.allowedActions(
        by,
        'task',
        { owner: row.organization_ids },
        LEGAL[row.status],
      ),
    };
  }
}
