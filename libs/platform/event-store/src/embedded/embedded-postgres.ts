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
import { addressOf, clientOf, launch, shutDown } from './server-process.js';
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

export class EmbeddedPostgres {
  readonly #options: Required<Omit<EmbeddedPostgresOptions, 'account' | 'address'>> & {
    readonly account: string | undefined;
    readonly address: string | undefined;
  };
  #running: Running | undefined;
  #unlock: (() => void) | undefined;
  #supervisor: NodeJS.Timeout | undefined;
  #recovery: Promise<void> | undefined;

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

  /** @throws AlreadyRunning, CannotRunPostgres */
  async start(): Promise<void> {
    const placement = placeIn(this.#options.dataDir, this.#options.account);
    this.#unlock = lockInstance(placement.dataDir, this.#options.address);
    try {
      removeUnfinished(placement);
      const binaries = provideBinaries(placement, this.#options.log);
      const password = passwordOf(placement);
      if (!existsSync(placement.cluster)) {
        this.#options.log('Making a new PostgreSQL database (first start)');
        await initCluster(placement, binaries, password);
      }
      assertSameMajor(placement, binaries);
      await this.#launch({ placement, binaries, password });
      await this.#createDatabase();
    } catch (error) {
      await this.stop();
      throw error;
    }
    if (this.#options.supervise) {
      this.#supervisor = setInterval(
        () => void this.ensureRunning().catch((error: unknown) => this.#options.log(String(error))),
        SUPERVISE_MS,
      );
      this.#supervisor.unref();
    }
  }

  /** Starts the server again when it has died (recovery replays what was acknowledged). */
  async ensureRunning(): Promise<void> {
    const running = this.#mustRun();
    if (isAlive(running.pid)) return this.#recovery;
    this.#recovery ??= this.#restart(running).finally(() => (this.#recovery = undefined));
    await this.#recovery;
  }

  /** Ends sessions, writes a last checkpoint, and waits until the process is gone. */
  async stop(): Promise<void> {
    clearInterval(this.#supervisor);
    await this.#recovery?.catch(() => undefined);
    const running = this.#running;
    this.#running = undefined;
    try {
      if (running !== undefined && isAlive(running.pid)) {
        this.#options.log('Stopping PostgreSQL');
        await shutDown(running);
      }
    } finally {
      this.#unlock?.();
      this.#unlock = undefined;
    }
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
    this.#running = await launch(files, { log: this.#options.log, startMs: this.#options.startMs });
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
