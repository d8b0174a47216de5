/**
 * The generated walk: in every situation every role, of every organisation that has to do with the order and of one
 * that has not, gives every command. The transition table alone says what must come of it.
 */
import { relationsOf, ROLES, uuidFrom, type Actor, type Relation, type Role } from '@fascia/kernel';
import { ReadDesk } from '@fascia/read-store';
import {
  COMMAND_TYPES,
  TRANSITIONS,
  type ReferralCommandType,
} from '../../libs/referral/src/contract/transition-table.js';
import { CLINIC, OTHER_CLINIC, PRACTICE } from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import { legalMoves, partiesOfRow } from '../../libs/referral/src/read/moves.js';
import { SITUATIONS, Walk, type Situation } from './referral-walk.world.js';

const walk = new Walk();
const desk = new ReadDesk({ query: () => Promise.reject(new Error('no rows are asked for')) }, walk.policy, {
  record: () => undefined,
});

/** What a role must be to an order for the table's rows to be about it. */
const NATURAL: Readonly<Record<Role, readonly Relation[]>> = {
  physician: ['referrer', 'home'],
  delegate: ['referrer', 'home'],
  records: ['referrer', 'home'],
  coordinator: ['recipient'],
  therapist: ['recipient'],
  scheduler: ['recipient'],
  patient: ['self'],
  auditor: [],
  operator: [],
  system: [],
};
const BY_CLAIM: readonly ReferralCommandType[] = ['ClaimReferral'];

/** Moves that the rules beside the table refuse in these situations; the specs of the rules say why. */
const RULED_OUT: Readonly<Record<string, string>> = {
  RecordNoShow: 'VISIT_NOT_BOOKED',
  CancelVisit: 'VISIT_NOT_BOOKED',
  ExpireReferral: 'TREATMENT_STARTED',
  ResumeReferral: 'HOLD_IS_THE_REFERRERS',
  BookVisit: 'REVISION_UNACKNOWLEDGED',
};

const actor = (role: Role, organizationId: string): Actor => ({
  sub: `${role} of ${organizationId}`,
  role,
  organizationId,
  practitionerId: uuidFrom(role, organizationId),
});

const ACTORS: readonly Actor[] = [
  ...ROLES.filter((role) => role !== 'system').flatMap((role) =>
    [PRACTICE, CLINIC, OTHER_CLINIC].map((organizationId) => actor(role, organizationId)),
  ),
  { sub: 'process:walk', role: 'system' },
];

const parties = (situation: Situation): ReturnType<typeof partiesOfRow> => {
  const row = walk.row(situation);
  return row === undefined ? { home: [PRACTICE] } : partiesOfRow(row);
};

const mayByTable = (situation: Situation, command: ReferralCommandType, by: Actor): boolean => {
  const wanted = BY_CLAIM.includes(command) ? ['pool'] : NATURAL[by.role];
  const related =
    by.role === 'system' || relationsOf(by, parties(situation)).some((relation) => wanted.includes(relation));
  return (
    related &&
    TRANSITIONS.some(
      (row) =>
        row.command === command &&
        row.from.includes(situation.stage) &&
        row.who.includes(by.role) &&
        (row.when === undefined || situation.holds.includes(row.when)),
    )
  );
};

beforeAll(async () => {
  for (const situation of SITUATIONS) await walk.store(situation);
});

describe.each(SITUATIONS.map((situation) => ({ name: situation.name, situation })))(
  'a referral that is $name',
  ({ situation }) => {
    it('takes from everybody exactly the commands that the table gives them', async () => {
      const wrong: string[] = [];
      for (const command of COMMAND_TYPES) {
        for (const by of ACTORS) {
          const outcome = await walk.ask(situation, command, by);
          const code = outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
          const expected = mayByTable(situation, command, by);
          const ruledOut = expected && RULED_OUT[command] === code;
          if (!ruledOut && (outcome.kind === 'done') !== expected)
            wrong.push(`${command} by ${by.sub}: ${code}, and the table says ${expected ? 'yes' : 'no'}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    if (situation.history.length > 0) {
      it('offers everybody exactly those on their screen', () => {
        const row = walk.row(situation);
        if (row === undefined) throw new Error('there is no row');
        expect(row.stage).toBe(situation.stage);
        for (const by of ACTORS) {
          const offered = desk.allowedActions(by, 'referral', partiesOfRow(row), legalMoves(row));
          const given = COMMAND_TYPES.filter((command) => mayByTable(situation, command, by));
          expect({ who: by.sub, actions: [...offered].toSorted() }).toEqual({
            who: by.sub,
            actions: given.toSorted(),
          });
        }
      });
    }
  },
);

describe('the policy by itself', () => {
  const decide = (role: Role, command: string, relations: readonly Relation[]): boolean =>
    walk.policy.decide({ role, relations, action: command, resource: 'referral' }).allowed;

  it.each(COMMAND_TYPES.map((command) => ({ command })))(
    '$command: permits the roles of its rows when they are what they must be, and no other role whatever it is',
    ({ command }) => {
      const who = new Set(TRANSITIONS.filter((row) => row.command === command).flatMap((row) => row.who));
      const everything: readonly Relation[] = ['home', 'referrer', 'recipient', 'pool', 'owner', 'self'];
      const permitted = ROLES.filter((role) =>
        decide(role, command, role === 'system' ? [] : BY_CLAIM.includes(command) ? ['pool'] : NATURAL[role]),
      );
      expect(new Set(permitted)).toEqual(who);
      expect(new Set(ROLES.filter((role) => decide(role, command, everything)))).toEqual(who);
      expect(ROLES.filter((role) => role !== 'system' && decide(role, command, []))).toEqual([]);
    },
  );
});
