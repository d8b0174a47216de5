/** What a list shows is what the policy allows: the SQL of every scope against the decision about every single row. */
import fc from 'fast-check';
import { CedarPolicy } from '@fascia/access';
import {
  CATEGORIES,
  relationsOf,
  ROLES,
  uuidFrom,
  type Actor,
  type Category,
  type Parties,
  type Rows,
} from '@fascia/kernel';
import { storeDelivery } from '@fascia/delivery';
import { ProjectionHost, READ_MIGRATIONS, ReadDesk, type Scope } from '@fascia/read-store';
import { careTeamOf } from '@fascia/referral';
import { postgresStore, testDatabase, type OpenStore, type TestDatabase } from '@fascia/testkit';
import { Pool } from 'pg';
import { auditModels, careModels } from '@fascia/composition';
import { ASSESSMENT_SCOPE } from '../../libs/assessment/src/http/assessments.js';
import { CARE_TEAM_SCOPE, PATIENT_SCOPE } from '../../libs/directory/src/read/care-team.js';
import { PLAN_SCOPE } from '../../libs/plan/src/http/plans.js';
import { REFERRAL_SCOPE } from '../../libs/referral/src/http/queries.js';
import { partiesOfRow } from '../../libs/referral/src/read/moves.js';
import type { ReferralRow } from '../../libs/referral/src/read/referral.js';
import { SESSION_SCOPE } from '../../libs/session/src/http/sessions.js';
import { TASK_SCOPE } from '../../libs/task/src/http/tasks.js';

/** One seed, so that a failure is the same for everybody; fast-check prints it with the smallest network that fails. */
const SEED = 20_260_401;
const NETWORKS = 25;

const id = (what: string, n: number): string => uuidFrom('scope', what, String(n));
const ORGANIZATIONS = [1, 2, 3, 4].map((n) => id('organization', n));
const PATIENTS = [1, 2, 3].map((n) => id('patient', n));

type Row = Readonly<Record<string, unknown>> & { readonly id: string };
type Network = Readonly<
  Record<
    'patient' | 'referral' | 'diagnosis' | 'flag' | 'consent' | 'plan' | 'session' | 'assessment' | 'task',
    readonly Row[]
  >
>;

const organization = fc.constantFrom(...ORGANIZATIONS);
const organizations = fc.uniqueArray(organization, { maxLength: 3 });
const patientId = fc.constantFrom(...PATIENTS);

/** A draft, a pool's that nobody has claimed, or a leg with its recipient: what the model's fold can come to. */
const referral: fc.Arbitrary<object> = fc.oneof(
  fc.record({
    patient_id: patientId,
    referrer_organization_id: organization,
    legs: fc.constant([]),
    pool_organization_ids: fc.constant([]),
    recipient_organization_id: fc.constant(null),
  }),
  fc.record({
    patient_id: patientId,
    referrer_organization_id: organization,
    legs: fc.constant([{}]),
    pool_organization_ids: organizations,
    recipient_organization_id: fc.constant(null),
  }),
  fc.record({
    patient_id: patientId,
    referrer_organization_id: organization,
    legs: fc.constant([{}]),
    pool_organization_ids: fc.constant([]),
    recipient_organization_id: organization,
  }),
);
const ofPatient = fc.record({ patient_id: patientId });
const underReferral = fc.record({
  patient_id: patientId,
  organization_id: organization,
  referrer_organization_id: organization,
});

const rowsOf = (what: string, row: fc.Arbitrary<object>): fc.Arbitrary<Row[]> =>
  fc.array(row, { maxLength: 6 }).map((rows) => rows.map((one, n) => ({ ...one, id: id(what, n) })));

const network: fc.Arbitrary<Network> = fc.record({
  patient: fc
    .tuple(organizations, organizations, organizations)
    .map((homes) => homes.map((home, n) => ({ id: PATIENTS[n] ?? '', home_organization_ids: home }))),
  referral: rowsOf('referral', referral),
  diagnosis: rowsOf('diagnosis', ofPatient),
  flag: rowsOf('flag', ofPatient),
  consent: rowsOf('consent', ofPatient),
  plan: rowsOf('plan', underReferral),
  session: rowsOf('session', underReferral),
  assessment: rowsOf('assessment', underReferral),
  task: rowsOf('task', fc.record({ organization_ids: organizations })),
});

