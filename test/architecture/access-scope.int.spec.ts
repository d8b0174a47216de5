/** What a question shows is what the policy allows: the SQL of every question against the decision about every single row. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { accessPolicy, auditModels, careModels, questions } from '@fascia/composition';
import { storeDelivery } from '@fascia/delivery';
import { CARE_TEAM_RELATIONS, careTeamOfAll, type WithRelations } from '@fascia/directory';
import {
  CATEGORIES,
  RELATIONS,
  relationsOf,
  ROLES,
  type Actor,
  type Category,
  type Parties,
  type Relation,
  type Role,
  type Rows,
} from '@fascia/kernel';
import { answer, uuid } from '@fascia/kernel/contract';
import {
  compiled,
  listQuestion,
  oneQuestion,
  NotingDesk,
  ReadDesk,
  tables,
  type Place,
  type Question,
  type Scope,
} from '@fascia/read-store';
import { ProjectionHost, READ_MIGRATIONS } from '@fascia/read-store/host';
import { REFERRAL_SCOPE, type ReferralRow } from '@fascia/referral';
import { postgresStore, SetClock, testDatabase, type OpenStore, type TestDatabase } from '@fascia/testkit';
import type { Lookup } from '@fascia/write-door';
import { Pool } from 'pg';
import { callersValues } from '../../libs/platform/read-store/src/caller.js';
import {
  ACTORS,
  careTeam,
  network,
  PATIENTS,
  recordsOf,
  REFERRAL,
  toldOf,
  type Network,
  type Told,
} from './access-scope.world.js';

/** One seed, so that a failure is the same for everybody; fast-check prints it with the smallest network that fails. */
const SEED = 20_260_401;
const NETWORKS = 25;
/** Rows on a page: few, so that most lists have several. */
const PAGE = 2;
/** More rows than any network has. */
const ENDLESS = 100;

const policy = accessPolicy();

let database: TestDatabase;
let opened: OpenStore;
let pool: Pool;
let rows: Rows;
let desk: NotingDesk;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.connectionString });
  // A pool says it has ended before its connections have: dropping the database may still cut one.
  pool.on('error', () => undefined);
  for (const text of Object.values(READ_MIGRATIONS)) await pool.query(text);
  opened = await postgresStore(database.connectionString);
  const { store } = opened;
  const host = new ProjectionHost({
    projection: 'care',
    delivery: storeDelivery(store),
    store,
    decode: () => Promise.reject(new Error('the log is empty')),
    isKnown: () => true,
    typesOf: () => [],
    pool,
    models: [...careModels, ...auditModels],
    log: () => undefined,
  });
  await host.start();
  await host.stop();
  rows = {
    query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<T>(text, [...values])).rows,
  };
  desk = new NotingDesk(
    new ReadDesk(rows, policy, { record: () => undefined }, new SetClock('2026-04-01T10:00:00.000Z')),
    { route: 'a spec' },
  );
});

afterAll(async () => {
  await opened.close();
  await pool.end();
  await database.drop();
});

const furnish = async (all: Network): Promise<void> => {
  const emptied = Object.keys(all).map((table) => `delete from read.${table}`);
  await pool.query(emptied.join(';'));
  await Promise.all(
    Object.entries(all).map(([table, content]) =>
      pool.query(
        `insert into read.${table} select * from jsonb_populate_recordset(null::read.${table}, $1)`,
        [JSON.stringify(content)],
      ),
    ),
  );
};

const idOf = (item: unknown): string => (item as { readonly id: string }).id;

/** Page by page to the end; a list without one is given up, and wrong by its length. */
const pages = async (
  by: Actor,
  question: Question & { kind: 'list' },
  query: object,
): Promise<readonly string[]> => {
  const found: string[] = [];
  let after: Place | undefined;
  do {
    const page = await question.ask(desk, by, query as never, { limit: PAGE, after });
    found.push(...(page?.items ?? []).map(idOf));
    after = page?.last ?? undefined;
  } while (after !== undefined && found.length < ENDLESS);
  return found;
};

const shown = async (by: Actor, question: Question, told: Told, all: Network): Promise<readonly string[]> => {
  if (question.kind === 'list') {
    const lists = await Promise.all((told.queries?.(all) ?? [{}]).map((query) => pages(by, question, query)));
    return lists.flat().toSorted();
  }
  const answers = await Promise.all(all[told.table].map((row) => question.ask(desk, by, row.id)));
  return answers
    .filter((one) => one !== undefined)
    .map(idOf)
    .toSorted();
};

const allowed = (
  by: Actor,
  { resource, deed = 'Read', table, rows, parties, among, treatingOnly }: Told,
  all: Network,
): readonly string[] =>
  (rows?.(all) ?? all[table])
    .filter((row) => among?.(row) !== false)
    .filter((row) => treatingOnly?.(row) !== true || ['physician', 'therapist'].includes(by.role))
    .filter((row) => {
      const relations = relationsOf(by, parties?.(row, all) ?? {});
      return policy.decide({ role: by.role, relations, action: deed, resource }).allowed;
    })
    .map((row) => row.id)
    .toSorted();

