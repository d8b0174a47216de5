/** What every process stands on: database, event store, keys, codec, policy. */
import { ISSUER_TABLE_SQL } from '@fascia/access';
import { BEGINNING_SQL, DELIVERY_SQL, FOLLOWER_SQL, RECORD_KEY_SQL } from '@fascia/delivery';
import {
  assertFormat,
  EmbeddedPostgres,
  migrate,
  openEventStoreDb,
  openPool,
  PostgresEventStore,
  unavailableOr,
  type EventStoreDbEventStore,
} from '@fascia/event-store';
import { systemClock, type AccessPolicy, type Clock, type EventStore, type Rows } from '@fascia/kernel';
import { FORM_SQL, postgresKeptForms, type KeptForms, type Stopping } from '@fascia/http';
import { DOCUMENT_SQL, postgresContents, type DocumentContents } from '@fascia/document/http';
import type { Logger } from '@fascia/observability';
import { READ_MIGRATIONS } from '@fascia/read-store/host';
import { errorName } from '@fascia/retry';
import {
  assertKeysFit,
  masterKeys,
  postgresSubjectKeys,
  SUBJECT_KEY_SQL,
  type MasterKeys,
  type SubjectKeys,
} from '@fascia/sealing';
import { makeCodec, Memory, postgresSnapshots, SNAPSHOT_SQL, type Codec } from '@fascia/write-door';
import type { Pool } from 'pg';
import { accessPolicy, contracts } from '../contexts.js';
import { PRESENCE_SQL } from './presence.js';
import { databaseTrouble, eventStoreDbTrouble } from './cannot-start.js';
import { codeDigest } from './code-digest.js';
import type { Settings } from './settings.js';

export type Log = (what: string, details: Readonly<Record<string, unknown>>) => void;

export interface Foundation {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Codes and names only. */
  readonly log: Log;
  readonly pool: Pool;
  /** For statements that take long by nature. */
  readonly unhurried: Pool;
  readonly rows: Rows;
  readonly store: EventStore;
  readonly codec: Codec;
  /** The bytes of documents. */
  readonly contents: DocumentContents;
  /** What people typed and did not send. */
  readonly forms: KeptForms;
  /** What streams came to, for whoever decides over them. */
  readonly memory: Memory;
  /** Absent in a process that opens no personal fields. */
  readonly masters: MasterKeys | undefined;
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  stop(): Promise<void>;
}

export interface FoundationOptions {
  /** False for a process that passes events on unread: it needs no keys and gets none. Default true. */
  readonly opensPersonalFields?: boolean;
  /** Connections to PostgreSQL; default 20. */
  readonly connections?: number;
  /**
   * How often subscribers ask the log for what other processes stored. One process alone wakes its own subscribers:
   * then asking is for the rare command of another tool.
   */
  readonly poll: { readonly shortestMs: number; readonly longestMs: number };
  /** Progress for the person at the terminal. */
  readonly say: (what: string) => void;
  /** Told of what runs outside of this process before it is started. */
  readonly stopping?: Stopping;
}

/** One process writes and reads the log. */
export const ALONE = { shortestMs: 100, longestMs: 1_000 };
/** Others write: how long an event may lie before it is noticed. */
export const AMONG_OTHERS = { shortestMs: 5, longestMs: 20 };

const CONNECTIONS = 20;
const UNHURRIED_CONNECTIONS = 4;

const rowsOf = (pool: Pool): Rows => ({
  query: async <T extends object>(text: string, values: readonly unknown[] = []) => {
    try {
      return (await pool.query<T>(text, [...values])).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  },
});

/** A server of one's own, or the embedded one. */
const database = async (
  { databaseUrl, dataDir, host, port }: Settings,
  { say, stopping }: Pick<FoundationOptions, 'say' | 'stopping'>,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: () => Promise.resolve() };
  const embedded = new EmbeddedPostgres({ dataDir, log: say, address: `${host}:${String(port)}` });
  stopping?.add(embedded);
  await embedded.start();
  return { url: embedded.connectionString, stop: () => embedded.stop() };
};

const withoutKeys = (): never => {
  throw new Error('this process was given no keys');
};

const noKeys: SubjectKeys = { keyFor: withoutKeys, find: withoutKeys };