const unique = (ids: readonly unknown[]): readonly string[] => [
  ...new Set(ids.filter((one) => typeof one === 'string')),
];

/** Who is what to a patient, in plain words: the third account beside the two in SQL. */
const careTeam = ({ patient, referral: referrals }: Network, of: unknown): Parties => {
  const theirs = referrals.filter((row) => row['patient_id'] === of);
  return {
    home: patient.find((row) => row.id === of)?.['home_organization_ids'] as string[],
    referrer: unique(
      theirs
        .filter((row) => (row['legs'] as unknown[]).length > 0)
        .map((row) => row['referrer_organization_id']),
    ),
    recipient: unique(theirs.map((row) => row['recipient_organization_id'])),
    pool: unique(theirs.flatMap((row) => row['pool_organization_ids'] as string[])),
  };
};

interface Scoped {
  readonly resource: Category & keyof Network;
  readonly scope: Scope;
  parties(row: Row, all: Network): Parties;
}

const ofClinic = (row: Row): Parties => ({
  recipient: unique([row['organization_id']]),
  referrer: unique([row['referrer_organization_id']]),
});

const SCOPED: readonly Scoped[] = [
  {
    resource: 'referral',
    scope: REFERRAL_SCOPE,
    parties: (row) => partiesOfRow(row as unknown as ReferralRow),
  },
  { resource: 'patient', scope: PATIENT_SCOPE, parties: (row, all) => careTeam(all, row.id) },
  { resource: 'diagnosis', scope: CARE_TEAM_SCOPE, parties: (row, all) => careTeam(all, row['patient_id']) },
  { resource: 'flag', scope: CARE_TEAM_SCOPE, parties: (row, all) => careTeam(all, row['patient_id']) },
  { resource: 'plan', scope: PLAN_SCOPE, parties: ofClinic },
  { resource: 'session', scope: SESSION_SCOPE, parties: ofClinic },
  { resource: 'assessment', scope: ASSESSMENT_SCOPE, parties: ofClinic },
  { resource: 'task', scope: TASK_SCOPE, parties: (row) => ({ owner: row['organization_ids'] as string[] }) },
];

/** Everybody who might ask: every role, in every organisation and in none. */
const ACTORS: readonly Actor[] = ROLES.flatMap((role) => [
  { sub: `${role}-nowhere`, role },
  ...ORGANIZATIONS.map((organizationId) => ({ sub: `${role} of ${organizationId}`, role, organizationId })),
]);

let database: TestDatabase;
let opened: OpenStore;
let pool: Pool;
let rows: Rows;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.connectionString });
  for (const sql of Object.values(READ_MIGRATIONS)) await pool.query(sql);
  opened = await postgresStore(database.connectionString);
  const { store } = opened;
  const host = new ProjectionHost({
    projection: 'care',
    delivery: storeDelivery(store),
    store,
    decode: () => Promise.reject(new Error('the log is empty')),
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
});

afterAll(async () => {
  await opened.close();
  await pool.end();
  await database.drop();
});

const furnish = async (all: Network): Promise<void> => {
  for (const [table, content] of Object.entries(all)) {
    await pool.query(`truncate read.${table}`);
    await pool.query(
      `insert into read.${table} select * from jsonb_populate_recordset(null::read.${table}, $1)`,
      [JSON.stringify(content)],
    );
  }
};

const desk = (policy: CedarPolicy): ReadDesk => new ReadDesk(rows, policy, { record: () => undefined });

const listed = async (
  by: Actor,
  { resource, scope }: Scoped,
  policy: CedarPolicy,
): Promise<readonly string[]> => {
  const seen = desk(policy).seenBy(by, resource, scope);
  return (
    await rows.query<{ id: string }>(
      `select t.id from read.${resource} t where ${seen.where} order by t.id`,
      seen.values,
    )
  ).map((row) => row.id);
};

