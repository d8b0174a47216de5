/**
 * What a release left behind: a whole data folder, the whole topic that it relayed, and what it answered last. Every later
 * code must start on the one, read the other, and answer the same. `FASCIA_KEEP=1` with the courses' journey keeps another
 * set for the present format; sets of formats that were released are never made again.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { memoryBroker, type LogRecord } from '@fascia/broker';
import { isRelayed, recordKey, Relay } from '@fascia/delivery';
import { EmbeddedPostgres, PostgresEventStore } from '@fascia/event-store';
import type { Rows } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { Pool } from 'pg';
import type { Fascia } from '../../journeys/harness.js';
import { packed } from './folder.js';

export const KEPT = join(import.meta.dirname, 'format-2');
const PARTITIONS = 4;
/** Made anew by every start, and some of it names the machine. */
const OF_ONE_START = [
  'socket',
  'postgres.log',
  'log.ndjson',
  'instance.lock',
  'postmaster.json',
  'postgres/postmaster.opts',
];

/** A question and its answer. */
export interface Asked {
  readonly as: string;
  readonly path: string;
  readonly answer: object;
}

/** A command under its key, and its answer. */
export interface Done extends Asked {
  readonly key: string;
  readonly body: object;
}

export interface Answers {
  readonly questions: readonly Asked[];
  readonly commands: readonly Done[];
  /** Of a patient whose key was destroyed. */
  readonly erased: string;
}

/** Records with their bytes as text: they are canonical JSON. */
export interface KeptTopic {
  /** Hex: what records are signed with. */
  readonly key: string;
  readonly partitions: number;
  readonly records: readonly (Omit<LogRecord, 'value'> & { readonly value: string })[];
}

const file = (name: string): string => join(KEPT, name);

export const keptFolder = (): Buffer => readFileSync(file('folder.zst'));
export const keptAnswers = (): Answers => JSON.parse(readFileSync(file('answers.json'), 'utf8')) as Answers;
export const keptTopic = (): KeptTopic =>
  JSON.parse(gunzipSync(readFileSync(file('topic.json.gz'))).toString('utf8')) as KeptTopic;

export const rowsIn = (pool: Pool): Rows => ({
  query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
    (await pool.query<T>(text, [...values])).rows,
});

/** The database of a data folder, while nobody else runs on it. */
export const inDatabaseOf = async <T>(dataDir: string, work: (pool: Pool) => Promise<T>): Promise<T> => {
  const server = new EmbeddedPostgres({ dataDir });
  await server.start();
  const pool = new Pool({ connectionString: server.connectionString });
  // The server is stopped before the last of its connections has gone.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
    await server.stop();
  }
};

/** All that a relay hands over. */
const relayed = async (pool: Pool): Promise<KeptTopic> => {
  const store = await PostgresEventStore.open({ database: pool });
  const broker = memoryBroker({ partitions: PARTITIONS });
  const relay = new Relay({ store, broker, pool, rows: rowsIn(pool), log: () => undefined });
  relay.start();
  const expected = (await store.readAll(0n, 10_000)).filter(isRelayed).length;
  const records: LogRecord[] = [];
  const consumer = broker.consumer('kept');
  await consumer.start({
    assigned: () => undefined,
    revoked: () => undefined,
    handle: (_partition, batch) => {
      records.push(
        ...batch.map(({ partition, key, value, headers }) => ({ partition, key, value, headers })),
      );
      return Promise.resolve();
    },
  });
  await until(() => records.length === expected, { message: 'the whole topic', deadlineMs: 60_000 });
  await consumer.close();
  await relay.stop();
  await broker.close();
  const key = (await recordKey(rowsIn(pool))).toString('hex');
  await store.close();
  return {
    key,
    partitions: PARTITIONS,
    records: records.map((record) => ({ ...record, value: Buffer.from(record.value).toString('utf8') })),
  };
};

