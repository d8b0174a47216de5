/** What is asked of whom, the most urgent first. */
import { DEADLINE_NAMES } from '@fascia/deadline/contract';
import {
  askedUnder,
  CARE_TEAM_RELATIONS,
  endOfToday,
  mayCall,
  phoneOf,
  type WithContact,
  type WithRelations,
} from '@fascia/directory';
import { sql } from 'kysely';
import { offered, type Parties } from '@fascia/kernel';
import {
  answer,
  integer,
  many,
  moment,
  oneOfCodes,
  orNull,
  ROLES,
  STORED_CATEGORIES,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import {
  conditionsOn,
  listQuestion,
  oneOf,
  oneQuestion,
  tables,
  type Asking,
  type Scope,
} from '@fascia/read-store';
import { TASK_COMMANDS } from '../../contract/commands.js';
import { TASK_PRIORITIES, TASK_TYPES } from '../../contract/events.js';
import { STAGES, taskLifecycle } from '../../contract/lifecycle.js';
import { taskModel, type TaskRow } from './model.js';

interface Tables {
  readonly 'read.task': TaskRow;
  readonly 'read.patient': Omit<WithContact, 'asked'> & { readonly id: string; readonly name: string };
}

type Row = TaskRow &
  WithRelations &
  WithContact & { readonly sort_key: string; readonly patient_name: string | null };

const t = conditionsOn<Row>();

const TASK_SCOPE: Scope = {
  owner: (organization) => t(organization, '=', t.fn.any('t.organization_ids')),
};

/** What is stat; then what is due first, and what has waited longest of what is due at no time, by its priority. */
const MOST_URGENT_FIRST = sql<string>`concat(
  case t.priority when 'stat' then 0 else 1 end,
  coalesce(t.due_at, '9999-12-31T23:59:59.999Z'),
  case t.priority when 'asap' then 1 when 'urgent' then 2 else 3 end,
  t.created_at)`;

const selected = tables<Tables>()
  .selectFrom('read.task as t')
  .leftJoin('read.patient as p', 'p.id', 't.patient_id')
  .selectAll('t')
  .select([
    MOST_URGENT_FIRST.as('sort_key'),
    'p.name as patient_name',
    'p.telecom',
    'p.language',
    'p.interpreter',
    'p.contact_preferences',
    askedUnder(sql.ref('t.patient_id')),
    CARE_TEAM_RELATIONS,
  ]);

const STATUSES = STAGES.filter((stage) => stage !== 'none');

const task = answer({
  id: uuid(),
  version: integer(),
  type: oneOfCodes(TASK_TYPES),
  status: oneOfCodes(STATUSES),
  patient: orNull(
    answer({
      id: uuid(),
      name: orNull(words()),
      contact: orNull(
        answer({
          phone: orNull(words('To be called; null where they asked not to be.')),
          language: orNull(words('BCP 47.')),
          interpreter: yesOrNo(),
        }),
      ),
    }),
  ),
  referralId: orNull(uuid()),
  subject: answer({ category: oneOfCodes(STORED_CATEGORIES), id: uuid() }),
  roles: many(oneOfCodes(ROLES)),
  practitionerId: orNull(uuid()),
  priority: oneOfCodes(TASK_PRIORITIES),
  dueAt: orNull(moment()),
  deadline: orNull(oneOfCodes(DEADLINE_NAMES, 'Of the order, that was missed.')),
  note: orNull(words()),
  createdAt: moment(),
  enteredStatusAt: moment(),
  allowedActions: many(oneOfCodes(offered(TASK_COMMANDS))),
});

const partiesOf = (row: TaskRow): Parties => ({ owner: row.organization_ids });

/** Who was asked once may be nothing to the patient any more. */
const patientIn = (row: Row) =>
  row.patient_id === null
    ? null
    : {
        id: row.patient_id,
        name: row.relations.length === 0 ? null : row.patient_name,
        contact:
          row.patient_name !== null && mayCall(row)
            ? { phone: phoneOf(row), language: row.language, interpreter: row.interpreter }
            : null,
      };

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  type: row.type,
  status: row.status,
  patient: patientIn(row),
  referralId: row.referral_id,
  subject: { category: row.subject_category, id: row.subject_id },
  roles: [...row.roles],
  practitionerId: row.practitioner_id,
  priority: row.priority,
  dueAt: row.due_at,
  deadline: row.deadline,
  note: row.note,
  createdAt: row.created_at,
  enteredStatusAt: row.entered_status_at,
  allowedActions: desk.allowedActions(
    by,
    'task',
    partiesOf(row),
    offered(TASK_COMMANDS, taskLifecycle.moves(row.status)),
  ),
});

