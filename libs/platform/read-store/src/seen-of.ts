/**
 * Who sees what of rows that changed: asked by the same scope as the list itself, of many organisations at once, so that whoever watches
 * a list is told of what they may see of it, and learns nothing of what others do.
 */
import { sql, type Expression } from 'kysely';
import type { Actor, Category, Relation, Rows } from '@fascia/kernel';
import { callersValues } from './caller.js';
import { tablesIn } from './fitting-rows.js';
import type { ReadDesk, Seen } from './read-desk.js';
import { visible, type AnySelect, type Scope } from './scope.js';
import { compiled, parameter, tables, type Compiled, type Condition } from './sql.js';

export interface SeenOf {
  /** What the role of somebody makes visible. */
  by(desk: ReadDesk, by: Actor): Seen['relations'];
  /** Names of the tables that decide which rows are there, and whose they are. */
  tables(relations: Seen['relations']): readonly string[];
  /** @returns those of the organisations that see one of the rows now; an empty text stands for none */
  organizations(
    rows: Rows,
    relations: readonly Relation[],
    asked: { readonly by: Actor; readonly organizations: readonly string[]; readonly ids: readonly string[] },
  ): Promise<readonly string[]>;
}

interface Parts {
  readonly resource: Category;
  readonly deed?: 'Match' | 'Audit';
  readonly scope: Scope;
  readonly from: unknown;
  readonly order: readonly string[];
}

interface Organization {
  readonly id: string;
}

const ORGANIZATIONS = 'seen.organizations';
const IDS = 'seen.ids';

/** Those of some organisations for which a row is there. @param row made for the organisation that it is given */
const whoHas = (row: (organization: Expression<string>) => AnySelect<object>): Compiled<Organization> =>
  compiled(
    tables<{ o: Organization }>()
      .selectFrom(sql<Organization>`unnest(${parameter(ORGANIZATIONS)}::text[])`.as<'o'>(sql.raw('o(id)')))
      .select('o.id')
      .where((of) => of.exists(row(sql.ref('o.id')))),
  );

const among = (column: string): Condition => sql`${sql.ref(`t.${column}`)} = any(${parameter(IDS)}::text[])`;

export const seenOf = ({ resource, deed, scope, from, order: [, unique = 'id'] }: Parts): SeenOf => {
  const known = new Map<string, Compiled<Organization>>();
  const query = (relations: Seen['relations']): Compiled<Organization> => {
    const key = [relations].flat().join('+');
    const found =
      known.get(key) ??
      whoHas((organization) =>
        (from as AnySelect<object>)
          .clearSelect()
          .select(sql.lit(1).as('one'))
          .where(visible(scope, { relations }, organization))
          .where(sql<boolean>`(${sql.join([...new Set(['id', unique])].map(among), sql` or `)})`),
      );
    known.set(key, found);
    return found;
  };
  return {
    by: (desk, by) => desk.seenBy(by, resource, scope, deed).relations,
    tables: (relations) => tablesIn(query(relations).text),
    organizations: async (rows, relations, { by, organizations, ids }) => {
      const found = await query(relations).ask(rows, {
        ...callersValues(by),
        [ORGANIZATIONS]: organizations,
        [IDS]: ids,
      });
      return found.map(({ id }) => id);
    },
  };
};

/** The same for whole patients, where it is only known whose rows are gone. @param scope of a patient's record, called `t` */
export const seenOfPatients = (scope: Scope): Pick<SeenOf, 'tables' | 'organizations'> =>
  seenOf({
    resource: 'patient',
    scope,
    from: tables<{ t: Organization }>()
      .selectFrom(sql<Organization>`unnest(${parameter(IDS)}::text[])`.as<'t'>(sql.raw('t(id)')))
      .selectAll('t'),
    order: [],
  });
