/**
 * What adding comes to: a command with its event, a question, a process with a timer, a context. Each edit puts a text behind a line
 * that stands there once, or a new file there; what is made by tools (pages, examples, the net, links and references) is no edit.
 */
const REFERRAL = 'libs/referral/src';

/** A clinic is reminded that an order waits. */
export const COMMAND = [
  {
    file: `${REFERRAL}/contract/events.ts`,
    behind: '  ReferralStopProposed: event(z.strictObject({ reason: text })),\n',
    put: '  ReferralReminded: event(z.strictObject({ reason: text })),\n',
    names: /ReferralReminded/,
  },
  {
    file: `${REFERRAL}/contract/commands.ts`,
    behind: "  RejectProposal: acts('reject-proposal', 'Carry on as ordered', reason),\n",
    put: "  RemindRecipient: acts('remind', 'Ask when it will be seen to', reason),\n",
    names: /RemindRecipient/,
  },
  {
    file: `${REFERRAL}/contract/lifecycle.ts`,
    behind: "    WITH_RECIPIENT, 'same', [PHY], 'proposal open'),\n",
    put: "  rowOf('10d', 'RemindRecipient', ['ReferralReminded'])(WITH_RECIPIENT, 'same', [PHY, DEL]),\n",
    names: /RemindRecipient|ReferralReminded/,
    specs: ['libs/referral/src/domain/referral.table.spec.ts'],
  },
  {
    file: `${REFERRAL}/domain/referral.decide.ts`,
    behind:
      "  RejectProposal: ({ reason }) => happened({ type: 'ReferralProposalRejected', data: { reason } }),\n",
    put: "  RemindRecipient: ({ reason }) => happened({ type: 'ReferralReminded', data: { reason } }),\n",
    names: /RemindRecipient/,
  },
  {
    file: `${REFERRAL}/domain/referral.ts`,
    behind: "    case 'ReferralInterimNoteSent':\n",
    put: "    case 'ReferralReminded':\n",
    names: /ReferralReminded/,
  },
  {
    file: `${REFERRAL}/domain/referral.scenes.spec-data.ts`,
    behind: "  RejectProposal: { type: 'RejectProposal', reason: 'Carry on.' },\n",
    put: "  RemindRecipient: { type: 'RemindRecipient', reason: 'It hurts more.' },\n",
    names: /RemindRecipient/,
  },
  {
    file: `${REFERRAL}/read/referrals/thread.model.ts`,
    behind: "  ReferralStopProposed: ({ reason }) => said('stop-proposed', reason),\n",
    put: "  ReferralReminded: ({ reason }) => said('message', reason),\n",
    names: /ReferralReminded/,
  },
  {
    file: 'test/journeys/courses.ts',
    behind: "    await this.#refer(coordinator, id, 'acknowledge-revision');\n",
    put: "    await this.#refer(physician, id, 'remind', { reason: 'It hurts more.' });\n",
    names: /ReferralReminded/,
    specs: ['test/replay/net.spec.ts', '-t', 'in which everything happened'],
  },
];

/** How far a loop has come, by itself. */
export const QUESTION = [
  {
    file: `${REFERRAL}/read/loop/question.ts`,
    put: `/** How far the loop of a referral has come. */
import { answer, anything, uuid } from '@fascia/kernel/contract';
import { oneQuestion, tables } from '@fascia/read-store';
import type { ReferralRow } from '../referrals/row.js';
import { REFERRAL_SCOPE } from '../referrals/question.js';

export const getLoop = oneQuestion({
  name: 'getLoop',
  at: 'referrals/:id/loop',
  tag: 'Referrals',
  summary: 'How far the loop has come',
  resource: 'referral',
  scope: REFERRAL_SCOPE,
  answer: answer({ id: uuid(), loop: anything('By station.') }),
  from: tables<{ readonly 'read.referral': ReferralRow }>().selectFrom('read.referral as t').selectAll('t'),
  patientOf: (row: ReferralRow) => row.patient_id,
  show: ({ id, loop }: ReferralRow) => ({ id, loop }),
});
`,
    names: /loop\/question/,
  },
  {
    file: `${REFERRAL}/context.ts`,
    replace: [
      [
        "import { getReferral, listReferrals } from './read/referrals/question.js';\n",
        "import { getLoop } from './read/loop/question.js';\nimport { getReferral, listReferrals } from './read/referrals/question.js';\n",
      ],
      ['getReferral, listThread] as const', 'getReferral, listThread, getLoop] as const'],
    ],
    names: /getLoop|loop\/question/,
    specs: ['test/architecture/addresses.spec.ts'],
  },
];