const described = {
  tag: 'Worklist',
  resource: 'task',
  scope: TASK_SCOPE,
  answer: task,
  patientOf: (row: Row) => row.patient_id,
  show,
} as const;

export const VIEWS = ['inbox', 'pool', 'today', 'late'] as const;

export interface TasksAsked {
  readonly view?: (typeof VIEWS)[number];
  readonly assignee?: 'me';
  readonly status?: 'open' | 'done' | 'cancelled';
  readonly referralId?: string;
  readonly counted?: boolean;
}

interface Values {
  readonly statuses: readonly TaskRow['status'][];
  readonly referralId: string | undefined;
  readonly mine: string | undefined;
  readonly mineOrNobodys: string | undefined;
  readonly role: TaskRow['roles'][number] | undefined;
  readonly unclaimed: TaskRow['status'] | undefined;
  readonly dueUntil: string | undefined;
  readonly dueBefore: string | undefined;
}

export const listTasks = listQuestion({
  ...described,
  name: 'listTasks',
  at: 'tasks',
  summary: 'The worklist: what is asked of you and your organisation, the most urgent first',
  models: [taskModel],
  from: tables<{ asked: Row }>().selectFrom(selected.as('t')).selectAll('t'),
  values: async (
    { view, assignee, status = 'open', referralId }: TasksAsked,
    asking: Asking,
  ): Promise<Values> => {
    const { by, now } = asking;
    const when = <T>(wanted: boolean, value: T): T | undefined => (wanted ? value : undefined);
    const me = by.practitionerId ?? '';
    const mine = view === 'inbox' || view === 'today';
    return {
      statuses: status === 'open' ? ['offered', 'claimed'] : [status],
      referralId,
      mine: when(assignee === 'me', me),
      mineOrNobodys: when(mine, me),
      role: when(mine || view === 'pool', by.role),
      unclaimed: when(view === 'pool', 'offered'),
      dueUntil: view === 'today' ? await endOfToday(asking) : undefined,
      dueBefore: when(view === 'late', now),
    };
  },
  where: {
    statuses: (statuses) => t('t.status', '=', oneOf(statuses)),
    referralId: (id) => t('t.referral_id', '=', id),
    mine: (me) => t('t.practitioner_id', '=', me),
    mineOrNobodys: (me) => t.or([t('t.practitioner_id', 'is', null), t('t.practitioner_id', '=', me)]),
    role: (role) => t(role, '=', t.fn.any('t.roles')),
    unclaimed: (status) => t.and([t('t.practitioner_id', 'is', null), t('t.status', '=', status)]),
    dueUntil: (end) => t('t.due_at', '<=', end),
    dueBefore: (now) => t('t.due_at', '<', now),
  },
  counts: {
    inbox: { view: 'inbox' },
    pool: { view: 'pool' },
    today: { view: 'today' },
    late: { view: 'late' },
  },
  order: ['sort_key', 'id'],
  direction: 'asc',
});

export const getTask = oneQuestion({
  ...described,
  name: 'getTask',
  at: 'tasks/:id',
  summary: 'A task',
  from: selected,
});