const QUESTIONS: readonly (readonly [as: string, path: string])[] = [
  ['physician-demo', '/api/v1/patients?limit=50'],
  ['physician-demo', '/api/v1/referrals?limit=200'],
  ['physician-demo', '/api/v1/diagnoses?limit=50'],
  ['therapist-demo', '/api/v1/plans?limit=50'],
  ['therapist-demo', '/api/v1/sessions?limit=50'],
  ['physician-demo', '/api/v1/organizations'],
  ['physician-demo', '/api/v1/practitioners'],
  ['physician-demo', '/api/v1/listings'],
];

interface Listed {
  readonly items: readonly { readonly id: string; readonly patientId?: string }[];
}

/** What a person is shown changes with the time of day, such as what is late; what a thing is does not. */
const LASTING = ['id', 'patientId', 'stage', 'state', 'status', 'version', 'name', 'code', 'site', 'type'];

export const lasting = (answer: unknown): object => {
  const { items } = answer as { items: readonly Readonly<Record<string, unknown>>[] };
  return {
    items: items.map((item) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => LASTING.includes(name))),
    ),
  };
};

const patientsOf = async (fascia: Fascia): Promise<readonly string[]> =>
  ((await fascia.as('physician-demo').get('/api/v1/patients?limit=50')).body as Listed).items.map(
    ({ id }) => id,
  );

/** A person's key is destroyed, and lists that still name them are made anew (docs/operations.md). */
const erase = async (fascia: Fascia, patientId: string): Promise<void> => {
  await fascia.stop();
  await inDatabaseOf(join(fascia.dir, 'data'), (pool) =>
    pool.query('update sealing.subject_key set wrapped = null, erased_at = now() where subject = $1', [
      `patient-${patientId}`,
    ]),
  );
  await fascia.start();
  const operator = fascia.as('operator-demo');
  const models = async () =>
    (await operator.get('/api/v1/admin/models')).body.items as { name: string; building: unknown }[];
  for (const { name } of await models()) await operator.does(`/api/v1/admin/models/${name}/rebuild`);
  await until(async () => (await models()).every(({ building }) => building === null), {
    message: 'all lists to be built',
  });
};

/** The last things that are done and asked before the folder is kept; the product is stopped by it. */
export const keep = async (fascia: Fascia): Promise<void> => {
  const [first = ''] = await patientsOf(fascia);
  const erased = (await patientsOf(fascia)).at(-1) ?? '';
  await erase(fascia, erased);
  const physician = fascia.as('physician-demo');
  const command = {
    as: 'physician-demo',
    path: '/api/v1/diagnoses',
    key: 'kept-diagnosis',
    body: {
      patientId: first,
      code: 'M76.52',
      site: { region: 'knee', side: 'left' },
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
    },
  };
  const commands = [{ ...command, answer: await physician.does(command.path, command.body, command.key) }];
  await fascia.as('operator-demo').does('/api/v1/admin/keys/rotate');
  const questions: Asked[] = [];
  for (const [as, path] of QUESTIONS)
    questions.push({ as, path, answer: lasting((await fascia.as(as).get(path)).body) });
  const referral = ((await physician.get('/api/v1/referrals?limit=1')).body as Listed).items[0]?.id ?? '';
  const replayed = `/api/v1/audit/streams/referral-${referral}`;
  const { body: answer } = await fascia.as('auditor-demo').get(replayed);
  questions.push({ as: 'auditor-demo', path: replayed, answer });
  await fascia.stop();
  const dataDir = join(fascia.dir, 'data');
  const topic = await inDatabaseOf(dataDir, async (pool) => {
    const whole = await relayed(pool);
    await pool.query('vacuum full');
    await pool.query('checkpoint');
    return whole;
  });
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(file('folder.zst'), packed(dataDir, OF_ONE_START));
  writeFileSync(file('topic.json.gz'), gzipSync(JSON.stringify(topic), { level: 9 }));
  writeFileSync(
    file('answers.json'),
    `${JSON.stringify({ questions, commands, erased } satisfies Answers, null, 1)}\n`,
  );
};
