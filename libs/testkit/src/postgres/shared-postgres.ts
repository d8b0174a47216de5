/** A PostgreSQL server for tests: one per Jest run, a database of its own for each spec. */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '@fascia/event-store';
import { Client } from 'pg';
import { until } from '../until.js';

/** Set by the global set-up of a Jest run, or by whoever brings a server of their own (a superuser's URL). */
export const TEST_DATABASE_URL = 'FASCIA_TEST_DATABASE_URL';

export interface TestDatabase {
  readonly connectionString: string;
  /** Also when sessions are open. */
  drop(): Promise<void>;
}

export interface TestPostgres {
  createDatabase(): Promise<TestDatabase>;
  /** Leaves a server alone that it did not start. */
  stop(): Promise<void>;
}

export interface TestServer {
  readonly server: EmbeddedPostgres;
  readonly stop: () => Promise<void>;
}

/** A server of one's own, to be killed at will; its data go with it. */
export const startTestServer = async (log?: (message: string) => void): Promise<TestServer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fascia-test-'));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as somebody else
  const server = new EmbeddedPostgres({ dataDir, ...(log === undefined ? {} : { log }) });
  await server.start();
  return {
    server,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const connected = async (url: string, work: (client: Client) => Promise<unknown>): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

const GOODBYE_MS = 10_000;

/**
 * A pool says that it has ended before its connections have, and listens to them no longer: the error by which a forced drop
 * ends them would end the spec. What has not gone in time was left open, and is cut off.
 */
const dropDatabase = async (client: Client, name: string): Promise<void> => {
  const areGone = async (): Promise<boolean> =>
    (await client.query('select 1 from pg_stat_activity where datname = $1', [name])).rows.length === 0;
  await until(areGone, { deadlineMs: GOODBYE_MS, message: 'sessions to end' }).catch(() => undefined);
  await client.query(`drop database if exists ${name} with (force)`);
};

const withDatabase = (url: string, database: string): string =>
  url.replace(/(^[^?]*\/)[^/?]*/, `$1${database}`);

const createDatabase = async (url: string): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await connected(url, (client) => client.query(`create database ${name} template template0`));
  return {
    connectionString: withDatabase(url, name),
    drop: () => connected(url, (client) => dropDatabase(client, name)),
  };
};

/** The server of this Jest run; without one, a server started for the caller, who then has to stop it. */
export const sharedPostgres = async (): Promise<TestPostgres> => {
  const given = process.env[TEST_DATABASE_URL];
  if (given !== undefined)
    return { createDatabase: () => createDatabase(given), stop: async () => undefined };
  const { server, stop } = await startTestServer();
  return { createDatabase: () => createDatabase(server.connectionString), stop };
};

/** A fresh database; dropping it also stops a server that was started for it. */
export const testDatabase = async (): Promise<TestDatabase> => {
  const postgres = await sharedPostgres();
  const database = await postgres.createDatabase();
  return {
    connectionString: database.connectionString,
    drop: async () => {
      await database.drop();
      await postgres.stop();
    },
  };
};
