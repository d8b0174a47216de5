/** The real process, started, killed and started again; and people who talk to it over HTTP. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'apps', 'cli', 'dist', 'main.js');
const READY_MS = 60_000;
const PATIENCE_MS = 15_000;
const RETRY_MS = 100;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Journeys look into answers as a client would; shapes are checked against OpenAPI elsewhere.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });

export interface FasciaOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export class Fascia {
  readonly dir = mkdtempSync(join(tmpdir(), 'fascia-journey-'));
  readonly logFile = join(this.dir, 'log.ndjson');
  readonly #tokens = new Map<string, string>();
  #process: ChildProcess | undefined;
  #port = 0;
  /** Everything the process ever printed. */
  output = '';

  constructor(private readonly options: FasciaOptions = {}) {
    chmodSync(this.dir, 0o755); // as root, PostgreSQL runs as somebody else
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const child = spawn(process.execPath, [MAIN, 'start', ...(this.options.args ?? [])], {
      env: {
        PATH: process.env['PATH'], FASCIA_DATA_DIR: join(this.dir, 'data'), FASCIA_PORT: String(this.#port), FASCIA_LOG_FILE: this.logFile,
        FASCIA_LOG: 'debug', ...this.options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { this.output += chunk.toString('utf8'); });
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`the process ended with ${String(child.exitCode)}:\n${this.output}`);
        return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status === 200;
      },
      { deadlineMs: READY_MS, message: () => `Fascia is not ready:\n${this.output}` },
    );
  }

  /** As a power cut would: nothing is flushed, nobody says goodbye. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
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
  }

  readLog(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  async token(person: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known !== undefined) return known;
    const response = await fetch(`${this.url}/oidc/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`${person}:demo`).toString('base64')}` },
      body: 'grant_type=client_credentials',
    });
    const { access_token } = (await response.json()) as { access_token: string };
    this.#tokens.set(person, access_token);
    return access_token;
  }

  as(person: string): Person {
    return new Person(this, person);
  }
}

/** Somebody signed in. Their reads see their own writes. */
export class Person {
  #seen: string | undefined;

  constructor(
    private readonly fascia: Fascia,
    readonly name: string,
  ) {}

  /** As a careful client: what is answered with 503 is sent again, with the same key. */
  async insists(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      const answer = await this.send(method, path, body, headers);
      if (answer.status !== 503 || Date.now() > deadline) return answer;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** Once, but for an overloaded machine's "not now", which says nothing about the request. */
  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    for (const deadline = Date.now() + PATIENCE_MS; ; ) {
      const answer = await this.#sendOnce(method, path, body, headers);
      if (answer.status !== 503 || answer.body?.code !== 'OVERLOADED' || Date.now() > deadline) return answer;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async #sendOnce(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const response = await fetch(`${this.fascia.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.fascia.token(this.name)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' && this.#seen !== undefined ? { 'fascia-at-least': this.#seen } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) }),
    });
    this.#seen = response.headers.get('fascia-position') ?? this.#seen;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.insists('GET', path, undefined, headers);
  }

  /** A command that must be taken. @returns its answer */
  async does(path: string, body?: unknown, key: string = randomUUID()): Promise<Answer['body']> {
    const answer = await this.insists('POST', path, body ?? {}, { 'idempotency-key': key });
    if (answer.status !== 200 && answer.status !== 201) throw new Error(`${this.name} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** What is asked of this person and their organisation about a referral. */
  async tasks(referralId: string): Promise<readonly string[]> {
    const { body } = await this.get(`/api/v1/tasks?view=inbox&referralId=${referralId}`);
    return (body.items as { type: string }[]).map((task) => task.type).toSorted();
  }

  /** Waits for a care task that a process manager creates. */
  async isAskedFor(type: string, referralId: string): Promise<void> {
    let last: readonly string[] = [];
    await until(async () => (last = await this.tasks(referralId)).includes(type), {
      deadlineMs: 15_000, message: () => `${this.name} is not asked for ${type}, only for ${last.join(', ') || 'nothing'}`,
    });
  }

  async isNoLongerAskedFor(type: string, referralId: string): Promise<void> {
    await until(async () => !(await this.tasks(referralId)).includes(type), { deadlineMs: 15_000, message: () => `${this.name} is still asked for ${type}` });
  }
}

