/**
 * An EventStoreDB for tests: the one that `EVENTSTOREDB_URL` names, else one in a container where an engine answers, else
 * a server of our own in a child process.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { containerEventStoreDb } from './container-event-store-db.js';
import type { Release } from './failures.js';
import type { ControlRequest, Work } from './faults.js';
import { testCertificate } from './test-certificate.js';

/** Set by whoever brings a server of their own; then it can be neither killed nor made to fail. */
export const EVENTSTOREDB_URL = 'EVENTSTOREDB_URL';

export interface EventStoreDbFaults {
  /** The next append meets a node that leads no more; it names itself as the leader. */
  changeLeader(): Promise<void>;
  /** The next appends are stored, and their calls end without an answer. */
  loseAnswers(count: number, as?: 'unavailable' | 'cancelled'): Promise<void>;
  /** Subscriptions that are open now deliver nothing more, and do not end. */
  silenceSubscriptions(): Promise<void>;
  /** Subscriptions that are open now end as those of a slow consumer. */
  dropSubscriptions(): Promise<void>;
  setClockBack(ms: number): Promise<void>;
  /** The next appends are refused as a conflict although the stream stands where it is expected, as a deposed leader does. */
  wakeDeposed(count: number): Promise<void>;
}

export interface TestEventStoreDb {
  readonly kind: 'test server';
  readonly connectionString: string;
  readonly faults: EventStoreDbFaults;
  /** Others write so many events: of their own, links to events, and checkpoints of the system's projections. */
  others(count: number): Promise<void>;
  /** What the server was asked for and did since it was started. */
  work(): Promise<Work>;
  /** As by `kill -9`; resolves when the process is gone. */
  kill9(): Promise<void>;
  /** Says nothing more and keeps its connections, until {@link TestEventStoreDb.thaw}. */
  freeze(): void;
  thaw(): void;
  /** Again on the same port and data. */
  start(): Promise<void>;
  /** Copies the data folder, while nobody writes. @returns what stops the server, puts the copy back and starts it */
  backUp(): () => Promise<void>;
  stop(): Promise<void>;
}

/** Somebody's server: no kill and no faults. */
export interface RealEventStoreDb {
  readonly kind: 'real server';
  readonly connectionString: string;
  stop(): Promise<void>;
}

export interface TestEventStoreDbOptions {
  /** Encrypted, and with credentials looked at; clients send none over an open connection. */
  readonly tls?: { readonly user: string; readonly password: string };
  /** The server's MaxAppendSize; default 16 MB, which leaves room for 1 MiB and what the adapter adds to each event. */
  readonly maxAppendBytes?: number;
  /** Whose answers are given where versions differ; default 23.10. */
  readonly release?: Release;
}

const MAX_APPEND_BYTES = 16_000_000;

/** Also from the sources, where this file's own folder holds no JavaScript. */
const mainFile = (): string => {
  const beside = join(import.meta.dirname, 'main.js');
  return existsSync(beside)
    ? beside
    : join(import.meta.dirname, '..', '..', 'dist', 'eventstoredb', 'main.js');
};

class ChildServer implements TestEventStoreDb {
  readonly kind = 'test server';
  readonly #dir = mkdtempSync(join(tmpdir(), 'fascia-esdb-'));
  readonly #options: TestEventStoreDbOptions;
  #child: ChildProcess | undefined;
  #port = 0;
  #control = 0;

