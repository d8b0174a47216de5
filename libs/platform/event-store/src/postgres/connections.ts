/**
 * Every connection of the product to PostgreSQL is made here: none waits for ever, and none that breaks ends the process.
 * The server is told to give up first, because then its answer says what became of the statement; a server that cannot be
 * heard any more is given up on this side a little later, and its connection is thrown away.
 */
import { Client, Pool } from 'pg';
import type { ClientConfig } from 'pg';

/** How long is waited for what, in milliseconds. */
export interface Patience {
  /** For a connection: a new one, or one of the pool that others hold. */
  readonly connectMs: number;
  /** For the answer to a statement. A lock is waited for half as long, so that the answer says that it was a lock. */
  readonly answerMs: number;
  /** In a transaction, for its next statement: somebody who is gone or asleep holds up nobody's rows for longer. */
  readonly idleMs: number;
  /** For statements that take long by nature: migrations, indexes, comparing a whole table. */
  readonly longMs: number;
}

export const PATIENCE: Patience = {
  connectMs: 5_000,
  answerMs: 10_000,
  idleMs: 60_000,
  longMs: 3_600_000,
};

export interface ConnectionOptions {
  readonly url: string;
  /** As the server's `pg_stat_activity` shows it, unless the address names one. */
  readonly purpose: string;
  /** Default {@link PATIENCE}. */
  readonly patience?: Patience | undefined;
  /** Whether its statements take long by nature; default false. */
  readonly takesLong?: boolean;
}

export interface PoolOptions extends ConnectionOptions {
  readonly connections: number;
  /** An idle connection broke, and is replaced; default: nobody is told. */
  readonly broke?: (error: Error) => void;
}

/** Of the patience with the server, until this side gives it up. */
const GRACE = 1.2;
const LOCK = 0.5;
/** Longer than a connection is idle in a pool: what lies there has spoken a moment ago. */
const IDLE_IN_POOL_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
/** The server's side of the same: a session whose client vanished keeps no locks and no place for two hours (seconds; tcp(7)). */
const SERVER_KEEP_ALIVE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

const configOf = ({
  url,
  purpose,
  patience = PATIENCE,
  takesLong = false,
}: ConnectionOptions): ClientConfig => {
  const answerMs = takesLong ? patience.longMs : patience.answerMs;
  return {
    connectionString: url,
    application_name: `fascia ${purpose}`,
    connectionTimeoutMillis: patience.connectMs,
    statement_timeout: answerMs,
    query_timeout: Math.ceil(answerMs * GRACE),
    idle_in_transaction_session_timeout: takesLong ? patience.longMs : patience.idleMs,
    // Who takes long also waits for those who do the same: one process migrates, the others wait for it.
    ...(takesLong ? {} : { lock_timeout: Math.ceil(answerMs * LOCK) }),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    options: SERVER_KEEP_ALIVE,
  };
};

/** The call that waits for it says it too; unheard, the event would end the process. */
const heard = (): void => undefined;

/** The caller ends it. */
export const openPool = ({ connections, broke = heard, ...options }: PoolOptions): Pool => {
  const pool = new Pool({
    ...configOf(options),
    max: connections,
    idleTimeoutMillis: IDLE_IN_POOL_MS,
    // Silence would be noticed late there: what takes long begins on a connection that has just been made.
    ...(options.takesLong === true ? { maxUses: 1 } : {}),
  });
  pool.on('error', broke);
  // The pool hears those that lie idle; those that are held would be heard by nobody.
  pool.on('connect', (client) => client.on('error', heard));
  return pool;
};

/** One connection, not connected yet. */
export const openClient = (options: ConnectionOptions): Client => {
  const client = new Client(configOf(options));
  client.on('error', heard);
  return client;
};
