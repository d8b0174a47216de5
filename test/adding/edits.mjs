/**
 * What adding comes to: a command with its event, and a question. Each edit puts a text behind a line that stands there once; what
 * is made by the product's own tools (pages, examples, the net) is no edit.
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
      ['[listReferrals, getReferral] as const', '[listReferrals, getReferral, getLoop] as const'],
    ],
    names: /getLoop|loop\/question/,
    specs: ['test/architecture/addresses.spec.ts'],
  },
];
