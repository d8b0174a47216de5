/**
 * One of several processes does a thing: whoever holds an advisory lock of PostgreSQL. The lock's session says that it
 * is alive; one that is paused or cut off is ended by the server, so that another takes over, and a leader that does not
 * hear the server stops within the same time. It may wake later and go on for a moment: what a leader does must be right with two.
 */
import { errorName, pause } from '@fascia/retry';
import type { Pool, PoolClient } from 'pg';

export interface LeaderParts {
  readonly pool: Pool;
  /** Names the thing. */
  readonly name: string;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

const ALIVE_EVERY_MS = 1_000;
const DEAD_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 500;
/** Unanswered for so long, the server has ended the session, or soon will. */
const STILL_HEARD = { text: 'select 1', query_timeout: DEAD_AFTER_MS };

const tryLock = async (client: PoolClient, name: string): Promise<boolean> => {
  await client.query(`set idle_session_timeout = ${String(DEAD_AFTER_MS)}`);
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock(hashtext($1)) as held',
    [`fascia.${name}`],
  );
  return rows[0]?.held === true;
};

/** Runs `work` while this process is the leader, again and again, until the signal aborts. */
export const whileLeader = async (
  { pool, name, log }: LeaderParts,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  while (!stop.aborted) {
    const client = await pool.connect().catch(() => undefined);
    if (client === undefined) {
      await pause(LOOK_EVERY_MS, stop);
      continue;
    }
    const lost = new AbortController();
    client.on('error', () => {
      lost.abort();
    });
    try {
      if (await tryLock(client, name)) await lead(client, AbortSignal.any([stop, lost.signal]), lost, work);
    } catch (error) {
      log('leader stopped and looks again', {
        lock: name,
        error: errorName(error),
      });
    } finally {
      // The session's settings and its lock end with it.
      client.release(true);
    }
    await pause(LOOK_EVERY_MS, stop);
  }
};

const lead = async (
  client: PoolClient,
  signal: AbortSignal,
  lost: AbortController,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  let asking = false;
  const alive = setInterval(() => {
    if (asking) return;
    asking = true;
    client.query(STILL_HEARD).then(
      () => {
        asking = false;
      },
      () => {
        lost.abort();
      },
    );
  }, ALIVE_EVERY_MS);
  try {
    await work(signal);
  } finally {
    clearInterval(alive);
  }
};
