/**
 * Who may do what to plans and sessions: exactly the roles of the table's rows, each in the relation that is natural to it. That these
 * are the roles that were meant is held by the net (test/replay/net/access.json).
 */
import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { CedarPolicy } from '@fascia/access';
import { RELATIONS, ROLES, type Category, type Permission, type Relation, type Role } from '@fascia/kernel';
import { planContext } from '@fascia/plan';
import { COMMAND_TYPES as PLAN_COMMAND_TYPES, TRANSITIONS as PLAN } from '@fascia/plan/contract';
import { sessionContext } from '@fascia/session';
import { COMMAND_TYPES as SESSION_COMMAND_TYPES, TRANSITIONS as SESSION } from '@fascia/session/contract';

type Row = Pick<(typeof PLAN)[number] | (typeof SESSION)[number], 'command' | 'who'>;

/** The roles that the rows of a table name for a command. */
const rolesFor = (table: readonly Row[], command: string): readonly Role[] =>
  table.filter((row) => row.command === command).flatMap((row) => row.who);

const NATURAL: Readonly<Partial<Record<Role, Relation>>> = {
  physician: 'referrer',
  therapist: 'recipient',
  coordinator: 'recipient',
  scheduler: 'recipient',
  patient: 'self',
};

/** No permission looks through a port. */
const ports = undefined as never;

interface Care {
  readonly resource: Category;
  readonly table: readonly Row[];
  readonly commands: readonly string[];
  readonly permissions: readonly Permission[];
}

const care: readonly Care[] = [
  {
    resource: 'plan',
    table: PLAN,
    commands: PLAN_COMMAND_TYPES,
    permissions: planContext(ports).permissions,
  },
  {
    resource: 'session',
    table: SESSION,
    commands: SESSION_COMMAND_TYPES,
    permissions: sessionContext({ serviceCodes: loadServiceCodes }).permissions,
  },
];

const policy = new CedarPolicy({ permissions: care.flatMap(({ permissions }) => permissions) });

describe.each(care)('what may be asked of a $resource', ({ resource, table, commands, permissions }) => {
  it('is every command, and no other is permitted', () => {
    expect([...new Set(table.map((row) => row.command))].toSorted()).toEqual(commands.toSorted());
    expect([...new Set(permissions.flatMap((row) => row.commands))].toSorted()).toEqual(commands.toSorted());
    expect(new Set(permissions.map((row) => row.resource))).toEqual(new Set([resource]));
  });

  it.each(commands.map((command) => ({ command })))(
    'lets exactly its roles $command, each in the relation that is natural to it',
    ({ command }) => {
      const allowed = (role: Role, relations: readonly Relation[]): boolean =>
        policy.decide({ role, relations, action: command, resource }).allowed;
      for (const role of ROLES) {
        const listed = rolesFor(table, command).includes(role);
        // The system is nothing to anything.
        const always = listed && role === 'system';
        expect([role, 'without relation', allowed(role, [])]).toEqual([role, 'without relation', always]);
        for (const relation of RELATIONS) {
          const expected = always || (listed && relation === NATURAL[role]);
          expect([role, relation, allowed(role, [relation])]).toEqual([role, relation, expected]);
        }
      }
    },
  );
});
