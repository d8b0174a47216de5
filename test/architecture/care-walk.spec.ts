/** Plans' and sessions' tables against the access policy: exactly the roles of a row may, in the relation natural to them. */
import { CedarPolicy } from '@fascia/access';
import { ROLES, type Category, type Relation, type Role } from '@fascia/kernel';
import { PLAN_TRANSITIONS } from '@fascia/plan';
import { SESSION_TRANSITIONS } from '@fascia/session';

const policy = new CedarPolicy();

const NATURAL: Readonly<Partial<Record<Role, Relation>>> = {
  physician: 'referrer',
  delegate: 'referrer',
  therapist: 'recipient',
  coordinator: 'recipient',
  scheduler: 'recipient',
  patient: 'self',
};

interface Row {
  readonly command: string;
  readonly who: readonly Role[];
}

const tables: readonly (readonly [Category, readonly Row[]])[] = [
  ['plan', PLAN_TRANSITIONS],
  ['session', SESSION_TRANSITIONS],
];

describe.each(tables)('the %s table', (resource, rows) => {
  const commands = [...new Set(rows.map((row) => row.command))];

  it.each(commands.map((command) => ({ command })))(
    'says who may $command, and the policy agrees',
    ({ command }) => {
      const said = new Set(rows.filter((row) => row.command === command).flatMap((row) => row.who));
      const allowed = (role: Role, relations: readonly Relation[]): boolean =>
        policy.decide({ role, relations, action: command, resource }).allowed;
      for (const role of ROLES) {
        const natural = NATURAL[role];
        expect([role, allowed(role, natural === undefined ? [] : [natural])]).toEqual([role, said.has(role)]);
        if (natural !== undefined)
          expect([role, 'without relation', allowed(role, [])]).toEqual([role, 'without relation', false]);
      }
    },
  );
});
