/** Everything behind HTTP: database, event store, keys, write door, projections, coordinator, access records. */
import { CedarPolicy, ISSUER_TABLE_SQL } from '@fascia/access';
import { AccessRecorder } from '@fascia/audit';
import { COORDINATION_SQL, Coordinator, PROCESSES } from '@fascia/coordination';
import { EmbeddedPostgres, migrate, PostgresEventStore } from '@fascia/event-store';
import { systemClock, type AccessPolicy, type Clock, type EventStore, type Rows } from '@fascia/kernel';
import type { Logger } from '@fascia/observability';
import { ModelAdmin, ProjectionHost, READ_SQL, ReadDesk } from '@fascia/read-store';
import { masterKeys, postgresSubjectKeys, SUBJECT_KEY_SQL } from '@fascia/sealing';
import { Door, LookupsBehind, makeCodec, type Codec, type FactTools } from '@fascia/write-door';
import { Pool } from 'pg';
import { aggregateByCategory, contracts, models } from './contexts.js';
import type { Settings } from './settings.js';

export interface Platform {
  readonly store: EventStore;
  readonly codec: Codec;
  readonly door: Door;
  readonly tools: FactTools;
  readonly rows: Rows;
  readonly desk: ReadDesk;
  readonly host: ProjectionHost;
  readonly admin: ModelAdmin;
  readonly coordinator: Coordinator;
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  readonly recorder: AccessRecorder;
  stop(): Promise<void>;
}

const POOL_CONNECTIONS = 20;
/** One process writes, and its own appends wake its subscribers at once: asking is for the rare command of another tool. */
const POLL = { shortestMs: 100, longestMs: 1_000 };
/** How long a guard waits for the projections (design, section 4). */
const LOOKUP_WAIT_MS = 1_000;

const rowsOf = (pool: Pool): Rows => ({
  query: async <T extends object>(text: string, values: readonly unknown[] = []) => (await pool.query<T>(text, [...values])).rows,
});

/** A server of one's own, or the embedded one. */
const database = async ({ databaseUrl, dataDir }: Settings, say: (what: string) => void): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: () => Promise.resolve() };
  const embedded = new EmbeddedPostgres({ dataDir, log: say });
  await embedded.start();
  return { url: embedded.connectionString, stop: () => embedded.stop() };
};

const loads = (door: Door): FactTools['load'] => (aggregate, id) => door.load(aggregate, id);

/** @param say progress for the person at the terminal */
export const startPlatform = async (settings: Settings, logger: Logger, say: (what: string) => void): Promise<Platform> => {
  const { url, stop: stopDatabase } = await database(settings, say);
  const pool = new Pool({ connectionString: url, max: POOL_CONNECTIONS });
  pool.on('error', (error) => { logger.warn({ error: error.name }, 'a database connection broke'); });
  const log = (what: string, details: Readonly<Record<string, unknown>>): void => { logger.warn(details, what); };
  const store = await PostgresEventStore.open({ database: pool, poll: POLL });
  await migrate(pool, { schema: 'read', migrations: { '0001-read': READ_SQL } });
  await migrate(pool, { schema: 'sealing', migrations: { '0001-subject-keys': SUBJECT_KEY_SQL } });
  await migrate(pool, { schema: 'coordination', migrations: { '0001-checkpoints': COORDINATION_SQL } });
  await migrate(pool, { schema: 'issuer', migrations: { '0001-issuer': ISSUER_TABLE_SQL } });

  const clock = systemClock;
  const rows = rowsOf(pool);
  const keys = postgresSubjectKeys(rows, masterKeys({ keys: settings.keys, dataDir: settings.dataDir }));
  const codec = makeCodec(contracts, keys);
  const policy = new CedarPolicy();
  const decode = codec.decode.bind(codec);
  const host = new ProjectionHost({ store, decode, pool, models, log });
  const rowsAt = async (position: bigint): Promise<Rows> => {
    if (await host.waitFor(position, LOOKUP_WAIT_MS)) return rows;
    throw new LookupsBehind('the projections are behind');
  };
  const door = new Door({ store, codec, policy, clock, rowsAt });
  const recorder = new AccessRecorder({ store, codec, clock, log });
  const coordinator = new Coordinator({ store, codec, door, rows, clock, processes: PROCESSES, aggregates: aggregateByCategory, log });
  say('Bringing the read models up to date');
  await host.start();
  coordinator.start();
  const tools: FactTools = {
    load: loads(door),
    lookup: async (question) => question.run(await rowsAt((await store.head()).position)),
  };

  return {
    store, codec, door, tools, rows, host, coordinator, policy, clock, recorder,
    desk: new ReadDesk(rows, policy, recorder),
    admin: new ModelAdmin({ store, decode, pool, host }),
    stop: async () => {
      await recorder.flush().catch(() => { logger.error({ waiting: recorder.waiting }, 'access records were not stored'); });
      await coordinator.stop();
      await host.stop();
      await store.close();
      await pool.end();
      await stopDatabase();
    },
  };
};

