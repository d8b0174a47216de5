/**
 * A real PostgreSQL server that comes with `npm ci`, for one process on one machine.
 * It outlives a killed Node process; the next start adopts it, or is refused where it cannot (in another container). Access: a Unix socket in a folder of mode 0700
 * (a loopback port on Windows) and a SCRAM password kept in a 0600 file in the data folder.
 */
import { existsSync } from 'node:fs';
import { provideBinaries } from './binaries.js';
import { assertSameMajor, initCluster, passwordOf, removeUnfinished } from './cluster.js';
import { lockInstance } from './instance-lock.js';
import { isAlive } from './os-process.js';
import { placeIn } from './placement.js';
import type { Placement } from './placement.js';
import { addressOf, clientOf, endAtOnce, launch, shutDown, StillRecovering } from './server-process.js';
import type { Running, ServerFiles } from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Default `.fascia` in the working directory. */
  readonly dataDir?: string;
  /** Progress in sentences; default silent. */
  readonly log?: (message: string) => void;
  /** As root: the account to run PostgreSQL as; default `postgres`, else `nobody`. */
  readonly account?: string;
  /** Where this process listens, for who starts a second one. */
  readonly address?: string;
  /** Database made at the first start; default `fascia`. */
  readonly database?: string;
  /** How long a start, with recovery after a crash, may take; default 2 minutes. */
  readonly startMs?: number;
  /** Whether a server that dies is started again within a second; default true. */
  readonly supervise?: boolean;
}

const SUPERVISE_MS = 500;

const ignore = (): void => undefined;

export class EmbeddedPostgres {
  readonly #options: Required<Omit<EmbeddedPostgresOptions, 'account' | 'address'>> & {
    readonly account: string | undefined;
    readonly address: string | undefined;
  };
  /** Takes connections, or did until it died. */
  #running: Running | undefined;
  /** Was spawned or adopted, ready or not: what has to be ended. */
  #server: Running | undefined;
  #unlock: (() => void) | undefined;
  #supervisor: NodeJS.Timeout | undefined;
  #recovery: Promise<void> | undefined;
  /** Settles when the start is over, however it went. */
  #started: Promise<void> | undefined;
  /** Aborted, nothing more is spawned or adopted. */
  #ending = new AbortController();
  #stopping: Promise<void> | undefined;

  constructor(options: EmbeddedPostgresOptions = {}) {
    const defaults = {
      dataDir: '.fascia',
      log: () => undefined,
      database: 'fascia',
      startMs: 120_000,
      supervise: true,
    };
    this.#options = { ...defaults, account: undefined, address: undefined, ...options };
  }

  /** Process id of the postmaster. */
  get pid(): number {
    return this.#mustRun().pid;
  }

  /** For `pg`; holds the password, so never log it. */
  get connectionString(): string {
    return this.connectionStringFor(this.#options.database);
  }

  connectionStringFor(database: string): string {
    return addressOf(this.#mustRun(), database);
  }

  /** @throws AlreadyRunning, CannotRunPostgres; what {@link stop} ends it with */
  async start(): Promise<void> {
    const placement = placeIn(this.#options.dataDir, this.#options.account);
    this.#unlock = lockInstance(placement.dataDir, this.#options.address);
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    const starting = this.#begin(placement, signal);
    this.#started = starting.catch(ignore);
    try {
      await starting;
    } catch (error) {
      // What breaks because it is being ended is no news.
      const why: unknown = signal.aborted ? signal.reason : error;
      if (why instanceof StillRecovering) this.#server = undefined;
      await this.stop();
      throw why;
    }
  }

  /** Starts the server again when it has died (recovery replays what was acknowledged). */
  async ensureRunning(): Promise<void> {
    const running = this.#mustRun();
    if (isAlive(running.pid)) return this.#recovery;
    this.#recovery ??= this.#restart(running).finally(() => (this.#recovery = undefined));
    await this.#recovery;
  }

  /**
   * Ends sessions, writes a last checkpoint, and waits until the process is gone. A start that is still going on ends too:
   * it fails, and leaves nothing that runs. Who calls while it is being stopped waits for the same end.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#end().finally(() => (this.#stopping = undefined));
    return this.#stopping;
  }

  /** The same at once, for who has no time to wait: the next start recovers from the log. */
  abandon(): void {
    this.#endStart();
    if (this.#server !== undefined) endAtOnce(this.#server);
  }

  #endStart(): void {
    clearInterval(this.#supervisor);
    this.#ending.abort(new Error('the embedded PostgreSQL is being stopped'));
  }

  async #end(): Promise<void> {
    this.#endStart();
    this.#running = undefined;
    try {
      // Beside the start, which perhaps waits for this very server.
      if (this.#server !== undefined && isAlive(this.#server.pid)) {
        this.#options.log('Stopping PostgreSQL');
        await shutDown(this.#server);
      }
    } finally {
      await this.#started;
      await this.#recovery?.catch(ignore);
      this.#running = undefined;
      this.#server = undefined;
      this.#unlock?.();
      this.#unlock = undefined;
    }
  }

  async #begin(placement: Placement, signal: AbortSignal): Promise<void> {
    removeUnfinished(placement);
    const binaries = provideBinaries(placement, this.#options.log);
    const password = passwordOf(placement);
    if (!existsSync(placement.cluster)) {
      this.#options.log('Making a new PostgreSQL database (first start)');
      await initCluster({ placement, binaries, password }, signal);
    }
    assertSameMajor(placement, binaries);
    await this.#launch({ placement, binaries, password });
    await this.#createDatabase();
    signal.throwIfAborted();
    if (!this.#options.supervise) return;
    this.#supervisor = setInterval(
      () => void this.ensureRunning().catch((error: unknown) => this.#options.log(String(error))),
      SUPERVISE_MS,
    );
    this.#supervisor.unref();
  }

  #mustRun(): Running {
    if (this.#running === undefined) throw new Error('the embedded PostgreSQL is not running');
    return this.#running;
  }

  async #restart(running: Running): Promise<void> {
    this.#options.log('PostgreSQL has ended unexpectedly; starting it again');
    await this.#launch(running);
  }

  async #launch(files: ServerFiles): Promise<void> {
    const { log, startMs } = this.#options;
    const holds = (server: Running | undefined): void => {
      this.#server = server;
    };
    const { signal } = this.#ending;
    const running = await launch(files, { log, startMs, signal, holds });
    signal.throwIfAborted();
    this.#running = running;
  }

  async #createDatabase(): Promise<void> {
    const client = clientOf(this.#mustRun(), 'postgres');
    await client.connect();
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [
        this.#options.database,
      ]);
      if (rowCount === 0)
        await client.query(`create database ${client.escapeIdentifier(this.#options.database)}`);
    } finally {
      await client.end();
    }
  }
}
