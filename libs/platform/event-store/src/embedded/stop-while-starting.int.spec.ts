/** Told to stop, a start ends wherever it is: nothing of it runs any more, and the next start works. */
import { until } from '@fascia/testkit';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from './embedded-postgres.js';
import type { EmbeddedPostgresOptions } from './embedded-postgres.js';
import { isHeldOpen } from './lifeline.js';
import { placeIn } from './placement.js';
import { StillRecovering } from './server-process.js';

const SERVER_MS = 150_000;
const WITHIN = { deadlineMs: 60_000, everyMs: 1, message: 'the moment to stop at' };
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

let parent: string;
let dataDir: string;
const servers: EmbeddedPostgres[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fascia-stop-'));
  chmodSync(parent, 0o755);
  dataDir = join(parent, 'data');
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const pid of running()) process.kill(pid, 'SIGQUIT');
  await until(() => running().length === 0, { ...WITHIN, message: 'all to end' });
  rmSync(parent, { recursive: true, force: true });
}, SERVER_MS);

const embedded = (options: EmbeddedPostgresOptions = {}): EmbeddedPostgres => {
  const server = new EmbeddedPostgres({ dataDir, supervise: false, ...options });
  servers.push(server);
  return server;
};

/** initdb, a postmaster, or a child of either: all of them work in the data folder. */
const running = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(parent);
      } catch {
        return false;
      }
    })
    .map(Number);

/** Never out of recovery by itself, as one of a big log is for a long time: every connection is told to wait. */
const keepRecovering = (): void => {
  appendFileSync(join(dataDir, 'postgres', 'postgresql.conf'), 'hot_standby = off\n');
  writeFileSync(join(dataDir, 'postgres', 'standby.signal'), '');
};

const endRecovery = (): void => rmSync(join(dataDir, 'postgres', 'standby.signal'), { force: true });

const madeBefore = async (): Promise<void> => {
  const server = embedded();
  await server.start();
  await server.stop();
};

const nothingIsLeft = (): void => {
  expect(running()).toEqual([]);
  expect(isHeldOpen(placeIn(dataDir, undefined))).toBe(false);
};

const startsAgain = async (server: EmbeddedPostgres): Promise<void> => {
  await server.start();
  expect(running()).toContain(server.pid);
  await server.stop();
  nothingIsLeft();
};

interface Moment {
  /** What the start has said so far. */
  readonly said: readonly string[];
}

const isSpawned = ({ said }: Moment): boolean => said.includes('Starting PostgreSQL') && running().length > 0;

describeOnLinux('a start that is told to stop', () => {
  it.each<[string, boolean, (moment: Moment) => boolean]>([
    ['at once', false, () => true],
    ['while the data are made', false, () => running().length > 1],
    ['when the server has been spawned', true, isSpawned],
    ['when the server has children', true, (moment) => isSpawned(moment) && running().length > 2],
  ])(
    '%s, ends, and leaves nothing',
    async (_when, hasData, isNow) => {
      if (hasData) await madeBefore();
      const said: string[] = [];
      const server = embedded({ log: (message) => said.push(message) });
      const start = server.start().then(
        () => 'started',
        (error: unknown) => String(error),
      );
      if (!isNow({ said })) await until(() => isNow({ said }), WITHIN);
      await Promise.all([server.stop(), server.stop()]);
      nothingIsLeft();
      expect(await start).toMatch(/is being stopped/);
      await startsAgain(server);
    },
    SERVER_MS,
  );

  it.each(['Starting PostgreSQL', 'PostgreSQL is ready'])(
    'when it says "%s", ends, and leaves nothing',
    async (moment) => {
      await madeBefore();
      const stops: Promise<void>[] = [];
      const server: EmbeddedPostgres = embedded({
        log: (message) => message === moment && stops.length === 0 && stops.push(server.stop()),
      });
      await expect(server.start()).rejects.toThrow(/is being stopped/);
      await Promise.all(stops);
      nothingIsLeft();
      await startsAgain(server);
    },
    SERVER_MS,
  );

  it(
    'in the middle of recovery, ends, and leaves nothing',
    async () => {
      await madeBefore();
      keepRecovering();
      const server = embedded();
      const start = expect(server.start()).rejects.toThrow(/is being stopped/);
      await until(() => running().length > 2, WITHIN);
      await server.stop();
      nothingIsLeft();
      await start;
      endRecovery();
      await startsAgain(server);
    },
    SERVER_MS,
  );

  it(
    'when it waits for a server that it found, ends that one as well',
    async () => {
      await madeBefore();
      keepRecovering();
      await expect(embedded({ startMs: 1_000 }).start()).rejects.toThrow(StillRecovering);
      const [pid] = running();
      const said: string[] = [];
      const server = embedded({ log: (message) => said.push(message) });
      const start = expect(server.start()).rejects.toThrow(/is being stopped/);
      await until(
        () => said.includes(`Adopting the PostgreSQL that is running (process ${String(pid)})`),
        WITHIN,
      );
      await server.stop();
      nothingIsLeft();
      await start;
      endRecovery();
      await startsAgain(server);
    },
    SERVER_MS,
  );

  it(
    'as a server that died is started again, ends, and leaves nothing',
    async () => {
      const said: string[] = [];
      const server = embedded({ supervise: true, log: (message) => said.push(message) });
      await server.start();
      keepRecovering();
      process.kill(server.pid, 'SIGKILL');
      await until(() => said.filter((message) => message === 'Starting PostgreSQL').length > 1, WITHIN);
      await until(() => running().length > 2, WITHIN);
      await server.stop();
      nothingIsLeft();
      endRecovery();
      await startsAgain(server);
    },
    SERVER_MS,
  );

  it.each<[string, boolean, () => boolean]>([
    ['while the data are made', false, () => running().length > 1],
    ['in the middle of recovery', true, () => running().length > 2],
  ])(
    'and has no time, leaves nothing a moment later: %s',
    async (_when, hasData, isNow) => {
      if (hasData) {
        await madeBefore();
        keepRecovering();
      }
      const server = embedded();
      const start = expect(server.start()).rejects.toThrow(/is being stopped/);
      await until(isNow, WITHIN);
      server.abandon();
      server.abandon();
      await until(() => running().length === 0, { ...WITHIN, message: 'all to end' });
      await start;
      nothingIsLeft();
      if (hasData) endRecovery();
      await startsAgain(server);
    },
    SERVER_MS,
  );
});

describeOnLinux('a start that fails', () => {
  it(
    'ends the server that it has spawned',
    async () => {
      await madeBefore();
      await expect(embedded({ startMs: -1 }).start()).rejects.toThrow(
        /does not take connections|did not start/,
      );
      nothingIsLeft();
      await startsAgain(embedded());
    },
    SERVER_MS,
  );
});