const PROCESSES = 'libs/coordination/src/processes';

/** The clinic is asked when nobody has looked at an order for two days. */
export const PROCESS = [
  {
    file: `${PROCESSES}/ask-after-silence.process.ts`,
    put: `/** The clinic is asked when nobody has looked at an order for two days. */
import { instantAfterDays } from '@fascia/clinical/calendar';
import { uuidFrom } from '@fascia/kernel';
import { referralOf, type EventNamed, type Process, type Requested, type Timer } from '../process.js';

type Input = EventNamed<'ReferralSent' | 'ReferralReceived' | 'ReferralWithdrawn'>;
type State = { readonly recipient: readonly string[] };
type Gives = Requested<'task', 'CreateTask'> | Timer<'SILENCE'>;

const SILENT_DAYS = 2;

export const askAfterSilence: Process<Input, State, Gives> = {
  name: 'ask-after-silence',
  takes: ['ReferralSent', 'ReferralReceived', 'ReferralWithdrawn'],
  initial: { recipient: [] },
  instanceOf: referralOf,
  react: (event, { memory, key }) => {
    switch (event.type) {
      case 'ReferralSent':
        return {
          noted: { recipient: event.data.placement.organizationIds },
          gives: [{ set: 'SILENCE', dueAt: instantAfterDays(event.occurredAt, SILENT_DAYS) }],
        };
      case 'TimerFired':
        return {
          gives: [
            {
              category: 'task',
              id: uuidFrom('silence', event.id),
              command: {
                type: 'CreateTask',
                taskType: 'GENERAL',
                referralId: key.id,
                subject: key,
                assignment: { organizationIds: [...memory.recipient], roles: ['coordinator'] },
                priority: 'urgent',
                sourceEventId: event.id,
              },
            },
          ],
        };
      default:
        return { gives: [{ cancel: 'SILENCE' }] };
    }
  },
};
`,
    names: /ask-after-silence/,
  },
  {
    file: `${PROCESSES}/list.ts`,
    replace: [
      [
        "import { askForTheNextFact, type TaskHours } from './ask-for-the-next-fact.process.js';\n",
        "import { askAfterSilence } from './ask-after-silence.process.js';\nimport { askForTheNextFact, type TaskHours } from './ask-for-the-next-fact.process.js';\n",
      ],
      ['  keepVisitsInStep,\n', '  askAfterSilence,\n  keepVisitsInStep,\n'],
    ],
    names: /ask-after-silence/,
    specs: ['libs/coordination/src/processes/processes.spec.ts'],
  },
];

const WAITING = 'libs/waiting';

