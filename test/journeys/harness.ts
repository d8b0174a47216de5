/** The real product in a process of its own (or several), started, killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dayOf } from '@fascia/clinical/calendar';
import { freePorts, until } from '@fascia/testkit';
import { Person, type Service } from './person.js';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'apps', 'cli', 'dist', 'main.js');
const READY_MS = 240_000;
const TOKEN_MS = 60_000;
const LATER = pathToFileURL(join(import.meta.dirname, 'later.mjs'));

/** The day that it is in the demo network: in the evening there it is tomorrow in UTC already. */
export const today = (): string => dayOf(new Date().toISOString(), 'America/New_York');

/** Of one of the demo's people. As a careful client: "not now" is asked again. */
export const tokenOf = async (url: string, person: string): Promise<string> => {
  let last = '';
  const token = await until(
    async () => {
      const response = await fetch(`${url}/oidc/token`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${person}:demo`).toString('base64')}`,
        },
        body: 'grant_type=client_credentials',
      });
      last = await response.text();
      return response.status === 503
        ? undefined
        : ((JSON.parse(last) as { access_token?: string }).access_token ?? Promise.reject(new Error(last)));
    },
    { deadlineMs: TOKEN_MS, everyMs: 50, message: () => `no token for ${person}: ${last}` },
  );
  return token ?? '';
};

export interface FasciaOptions {
  /** `start`: one process; `split`: several, on Kafka. */
  readonly command?: 'start' | 'split';
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ends what was started beside it. */
  readonly end?: () => Promise<void>;
}

export class Fascia implements Service {
  readonly dir = mkdtempSync(join(tmpdir(), 'fascia-journey-'));
  readonly logFile = join(this.dir, 'log.ndjson');
  readonly #tokens = new Map<string, string>();
  #process: ChildProcess | undefined;
  #port = 0;
  #daysLater = 0;
  /** Everything the process ever printed. */
  output = '';

  constructor(readonly options: FasciaOptions = {}) {
    chmodSync(this.dir, 0o755); // as root, PostgreSQL runs as somebody else
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  async start(): Promise<void> {
    if (this.#port === 0) [this.#port = 0] = await freePorts(1);
    const child = spawn(
      process.execPath,
      [MAIN, this.options.command ?? 'start', ...(this.options.args ?? [])],
      {
        env: {
          PATH: process.env['PATH'],
          FASCIA_DATA_DIR: join(this.dir, 'data'),
          FASCIA_PORT: String(this.#port),
          FASCIA_LOG_FILE: this.logFile,
          FASCIA_LOG: 'debug',
          ...(this.#daysLater === 0
            ? {}
            : { NODE_OPTIONS: `--import=${LATER.href}?days=${String(this.#daysLater)}` }),
          ...this.options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#process = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString('utf8');
      });
    await until(
      async () => {
        if (child.exitCode !== null)
          throw new Error(`the process ended with ${String(child.exitCode)}:\n${this.output}`);
        return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status === 200;
      },
      { deadlineMs: READY_MS, message: () => `Fascia is not ready:\n${this.output}` },
    );
  }

  /** As a power cut would: nothing is flushed, nobody says goodbye. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Dies, and is there again. */
  async crash(): Promise<void> {
    await this.kill9();
    await this.start();
  }

  /** Dies, and is started again days later, by its clock. */
  async crashesUntil(daysLater: number): Promise<void> {
    await this.kill9();
    this.#daysLater = daysLater;
    this.#tokens.clear();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** The embedded PostgreSQL dies as in a power cut; the process is to start it again by itself. */
  killPostgres9(): void {
    const [file] = globSync(join(this.dir, 'data', '**', 'postmaster.pid'));
    if (file === undefined) throw new Error('no embedded PostgreSQL runs here');
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops for good and removes what was kept. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
    await this.options.end?.();
  }

  readLog(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  async token(person: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known !== undefined) return known;
    const token = await tokenOf(this.url, person);
    this.#tokens.set(person, token);
    return token;
  }

  as(person: string): Person {
    return new Person(this, person);
  }
}
