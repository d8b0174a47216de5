/**
 * Embedded data have one postmaster, whoever was killed and from whatever container the next start comes. Runs the built
 * packages; other containers are other namespaces of process ids and of shared memory, which only root may make.
 */
import { openClient } from '@fascia/event-store';
import { until } from '@fascia/testkit';
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SERVER_MS = 150_000;
const WITHIN_MS = 60_000;
const ANOTHER_CONTAINER = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--ipc'];
const hasContainers =
  spawnSync(ANOTHER_CONTAINER[0] ?? '', [...ANOTHER_CONTAINER.slice(1), 'true']).status === 0;
const inContainers = hasContainers ? it : it.skip;

/** Starts the server and says its process id, or why not. */
const OWNER = `
  const { EmbeddedPostgres } = await import('@fascia/event-store');
  const server = new EmbeddedPostgres({ dataDir: process.env.DATA, address: 'there:4600', supervise: false, startMs: Number(process.env.START_MS ?? 60000) });
  await server.start().then(
    () => console.log('runs ' + server.pid),
    (error) => { console.log(error.name + ': ' + error.message); process.exit(0); },
  );
  setInterval(() => undefined, 1_000);
`;

/** What a start did that trusted process ids: nobody of that id is here, so what is left is removed, and a server started. */
const TRUSTS_PIDS = `
  const { spawn } = await import('node:child_process');
  const { readFileSync, rmSync, statSync } = await import('node:fs');
  const cluster = process.env.DATA + '/postgres';
  const socket = process.env.DATA + '/socket';
  const pid = Number(readFileSync(cluster + '/postmaster.pid', 'utf8').split('\\n')[0]);
  let alive = true;
  try { process.kill(pid, 0); } catch { alive = false; }
  if (alive) { console.log('adopts'); process.exit(0); }
  rmSync(cluster + '/postmaster.pid');
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(socket + '/' + name, { force: true });
  const { uid, gid } = statSync(cluster);
  spawn(process.env.POSTGRES, ['-D', cluster, '-c', 'listen_addresses=', '-c', 'unix_socket_directories=' + socket], { uid, gid, cwd: cluster, stdio: 'ignore' });
  console.log('runs');
  setInterval(() => undefined, 1_000);
`;

let parent: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fascia-one-'));
  chmodSync(parent, 0o755);
  dataDir = join(parent, 'data');
});

/** Of processes of all containers: a postmaster's command line names its data, its children's do not. */
const postmasters = (data = dataDir): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes(`-D\0${data}/postgres\0`);
      } catch {
        return false;
      }
    });

/** One that was just told by the death of its parent may be gone between the look and the signal. */
const quits = (pid: number): void => {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  const all = [dataDir, join(parent, 'copy')];
  for (const pid of all.flatMap((data) => postmasters(data))) quits(pid);
  await until(() => all.every((data) => postmasters(data).length === 0), {
    deadlineMs: WITHIN_MS,
    message: 'all servers to end',
  });
  rmSync(parent, { recursive: true, force: true });
}, SERVER_MS);

interface Start {
  readonly child: ChildProcess;
  /** What it said first. */
  readonly said: Promise<string>;
}

const start = (
  script: string,
  {
    before = [],
    environment = {},
  }: { before?: readonly string[]; environment?: Record<string, string> } = {},
): Start => {
  const [command = '', ...words] = [...before, process.execPath, '--input-type=module', '-e', script];
  const child = spawn(command, words, {
    cwd: import.meta.dirname,
    env: { ...process.env, DATA: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  const said = until(() => text.includes('\n'), {
    deadlineMs: WITHIN_MS,
    message: 'a start to say how it went',
  });
  return { child, said: said.then(() => text.split('\n')[0] ?? '') };
};

const killed = async ({ child }: Start): Promise<void> => {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
};

/** A start that was killed, and left its server behind. @returns the server's process id */
const leftBehind = async (): Promise<number> => {
  const first = start(OWNER);
  expect(await first.said).toMatch(/^runs/);
  await killed(first);
  const [pid = 0, ...others] = postmasters();
  expect(others).toEqual([]);
  return pid;
};

const socketOf = (): number => statSync(join(dataDir, 'socket', '.s.PGSQL.5432')).ino;

const answers = async (): Promise<boolean> => {
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
  const client = openClient({
    url: `postgresql://fascia:${password}@/postgres?host=${encodeURIComponent(join(dataDir, 'socket'))}&port=5432`,
    purpose: 'spec',
  });
  await client.connect();
  const { rowCount } = await client.query('select 1');
  await client.end();
  return rowCount === 1;
};

describe('data whose server outlived its Node', () => {
  it(
    'are taken over by the next start here',
    async () => {
      const pid = await leftBehind();
      expect(await start(OWNER).said).toBe(`runs ${String(pid)}`);
      expect(postmasters()).toEqual([pid]);
    },
    SERVER_MS,
  );

  inContainers(
    'are refused to a start in another container, which removes nothing',
    async () => {
      const pid = await leftBehind();
      const socket = socketOf();
      expect(await start(OWNER, { before: ANOTHER_CONTAINER }).said).toMatch(
        /^CannotRunPostgres: .* another container/,
      );
      expect(postmasters()).toEqual([pid]);
      expect(socketOf()).toBe(socket);
      expect(await answers()).toBe(true);
    },
    SERVER_MS,
  );

  inContainers(
    'would have two servers, if the start trusted process ids',
    async () => {
      const pid = await leftBehind();
      const POSTGRES = readlinkSync(`/proc/${String(pid)}/exe`);
      const second = start(TRUSTS_PIDS, { before: ANOTHER_CONTAINER, environment: { POSTGRES } });
      expect(await second.said).toBe('runs');
      await until(() => postmasters().length === 2, { deadlineMs: WITHIN_MS, message: 'a second server' });
    },
    SERVER_MS,
  );

  it.each([
    ['of nobody', () => 4_194_303],
    ['of another program', () => process.pid],
  ])(
    'keep it, when its file names a process id %s',
    async (_whose, other) => {
      const pid = await leftBehind();
      const file = join(dataDir, 'postgres', 'postmaster.pid');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(other())));
      expect(await start(OWNER, { environment: { START_MS: '2000' } }).said).toMatch(/^CannotRunPostgres/);
      expect(postmasters()).toEqual([pid]);
      expect(await answers()).toBe(true);
    },
    SERVER_MS,
  );
});

describe('a copy of the data, made while their server ran', () => {
  it(
    'has a server of its own, and leaves the other alone',
    async () => {
      const pid = await leftBehind();
      const copy = join(parent, 'copy');
      expect(spawnSync('cp', ['-a', dataDir, copy]).status).toBe(0);
      expect(await start(OWNER, { environment: { DATA: copy } }).said).toMatch(/^runs/);
      expect(postmasters()).toEqual([pid]);
      expect(postmasters(copy)).toHaveLength(1);
      expect(await answers()).toBe(true);
    },
    SERVER_MS,
  );
});

describe('two that start at once', () => {
  it.each([
    ['here', []],
    ...(hasContainers ? [['in containers', ANOTHER_CONTAINER] as [string, string[]]] : []),
  ])(
    'are one that runs, and one that says who does: %s',
    async (_where, before) => {
      const said = await Promise.all([start(OWNER, { before }), start(OWNER)].map((one) => one.said));
      const [loser = '', winner = ''] = said.toSorted();
      expect(winner).toMatch(/^runs/);
      expect(loser).toMatch(/^AlreadyRunning: .*process \d+ on .+, there:4600/);
      expect(postmasters()).toHaveLength(1);
    },
    SERVER_MS,
  );
});