  constructor(options: TestEventStoreDbOptions) {
    this.#options = options;
    if (options.tls === undefined) return;
    const { certificate, key } = testCertificate();
    writeFileSync(this.#certificateFile, certificate);
    writeFileSync(this.#keyFile, key);
  }

  get connectionString(): string {
    const { tls } = this.#options;
    if (tls === undefined) return `esdb://127.0.0.1:${this.#port}?tls=false`;
    const credentials = [tls.user, tls.password].map(encodeURIComponent).join(':');
    // By name: a certificate is not asked for by address.
    return `esdb://${credentials}@localhost:${this.#port}?tls=true&tlsCAFile=${this.#certificateFile}`;
  }

  readonly faults: EventStoreDbFaults = {
    changeLeader: () => this.#ask({ fault: 'changeLeader' }),
    loseAnswers: (count, as = 'unavailable') => this.#ask({ fault: 'loseAnswers', count, as }),
    silenceSubscriptions: () => this.#ask({ fault: 'silenceSubscriptions' }),
    dropSubscriptions: () => this.#ask({ fault: 'dropSubscriptions' }),
    setClockBack: (ms) => this.#ask({ fault: 'setClockBack', ms }),
    wakeDeposed: (count) => this.#ask({ fault: 'wakeDeposed', count }),
  };

  others(count: number): Promise<void> {
    return this.#ask({ others: count });
  }

  async work(): Promise<Work> {
    const answer = await fetch(this.#controlUrl, { method: 'POST' });
    return (await answer.json()) as Work;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [mainFile(), ...this.#arguments()], {
      env: {},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child = child;
    const died = once(child, 'exit').then(() => {
      throw new Error('the EventStoreDB test server ended before it was ready; was `tsc -b` run?');
    });
    died.catch(() => undefined); // later its end is no news
    const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), died])) as [string];
    ({ port: this.#port, control: this.#control } = JSON.parse(line) as {
      readonly port: number;
      readonly control: number;
    });
  }

  async kill9(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  backUp(): () => Promise<void> {
    const copy = join(this.#dir, `copy-${String(performance.now())}`);
    cpSync(this.#dataDir, copy, { recursive: true });
    return async () => {
      await this.kill9();
      rmSync(this.#dataDir, { recursive: true });
      cpSync(copy, this.#dataDir, { recursive: true });
      await this.start();
    };
  }

  async stop(): Promise<void> {
    await this.kill9();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  get #dataDir(): string {
    return join(this.#dir, 'data');
  }

  get #certificateFile(): string {
    return join(this.#dir, 'certificate.pem');
  }

  get #keyFile(): string {
    return join(this.#dir, 'key.pem');
  }

  #arguments(): readonly string[] {
    const { tls, maxAppendBytes = MAX_APPEND_BYTES, release = '23.10' } = this.#options;
    const secure =
      tls === undefined
        ? []
        : [
            '--certificate',
            this.#certificateFile,
            '--key',
            this.#keyFile,
            '--user',
            tls.user,
            '--password',
            tls.password,
          ];
    return [
      '--dir',
      this.#dataDir,
      '--port',
      String(this.#port),
      '--max-append-size',
      String(maxAppendBytes),
      '--release',
      release,
      ...secure,
    ];
  }

  get #controlUrl(): string {
    return `http://127.0.0.1:${this.#control}`;
  }

  async #ask(request: ControlRequest): Promise<void> {
    await fetch(this.#controlUrl, { method: 'POST', body: JSON.stringify(request) });
  }
}

/** A server of our own, whatever `EVENTSTOREDB_URL` says: for specs that kill it or make it fail. */
export const startTestEventStoreDb = async (
  options: TestEventStoreDbOptions = {},
): Promise<TestEventStoreDb> => {
  const server = new ChildServer(options);
  await server.start();
  return server;
};

/** An empty one: for journeys, which begin with the first event of a log. */
export const startEmptyEventStoreDb = async (): Promise<TestEventStoreDb | RealEventStoreDb> => {
  const contained = await containerEventStoreDb();
  return contained === undefined ? startTestEventStoreDb() : { kind: 'real server', ...contained };
};

export const startEventStoreDb = async (): Promise<TestEventStoreDb | RealEventStoreDb> => {
  const connectionString = process.env[EVENTSTOREDB_URL];
  if (connectionString === undefined || connectionString === '') return startEmptyEventStoreDb();
  return { kind: 'real server', connectionString, stop: () => Promise.resolve() };
};