/** @throws where a question and the policy disagree about somebody */
const compare = async (all: Network, question: Question, told: Told): Promise<void> => {
  await furnish(all);
  const found = await Promise.all(
    ACTORS.map(async (by) => ({ who: by.sub, rows: await shown(by, question, told, all) })),
  );
  expect(found).toEqual(ACTORS.map((by) => ({ who: by.sub, rows: allowed(by, told, all) })));
};

const agreement = (question: Question, told: Told) =>
  fc.asyncProperty(network, (all) => compare(all, question, told));

describe('the questions of the product', () => {
  it.each(questions.map((question) => ({ name: question.name, question })))(
    '$name shows exactly the rows that the policy lets people read',
    async ({ question }) => {
      await fc.assert(agreement(question, toldOf(question)), { seed: SEED, numRuns: NETWORKS });
    },
  );

  it('show something to somebody each: the networks are not too sparse to tell', () => {
    const networks = fc.sample(network, { seed: SEED, numRuns: NETWORKS });
    const silent = questions.filter(
      (one) => !networks.some((all) => ACTORS.some((by) => allowed(by, toldOf(one), all).length > PAGE)),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

describe('a question about referrals', () => {
  const asked = (scope: Scope): readonly Question[] => {
    const described = {
      at: 'referrals',
      tag: 'Referrals',
      summary: 'Referrals',
      resource: 'referral',
      scope,
      answer: answer({ id: uuid() }),
      from: tables<{ 'read.referral': ReferralRow }>().selectFrom('read.referral as t').selectAll('t'),
      patientOf: (row: ReferralRow) => row.patient_id,
      show: ({ id }: ReferralRow) => ({ id }),
    } as const;
    return [
      listQuestion({
        ...described,
        name: 'list',
        where: {},
        order: ['entered_stage_at', 'id'],
        direction: 'asc',
      }),
      oneQuestion({ ...described, name: 'one' }),
    ];
  };
  const { pool: _pool, ...withoutPool } = REFERRAL_SCOPE;

  it.each([
    { deed: 'is as it should be', scope: REFERRAL_SCOPE, caught: false },
    {
      deed: 'shows too much',
      scope: { ...REFERRAL_SCOPE, recipient: () => sql<boolean>`true` },
      caught: true,
    },
    { deed: 'forgets a relation', scope: withoutPool, caught: true },
  ])('whose scope $deed: caught is $caught', async ({ scope, caught }) => {
    for (const question of asked(scope)) {
      const options = { seed: SEED, numRuns: NETWORKS, endOnFailure: true };
      const { failed } = await fc.check(agreement(question, REFERRAL), options);
      expect([question.name, failed]).toEqual([question.name, caught]);
    }
  });
});

describe('the care team of a patient', () => {
  it('is the same for guards and in plain words', async () => {
    const sorted = (parties: Parties): object =>
      Object.fromEntries(Object.entries(parties).map(([relation, ids]) => [relation, ids.toSorted()]));
    await fc.assert(
      fc.asyncProperty(network, async (all) => {
        await furnish(all);
        const tools = { lookup: <R>(question: Lookup<R>) => question.run(rows) };
        for (const one of PATIENTS) {
          const team = await careTeamOfAll({ ids: recordsOf(all, one) }, tools);
          expect(sorted(team)).toEqual(sorted(careTeam(all, one)));
        }
      }),
      { seed: SEED, numRuns: NETWORKS },
    );
  });

  it('is the same for what the rows of lists offer', async () => {
    const related = compiled<{ readonly patient_id: string } & WithRelations>(
      tables<{ 'read.diagnosis': { readonly patient_id: string } }>()
        .selectFrom('read.diagnosis as t')
        .select('t.patient_id')
        .select(CARE_TEAM_RELATIONS),
    );
    await fc.assert(
      fc.asyncProperty(network, async (all) => {
        await furnish(all);
        for (const by of ACTORS)
          for (const { patient_id: patient, relations } of await related.ask(rows, callersValues(by)))
            expect(new Set(relations)).toEqual(new Set(relationsOf(by, careTeam(all, patient))));
      }),
      { seed: SEED, numRuns: NETWORKS },
    );
  });
});

describe('the categories', () => {
  it('that a policy lets anybody read by relation have a question, or are named here as having none', () => {
    // Read by relation, asked for nowhere yet.
    const withoutQuestion: readonly Category[] = ['consent', 'authorization'];
    const readable = CATEGORIES.filter((resource) => {
      const may = (role: Role, relations: readonly Relation[]): boolean =>
        policy.decide({ role, relations, action: 'Read', resource }).allowed;
      return ROLES.some((role) => may(role, RELATIONS) && !may(role, []));
    });
    const related = questions.map(toldOf).filter(({ parties }) => parties !== undefined);
    expect(readable.filter((one) => !withoutQuestion.includes(one)).toSorted()).toEqual(
      [...new Set(related.map(({ resource }) => resource))].toSorted(),
    );
  });
});
