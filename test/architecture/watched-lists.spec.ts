/** Whoever watches a list is told of rows by the organisations that they name: the columns by which a scope decides are called so. */
import { careModels, questions } from '@fascia/composition';
import type { Actor, Relation } from '@fascia/kernel';
import { RELATIONS } from '@fascia/kernel';
import type { ListQuestion } from '@fascia/read-store';

const CALLER: Actor = { sub: 'spec', role: 'system' };

const LISTS = questions.filter((one): one is ListQuestion<string, never> => one.kind === 'list');

/** The SQL by which it is asked who sees the rows of a list. */
const sqlOf = async ({ seenOf }: ListQuestion<string, never>, relation: Relation): Promise<string> => {
  let sql = '';
  const rows = {
    query: (text: string) => {
      sql = text;
      return Promise.resolve([]);
    },
  };
  await seenOf.organizations(rows, [relation], { by: CALLER, organizations: ['o'], ids: ['id'] });
  return sql;
};

const ORGANIZATION = String.raw`"o"\."id"`;
const COLUMN = String.raw`"\w+"\."(\w+)"`;

/** The columns that an organisation is compared with, in whichever order. */
const columnsIn = (sql: string): readonly string[] =>
  [
    `${COLUMN} = ${ORGANIZATION}`,
    String.raw`${ORGANIZATION} = any\(${COLUMN}\)`,
    `${ORGANIZATION} = ${COLUMN}`,
  ].flatMap((form) => [...sql.matchAll(new RegExp(form, 'g'))].map(([, column = '']) => column));

describe('the lists that people may watch', () => {
  it('are decided by columns that name organisations', async () => {
    const all = await Promise.all(
      LISTS.flatMap((list) =>
        RELATIONS.map(async (relation) =>
          columnsIn(await sqlOf(list, relation)).map((one) => [list.at, one]),
        ),
      ),
    );
    const columns = all.flat();
    expect(new Set(columns.map(([at]) => at)).size).toBeGreaterThan(8);
    expect(columns.filter(([, column = '']) => !/(^|_)organization_ids?$/.test(column))).toEqual([]);
  });

  it('compare the organisation with nothing that this spec cannot read', async () => {
    for (const list of LISTS)
      for (const relation of RELATIONS) {
        const sql = await sqlOf(list, relation);
        const where = sql.slice(sql.indexOf(' where exists '));
        const named = [...where.matchAll(new RegExp(ORGANIZATION, 'g'))].length;
        expect([list.at, relation, columnsIn(where).length]).toEqual([list.at, relation, named]);
      }
  });

  it('read tables that are watched, but for those of auditors', () => {
    const watched = careModels.map(({ name }) => name);
    const unwatched = LISTS.filter(
      ({ seenOf }) => !seenOf.tables([...RELATIONS]).every((table) => watched.includes(table)),
    );
    expect(unwatched.map(({ at }) => at)).toEqual(['audit/access']);
  });
});