const SCHEMAS = {
  read: READ_MIGRATIONS,
  sealing: { '0001-subject-keys': SUBJECT_KEY_SQL },
  // After it: with a person's key go the snapshots and documents that it seals.
  snapshot: { '0001-states': SNAPSHOT_SQL },
  document: { '0001-content': DOCUMENT_SQL },
  form: { '0001-kept': FORM_SQL },
  issuer: { '0001-issuer': ISSUER_TABLE_SQL },
  delivery: {
    '0001-relay': DELIVERY_SQL,
    '0002-followers': FOLLOWER_SQL,
    '0003-record-key': RECORD_KEY_SQL,
    '0004-beginnings': BEGINNING_SQL,
  },
  presence: { '0001-processes': PRESENCE_SQL },
};

/** @throws MasterKeysInvalid when what was sealed cannot be opened with the keys that are here */
const openKeys = async (
  { keys: given, dataDir }: Settings,
  rows: Rows,
  store: EventStore,
): Promise<{ readonly masters: MasterKeys; readonly keys: SubjectKeys }> => {
  const hasEvents = (await store.readAll(0n, 1)).length > 0;
  const [sealed] = await rows.query('select 1 from sealing.subject_key limit 1');
  const masters = masterKeys({ keys: given, dataDir, mayMake: !hasEvents && sealed === undefined });
  const keys = postgresSubjectKeys(rows, masters);
  await assertKeysFit(rows, { masters, keys, hasEvents });
  return { masters, keys };
};

/** One for what is asked all the time, one for what takes long: each with its patience. */
const openPools = (
  url: string,
  { patience }: Settings,
  logger: Logger,
  connections: number,
): { readonly pool: Pool; readonly unhurried: Pool; readonly end: () => Promise<void> } => {
  const broke = (error: Error): void => {
    logger.warn({ error: errorName(error) }, 'a database connection broke');
  };
  const pool = openPool({ url, purpose: 'process', patience, connections, broke });
  const unhurried = openPool({
    url,
    purpose: 'unhurried',
    patience,
    takesLong: true,
    connections: UNHURRIED_CONNECTIONS,
    broke,
  });
  return {
    pool,
    unhurried,
    end: async () => {
      await Promise.all([pool.end(), unhurried.end()]);
    },
  };
};

const openStore = (
  { eventStoreDbUrl }: Settings,
  { pool, unhurried }: Pick<Foundation, 'pool' | 'unhurried'>,
  poll: FoundationOptions['poll'],
): Promise<PostgresEventStore | EventStoreDbEventStore> =>
  eventStoreDbUrl === undefined
    ? PostgresEventStore.open({ database: pool, unhurried, poll })
    : openEventStoreDb({ connectionString: eventStoreDbUrl }).catch((error: unknown) => {
        throw eventStoreDbTrouble(error);
      });

export const openFoundation = async (
  settings: Settings,
  logger: Logger,
  { opensPersonalFields = true, connections, poll, ...outside }: FoundationOptions,
): Promise<Foundation> => {
  const { url, stop: stopDatabase } = await database(settings, outside);
  const pools = openPools(url, settings, logger, connections ?? CONNECTIONS);
  const { pool, unhurried } = pools;
  const log: Log = (what, details) => {
    logger.warn(details, what);
  };
  const rows = rowsOf(pool);
  let opened: Awaited<ReturnType<typeof openStore>> | undefined;
  try {
    await assertFormat(unhurried);
    const store = await openStore(settings, pools, poll);
    opened = store;
    for (const [schema, migrations] of Object.entries(SCHEMAS))
      await migrate(unhurried, { schema, migrations });
    const keyRing = opensPersonalFields ? await openKeys(settings, rows, store) : undefined;
    const keys = keyRing?.keys ?? noKeys;
    const codec = makeCodec(contracts, keys);
    const snapshots = postgresSnapshots({ rows, keys, codeDigest: codeDigest(), log });
    const memory = new Memory(settings.memory, snapshots);
    return {
      settings,
      logger,
      log,
      pool,
      unhurried,
      rows,
      store,
      codec,
      contents: postgresContents(rowsOf(unhurried), keys),
      forms: postgresKeptForms({
        rows,
        keys,
        nameOf: (...parts) => codec.nameOf(...parts),
        days: settings.formDays,
        log,
      }),
      memory,
      masters: keyRing?.masters,
      policy: accessPolicy(),
      clock: systemClock,
      stop: async () => {
        await memory.settled();
        await store.close();
        await pools.end();
        await stopDatabase();
      },
    };
  } catch (error) {
    await opened?.close().catch(() => undefined);
    await pools.end();
    await stopDatabase();
    throw databaseTrouble(error);
  }
};