/** Since when orders wait for a clinic's answer. */
export const CONTEXT = [
  {
    file: `${WAITING}/package.json`,
    put: `{
  "name": "@fascia/waiting",
  "version": "0.1.0",
  "private": true,
  "type": "module",
  "license": "Apache-2.0",
  "exports": {
    ".": {
      "@fascia/source": "./src/index.ts",
      "types": "./dist/index.d.ts",
      "default": "./dist/index.js"
    },
    "./http": {
      "@fascia/source": "./src/http.ts",
      "types": "./dist/http.d.ts",
      "default": "./dist/http.js"
    }
  },
  "nx": {
    "tags": [
      "scope:waiting",
      "type:context"
    ]
  }
}
`,
  },
  {
    file: `${WAITING}/tsconfig.json`,
    put: `{
  "extends": "../../tsconfig.base.json",
  "compilerOptions": {
    "rootDir": "src",
    "outDir": "dist",
    "tsBuildInfoFile": "dist/tsconfig.tsbuildinfo",
    "experimentalDecorators": true,
    "emitDecoratorMetadata": true
  },
  "include": ["src/**/*.ts"],
  "exclude": ["**/*.spec.ts", "**/*.spec-data.ts"],
  "references": []
}
`,
  },
  {
    file: `${WAITING}/src/index.ts`,
    put: "export { waitingContext } from './context.js';\n",
  },
  {
    file: `${WAITING}/src/context.ts`,
    put: `/** Orders that wait for an answer, as one value. */
import { listWaiting } from './read/waiting/question.js';

export const WAITING_QUESTIONS = [listWaiting] as const;

export const waitingContext = () => ({ name: 'waiting', questions: WAITING_QUESTIONS });
`,
  },
  {
    file: `${WAITING}/src/http.ts`,
    put: `/** What waits, over HTTP. */
import { queryDoor } from '@fascia/http';
import { WAITING_QUESTIONS } from './context.js';

export const waitingDoors = { commands: [], queries: [queryDoor('Waiting', WAITING_QUESTIONS, {})] };
`,
  },
  {
    file: `${WAITING}/src/read/waiting/model.ts`,
    put: `/** Orders that wait for a clinic's answer, one row each. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ReferralEvent } from '@fascia/referral/contract';

export interface WaitingRow {
  readonly id: string;
  readonly patient_id: string;
  readonly since: string;
}

type Taken = Extract<ReferralEvent, { type: 'ReferralSent' | 'ReferralAccepted' | 'ReferralDeclined' }>;

export const waitingModel = readModel<WaitingRow, Taken>({
  name: 'waiting',
  version: 1,
  columns: { id: 'text', patient_id: 'text', since: 'text' },
  indexes: [],
  takes: ['ReferralSent', 'ReferralAccepted', 'ReferralDeclined'],
  rowsOf: ({ stream }) => [idOf(stream)],
  fold: (_row, { type, data, occurredAt }, id) =>
    type === 'ReferralSent'
      ? { id, patient_id: data.patientId, since: occurredAt }
      : undefined,
});
`,
  },
  {
    file: `${WAITING}/src/read/waiting/question.ts`,
    put: `/** One's own orders, and since when those wait that do. */
import { answer, moment, orNull, uuid } from '@fascia/kernel/contract';
import { listQuestion, tables } from '@fascia/read-store';
import { REFERRAL_SCOPE } from '@fascia/referral';
import { waitingModel, type WaitingRow } from './model.js';

interface Order {
  readonly id: string;
  readonly patient_id: string;
  readonly entered_stage_at: string;
}

type Row = Order & { readonly since: string | null };

export const listWaiting = listQuestion({
  name: 'listWaiting',
  at: 'waiting',
  tag: 'Waiting',
  summary: 'Orders, and since when they wait for an answer',
  resource: 'referral',
  scope: REFERRAL_SCOPE,
  models: [waitingModel],
  answer: answer({ id: uuid(), since: orNull(moment()) }),
  from: tables<{ readonly 'read.referral': Order; readonly 'read.waiting': WaitingRow }>()
    .selectFrom('read.referral as t')
    .leftJoin('read.waiting as w', 'w.id', 't.id')
    .select(['t.id', 't.patient_id', 't.entered_stage_at', 'w.since']),
  patientOf: (row: Row) => row.patient_id,
  show: ({ id, since }: Row) => ({ id, since }),
  values: () => ({}),
  where: {},
  order: ['entered_stage_at', 'id'],
  direction: 'asc',
});
`,
  },
  {
    file: 'libs/composition/src/contexts.ts',
    replace: [
      [
        "import { taskDoors } from '@fascia/task/http';\n",
        "import { taskDoors } from '@fascia/task/http';\nimport { waitingContext } from '@fascia/waiting';\nimport { waitingDoors } from '@fascia/waiting/http';\n",
      ],
      [
        '  { ...task, doors: taskDoors(task.aggregate) },\n',
        '  { ...task, doors: taskDoors(task.aggregate) },\n  { ...waitingContext(), doors: waitingDoors },\n',
      ],
    ],
    names: /waiting/,
    specs: ['test/architecture/projects.spec.ts'],
  },
];
