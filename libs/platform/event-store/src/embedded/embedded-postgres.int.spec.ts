import { until } from '@fascia/testkit';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { AlreadyRunning } from './instance-lock.js';
import { isAlive } from './os-process.js';
import { CannotRunPostgres, placeIn } from './placement.js';

const SERVER_MS = 150_000;
const isRoot = process.getuid?.() === 0;

let parent: string;
const servers: EmbeddedPostgres[] = [];

const embedded = (dataDir: string, log?: (message: string) => void): EmbeddedPostgres => {
  const server = new EmbeddedPostgres({ dataDir, supervise: false, ...(log === undefined ? {} : { log }) });
  servers.push(server);
  return server;
};

const ask = async (server: EmbeddedPostgres, text: string): Promise<unknown> => {
  const client = new Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(text)).rows[0]?.answer;
  } finally {
    await client.end();
  }
};

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fascia-test-'));
  chmodSync(parent, 0o755);
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  rmSync(parent, { recursive: true, force: true });
}, SERVER_MS);

describe('the embedded server', () => {
  it(
    'makes its data once, keeps them, and stops cleanly',
    async () => {
      const told: string[] = [];
      const server = embedded(join(parent, 'data'), (message) => told.push(message));
      await server.start();
      await ask(server, 'create table kept as select 42 as answer');
      const { pid } = server;
      await server.stop();
      expect(isAlive(pid)).toBe(false);
      await server.start();
      expect(await ask(server, 'select answer from kept')).toBe(42);
      expect(told.filter((message) => message.startsWith('Making a new'))).toHaveLength(1);
    },
    SERVER_MS,
  );

  it(
    'keeps what it acknowledges, speaks Unicode, and lets nobody else in',
    async () => {
      const server = embedded(join(parent, 'data'));
      await server.start();
      for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']) {
        expect(await ask(server, `select current_setting('${setting}') as answer`)).toBe('on');
      }
      expect(await ask(server, "select lower('ZOË Ł') as answer")).toBe('zoë ł');
      expect(await ask(server, "select current_setting('listen_addresses') as answer")).toBe('');
      expect(statSync(join(parent, 'data', 'postgres.password')).mode & 0o777).toBe(0o600);
      const stranger = new Client({
        connectionString: server.connectionString.replace(/:[^:@]+@/, ':wrong@'),
      });
      await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
    },
    SERVER_MS,
  );

  it(
    'refuses a second instance on the same data',
    async () => {
      const server = embedded(join(parent, 'data'));
      await server.start();
      await expect(embedded(join(parent, 'data')).start()).rejects.toThrow(AlreadyRunning);
      expect(await ask(server, 'select 1 as answer')).toBe(1);
    },
    SERVER_MS,
  );

  it(
    'starts again after kill -9 of the server, under the same address',
    async () => {
      const server = embedded(join(parent, 'data'));
      await server.start();
      await ask(server, 'create table kept as select 42 as answer');
      const { pid, connectionString } = server;
      process.kill(pid, 'SIGKILL');
      await until(() => server.ensureRunning().then(() => server.pid !== pid), {
        deadlineMs: 60_000,
        message: 'a new server',
      });
      expect(server.connectionString).toBe(connectionString);
      expect(await ask(server, 'select answer from kept')).toBe(42);
    },
    SERVER_MS,
  );

  it(
    'is started again by itself when supervised',
    async () => {
      const server = new EmbeddedPostgres({ dataDir: join(parent, 'data') });
      servers.push(server);
      await server.start();
      const { pid } = server;
      process.kill(pid, 'SIGKILL');
      await until(() => server.pid !== pid, { deadlineMs: 60_000, message: 'a new server' });
      expect(await ask(server, 'select 1 as answer')).toBe(1);
    },
    SERVER_MS,
  );

  it(
    'finds a short place for its socket when the data lie deep',
    async () => {
      const server = embedded(join(parent, 'x'.repeat(100)));
      await server.start();
      expect(await ask(server, 'select 1 as answer')).toBe(1);
      const socket = decodeURIComponent(/host=([^&]+)/.exec(server.connectionString)?.[1] ?? '');
      expect(dirname(socket)).toBe(tmpdir());
      await server.stop();
      expect(existsSync(socket)).toBe(false);
    },
    SERVER_MS,
  );

  it(
    'refuses data of another major version in a sentence',
    async () => {
      const server = embedded(join(parent, 'data'));
      await server.start();
      await server.stop();
      writeFileSync(join(parent, 'data', 'postgres', 'PG_VERSION'), '17\n');
      await expect(server.start()).rejects.toThrow(CannotRunPostgres);
      await expect(server.start()).rejects.toThrow(/PostgreSQL 17/);
    },
    SERVER_MS,
  );
});

describe('where things lie', () => {
  (isRoot ? it : it.skip)('as root, data go where the unprivileged account can reach them', () => {
    const closed = join(parent, 'home');
    mkdirSync(closed, { mode: 0o700 });
    const open = placeIn(join(parent, 'open'), undefined);
    const moved = placeIn(join(closed, 'data'), undefined);
    expect(open.home).toBe(open.dataDir);
    expect(open.account?.uid).toBeGreaterThan(0);
    expect(moved.home).toMatch(/^\/var\/lib\/fascia-[0-9a-f]{12}$/);
    expect(placeIn(join(closed, 'data'), undefined).home).toBe(moved.home);
    rmSync(moved.home, { recursive: true });
  });

  (isRoot ? it : it.skip)('as root, an account that does not exist is refused in a sentence', () => {
    expect(() => placeIn(join(parent, 'data'), 'no-such-account')).toThrow(/DATABASE_URL/);
  });
});
