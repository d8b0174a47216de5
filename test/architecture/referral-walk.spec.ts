/**
 * The generated walk: in every situation every role, of every organisation that has to do with the order and of one
 * that has not, gives every command. The transition table alone says what must come of it.
 */
import {
  RELATIONS,
  relationsOf,
  ROLES,
  uuidFrom,
  type Actor,
  type Relation,
  type Role,
} from '@fascia/kernel';
import { ReadDesk } from '@fascia/read-store';
import {
  COMMAND_TYPES,
  legalMoves,
  partiesOfRow,
  TRANSITIONS,
  type ReferralCommandType,
} from '@fascia/referral';
import { SetClock } from '@fascia/testkit';
import { CLINIC, OTHER_CLINIC, PRACTICE } from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import { SITUATIONS, Walk, type Situation } from './referral-walk.world.js';

const walk = new Walk();
const desk = new ReadDesk(
  { query: () => Promise.reject(new Error('no rows are asked for')) },
  walk.policy,
  { record: () => undefined },
  new SetClock('2026-04-01T10:00:00.000Z'),
);

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

/** Given by the product's own parts; to people no button shows them. By hand, not by how they are declared. */
const INTERNAL: readonly ReferralCommandType[] = [
  'BookVisit',
  'MoveVisit',
  'RecordAttendance',
  'RecordNoShow',
  'CancelVisit',
  'StartTreatment',
  'ExpireReferral',
];

/** A draft is the placing practice's own: for these the patient's record counts, too. */
const BY_THE_RECORD: readonly ReferralCommandType[] = [
  'DraftReferral',
  'EditDraft',
  'DiscardDraft',
  'SendReferral',
  'VoidReferral',
];

/** Who the table's rows name. The net (test/replay/net/access.json) holds that these are the roles that were meant. */
const rolesFor = (command: ReferralCommandType): readonly Role[] => [
  ...new Set(TRANSITIONS.filter((row) => row.command === command).flatMap((row) => row.who)),
];

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
      it('offers everybody exactly those on their screen, but for what only the product itself gives', () => {
        const row = walk.row(situation);
        if (row === undefined) throw new Error('there is no row');
        expect(row.stage).toBe(situation.stage);
        for (const by of ACTORS) {
          const offered = desk.allowedActions(by, 'referral', partiesOfRow(row), legalMoves(row));
          const given = COMMAND_TYPES.filter(
            (command) => !INTERNAL.includes(command) && mayByTable(situation, command, by),
          );
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
  /** What a role must be to the order, one of these, to give the command. */
  const mustBe = (role: Role, command: ReferralCommandType): readonly Relation[] => {
    if (BY_CLAIM.includes(command)) return ['pool'];
    return NATURAL[role].filter((relation) => relation !== 'home' || BY_THE_RECORD.includes(command));
  };

  it.each(COMMAND_TYPES.map((command) => ({ command })))(
    '$command: permits its roles when they are what they must be, and no other role whatever it is',
    ({ command }) => {
      expect(ROLES.filter((role) => decide(role, command, RELATIONS)).toSorted()).toEqual(
        rolesFor(command).toSorted(),
      );
      for (const role of ROLES) {
        const listed = rolesFor(command).includes(role);
        // The system is nothing to anything.
        const always = listed && role === 'system';
        expect([role, 'without relation', decide(role, command, [])]).toEqual([
          role,
          'without relation',
          always,
        ]);
        for (const relation of RELATIONS) {
          const expected = always || (listed && mustBe(role, command).includes(relation));
          expect([role, relation, decide(role, command, [relation])]).toEqual([role, relation, expected]);
        }
      }
    },
  );
});
