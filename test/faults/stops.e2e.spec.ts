/**
 * A supervisor stops what it started: npm, which then is gone at once, or the whole group of processes. Whenever that is
 * (while it builds, makes its database, seeds, starts processes, or long after), nothing of it is left a moment later.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describeWithKafka, freePorts, until } from '@fascia/testkit';

const ROOT = join(import.meta.dirname, '..', '..');
const MOMENTS = process.env['FASCIA_TEST_SLOW'] === '1' ? 10 : 3;
/** Until then everything has been started, and the welcome been said, on a machine that is not too slow. */
const LATEST_MS = 15_000;
const GONE_MS = 60_000;
const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** What was started for a data folder, directly or by somebody else: all of it inherited the name of the folder. */
const processesFor = (dataDir: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readIfThere(`/proc/${pid}/environ`).split('\0').includes(`FASCIA_DATA_DIR=${dataDir}`))
    // A zombie has ended; who has to bury it is not ours.
    .filter((pid) => !/^State:\s+Z/m.test(readIfThere(`/proc/${pid}/status`)))
    .map((pid) => `${pid} ${readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 120)}`);

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => {
      resolve(false);
    });
    probe.listen(port, '127.0.0.1', () =>
      probe.close(() => {
        resolve(true);
      }),
    );
  });

class Supervised {
  readonly #dir = mkdtempSync(join(tmpdir(), 'fascia-stops-'));
  readonly #dataDir = join(this.#dir, 'data');
  #port = 0;

  constructor(private readonly command: readonly string[]) {
    chmodSync(this.#dir, 0o755); // as root, PostgreSQL runs as somebody else
  }

  async #start(): Promise<ChildProcess> {
    if (this.#port === 0) [this.#port = 0] = await freePorts(1);
    const [program = '', ...args] = this.command;
    return spawn(program, args, {
      cwd: ROOT,
      detached: true, // a group of its own, as under a supervisor
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        FASCIA_DATA_DIR: this.#dataDir,
        FASCIA_PORT: String(this.#port),
        FASCIA_LOG: 'silent',
        ...(process.env['XDG_CACHE_HOME'] === undefined
          ? {}
          : { XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] }),
      },
    });
  }

  /** @returns what is left of it, and whether the port is, a while after it was told to stop */
  async leftAfterStop(
    afterMs: number,
    whom: 'npm' | 'the group',
    deadlineMs = GONE_MS,
  ): Promise<readonly string[]> {
    const child = await this.#start();
    const ended = once(child, 'exit');
    await Promise.race([delay(afterMs), ended]);
    process.kill(whom === 'npm' ? (child.pid ?? 0) : -(child.pid ?? 0), 'SIGTERM');
    await ended;
    const left = async (): Promise<readonly string[]> => [
      ...processesFor(this.#dataDir),
      ...((await isFree(this.#port)) ? [] : ['the port is taken']),
    ];
    await until(async () => (await left()).length === 0, {
      deadlineMs,
      everyMs: 100,
      message: 'everything to end',
    }).catch(() => undefined);
    return left();
  }

  /** For a control: what it deliberately leaves behind is ended by its id. */
  end(): void {
    for (const line of processesFor(this.#dataDir)) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** Moments by chance, which are printed: a bad one can be tried again. */
const moments = (): readonly { readonly ms: number; readonly whom: 'npm' | 'the group' }[] =>
  Array.from({ length: MOMENTS }, (_, n) => ({
    ms: Math.round(((n + Math.random()) / MOMENTS) * LATEST_MS),
    whom: n % 2 === 0 ? 'npm' : 'the group',
  }));

const leavesNothing = async (...command: readonly string[]): Promise<void> => {
  const supervised = new Supervised(command);
  try {
    for (const { ms, whom } of moments()) {
      const left = await supervised.leftAfterStop(ms, whom);
      process.stdout.write(
        `stops: ${command.join(' ')}: ${whom} told after ${String(ms)} ms, left: ${String(left.length)}\n`,
      );
      expect(left).toEqual([]);
    }
  } finally {
    supervised.end();
  }
};

const SUITE_MS = 600_000;

describeOnLinux('npm start', () => {
  it('leaves nothing behind when a supervisor stops it', () => leavesNothing('npm', 'start'), SUITE_MS);

  it(
    'as it was before, with a shell between npm and the process, is found out',
    async () => {
      const main = join(ROOT, 'apps', 'cli', 'dist', 'main.js');
      const supervised = new Supervised(['sh', '-c', `true && "${process.execPath}" "${main}" start; true`]);
      try {
        expect(await supervised.leftAfterStop(4_000, 'npm', 5_000)).not.toEqual([]);
      } finally {
        supervised.end();
      }
    },
    SUITE_MS,
  );
});

describeWithKafka('npm run split', () => {
  it(
    'leaves nothing behind when a supervisor stops it',
    () => leavesNothing('npm', 'run', 'split'),
    SUITE_MS,
  );
});