const allowed = (
  by: Actor,
  { resource, parties }: Scoped,
  all: Network,
  policy: CedarPolicy,
): readonly string[] =>
  all[resource]
    .filter(
      (row) =>
        policy.decide({
          role: by.role,
          relations: relationsOf(by, parties(row, all)),
          action: 'Read',
          resource,
        }).allowed,
    )
    .map((row) => row.id)
    .toSorted();

/** @throws where a list and the policy disagree about somebody */
const compare = async (all: Network, scoped: readonly Scoped[], policy: CedarPolicy): Promise<void> => {
  await furnish(all);
  for (const one of scoped) {
    for (const by of ACTORS) {
      expect({ who: by.sub, resource: one.resource, rows: await listed(by, one, policy) }).toEqual({
        who: by.sub,
        resource: one.resource,
        rows: allowed(by, one, all, policy),
      });
    }
  }
};

describe('a list of what people may see', () => {
  const policy = new CedarPolicy();

  it.each(SCOPED.map((scoped) => ({ resource: scoped.resource, scoped })))(
    'of the kind $resource has exactly the rows that the policy lets them read',
    async ({ scoped }) => {
      await fc.assert(
        fc.asyncProperty(network, (all) => compare(all, [scoped], policy)),
        { seed: SEED, numRuns: NETWORKS },
      );
    },
  );

  it('shows something to somebody of every kind: the networks are not too sparse to tell', async () => {
    const shown = new Set<string>();
    for (const all of fc.sample(network, { seed: SEED, numRuns: NETWORKS })) {
      for (const one of SCOPED)
        for (const by of ACTORS) if (allowed(by, one, all, policy).length > 0) shown.add(one.resource);
    }
    expect([...shown].toSorted()).toEqual(SCOPED.map(({ resource }) => resource).toSorted());
  });

  it.each([
    { deed: 'shows too much', scope: { ...REFERRAL_SCOPE, recipient: 'true' } },
    {
      deed: 'forgets a relation',
      scope: { referrer: REFERRAL_SCOPE.referrer ?? '', recipient: REFERRAL_SCOPE.recipient ?? '' },
    },
  ])('is caught when its scope $deed', async ({ scope }) => {
    const wrong = SCOPED.filter(({ resource }) => resource === 'referral').map((one) => ({ ...one, scope }));
    const property = fc.asyncProperty(network, (all) => compare(all, wrong, policy));
    expect((await fc.check(property, { seed: SEED, numRuns: NETWORKS, endOnFailure: true })).failed).toBe(
      true,
    );
  });
});

describe('the care team of a patient', () => {
  it('is the same for guards, for lists and in plain words', async () => {
    const sorted = (parties: Parties): object =>
      Object.fromEntries(Object.entries(parties).map(([relation, ids]) => [relation, ids.toSorted()]));
    await fc.assert(
      fc.asyncProperty(network, async (all) => {
        await furnish(all);
        for (const one of PATIENTS)
          expect(sorted(await careTeamOf(one).run(rows))).toEqual(sorted(careTeam(all, one)));
      }),
      { seed: SEED, numRuns: NETWORKS },
    );
  });
});

describe('the categories', () => {
  it('that a policy lets anybody read by relation have a scope, or are named here as having no list', () => {
    const policy = new CedarPolicy();
    // Read by relation, listed nowhere yet.
    const withoutList: readonly Category[] = ['consent', 'authorization', 'import'];
    const readable = CATEGORIES.filter((resource) => {
      const by = (relations: Parameters<CedarPolicy['decide']>[0]['relations']): boolean =>
        ROLES.some((role) => policy.decide({ role, relations, action: 'Read', resource }).allowed);
      return by(['home', 'referrer', 'recipient', 'pool', 'owner', 'self']) && !by([]);
    });
    expect(readable.filter((one) => !withoutList.includes(one)).toSorted()).toEqual(
      SCOPED.map(({ resource }) => resource).toSorted(),
    );
  });
});
