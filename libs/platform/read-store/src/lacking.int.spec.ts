import type { Rows } from '@fascia/kernel';
import { testRows, type TestRows } from '@fascia/testkit';
import { LackingModels, rowsOfWhole, streamsLacking } from './lacking.js';
import { READ_MIGRATIONS } from './read.migrations.js';

let database: TestRows;
let asked: string[];
let rows: Rows;

beforeAll(async () => {
  database = await testRows(READ_MIGRATIONS['0001-slices']);
  await database.pool.query(`insert into read.model (name, version, fingerprint, generation)
    values ('flag', 1, '', 2), ('plan', 1, '', 2), ('task', 1, '', 2)`);
  for (const [model, generation, stream, patient] of [
    ['flag', 2, 'flag-1', 'kim'],
    ['plan', 2, 'plan-1', 'lou'],
    ['plan', 2, 'plan-2', null],
    ['task', 1, 'task-1', 'kim'],
  ])
    await database.pool.query(
      `insert into read.parked (model, generation, stream, partition, from_version, error, patient_id) values ($1, $2, $3, 0, 1, '', $4)`,
      [model, generation, stream, patient],
    );
});
beforeEach(() => {
  asked = [];
  rows = {
    query: (text, values) => {
      asked.push(text);
      return database.rows.query(text, values);
    },
  };
});
afterAll(() => database.close());

describe('what tables lack about a person', () => {
  const about = async (who: string | undefined): Promise<readonly string[]> =>
    [...(await new LackingModels(rows).about(who))].toSorted();

  it('is what is parked of theirs in live tables, and of nobody knows whom', async () => {
    expect(await about('kim')).toEqual(['flag', 'plan']);
    expect(await about('somebody')).toEqual(['plan']);
  });

  it('is anything at all when nobody is named', async () => {
    expect(await about(undefined)).toEqual(['flag', 'plan']);
  });

  it('is asked for once by all who come together, and again by those who come later', async () => {
    const models = new LackingModels(rows);
    const people = ['kim', 'lou', 'somebody'];
    const found = await Promise.all(people.map((who) => models.about(who)));
    expect(found.map((one) => [...one].toSorted())).toEqual([['flag', 'plan'], ['plan'], ['plan']]);
    expect(asked).toHaveLength(1);
    await models.about('kim');
    expect(asked).toHaveLength(2);
  });

  it('is asked for anew by those who come while it is being asked for: that answer may be too old', async () => {
    const models = new LackingModels(rows);
    const first = models.about('kim');
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toHaveLength(1);
    await Promise.all([first, models.about('lou'), models.about('somebody')]);
    expect(asked).toHaveLength(2);
  });

  it('is asked for again after a database that was away', async () => {
    let away = true;
    const models = new LackingModels({
      query: (text, values) => (away ? Promise.reject(new Error('away')) : database.rows.query(text, values)),
    });
    await expect(models.about('kim')).rejects.toThrow('away');
    away = false;
    expect([...(await models.about('kim'))].toSorted()).toEqual(['flag', 'plan']);
  });
});

describe('a query', () => {
  it('is refused when it reads a table that lacks something, and only then', async () => {
    const whole = rowsOfWhole(
      rows,
      new Set(['flag', 'plan']),
      (models) => new Error(`lacking ${models.join()}`),
    );
    await expect(whole.query('select 1 from "read"."flag" f join read.task t using (id)')).rejects.toThrow(
      'lacking flag',
    );
    expect(await whole.query('select 1 as one from read.model limit 1')).toEqual([{ one: 1 }]);
  });
});

describe('streams that are lacking', () => {
  it('are counted over the tables that are asked, for all, for some people, or for one thing', async () => {
    const models = ['flag', 'plan', 'task'];
    expect(await streamsLacking(rows, { models })).toBe(3);
    expect(await streamsLacking(rows, { models: ['flag'] })).toBe(1);
    expect(await streamsLacking(rows, { models, only: { patients: ['kim'], id: undefined } })).toBe(1);
    expect(await streamsLacking(rows, { models, only: { patients: [], id: '2' } })).toBe(1);
    expect(await streamsLacking(rows, { models, only: { patients: [], id: undefined } })).toBe(0);
  });
});
