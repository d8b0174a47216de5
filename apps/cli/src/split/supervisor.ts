/** Keeps processes running on one machine: starts them, starts again what dies, stops them in order. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Backoff } from '@fascia/retry';
import { sharedCompiled } from '../compile-cache.js';
import type { ProcessPlan } from './processes.js';

export interface SupervisorOptions {
  /** Codes and names only. */
  log(what: string, details: Readonly<Record<string, unknown>>): void;
}

interface Kept {
  readonly plan: ProcessPlan;
  child: ChildProcess | undefined;
  ready: boolean;
  readonly backoff: Backoff;
}

const STOP_MS = 20_000;
/** People's address first, so that nobody is sent to what is ending; the relay last. */
const STOP_ORDER = ['gateway', 'read-api', 'audit-api', 'write-api', 'coordinator', 'projector', 'relay'];

/** kafkajs sets timers in the past, which Node mends and tells about. */
const QUIET = ['--disable-warning=TimeoutNegativeWarning'];

const mainOf = (app: string): string =>
  fileURLToPath(new URL(`../../../${app}/dist/main.js`, import.meta.url));

export class Supervisor {
  readonly #kept: readonly Kept[];
  readonly #options: SupervisorOptions;
  #stopping = false;

  constructor(plans: readonly ProcessPlan[], options: SupervisorOptions) {
    this.#kept = plans.map((plan) => ({ plan, child: undefined, ready: false, backoff: new Backoff() }));
    this.#options = options;
  }

  get pids(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.#kept.flatMap(({ plan, child }) => (child?.pid === undefined ? [] : [[plan.name, child.pid]])),
    );
  }

  /** Resolves when every process has been ready once. */
  async start(): Promise<void> {
    await Promise.all(
      this.#kept.map(
        (kept) =>
          new Promise<void>((resolve) => {
            this.#spawn(kept, resolve);
          }),
      ),
    );
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const app of STOP_ORDER)
      await Promise.all(this.#kept.filter(({ plan }) => plan.app === app).map(({ child }) => ended(child)));
  }

  #spawn(kept: Kept, ready: () => void): void {
    const { plan } = kept;
    const child = spawn(process.execPath, ['--enable-source-maps', ...QUIET, mainOf(plan.app)], {
      env: {
        PATH: process.env['PATH'],
        NODE_OPTIONS: process.env['NODE_OPTIONS'],
        ...sharedCompiled(),
        ...plan.env,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Not of the terminal's group, or Ctrl-C would end all at once instead of in order. The channel ties it to this process.
      detached: true,
    });
    kept.child = child;
    kept.ready = false;
    child.on('message', () => {
      kept.ready = true;
      kept.backoff.reset();
      ready();
    });
    child.once('exit', (code, signal) => {
      this.#again(kept, ready, { code, signal });
    });
    // Unheard, it would end this process and all of its children: the machine has no process or file to give just now.
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) this.#again(kept, ready, { error: error.code });
    });
  }

  #again(kept: Kept, ready: () => void, why: Readonly<Record<string, unknown>>): void {
    if (this.#stopping) return;
    const waitMs = kept.backoff.next();
    this.#options.log('a process ended and is started again', { process: kept.plan.name, ...why, waitMs });
    setTimeout(() => {
      if (!this.#stopping) this.#spawn(kept, ready);
    }, waitMs);
  }
}

const ended = async (child: ChildProcess | undefined): Promise<void> => {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(late);
};
