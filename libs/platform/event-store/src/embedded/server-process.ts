/** Starting, adopting and stopping the postmaster. */
import { spawn } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import type { Client } from 'pg';
import { openClient } from '../postgres/connections.js';
import type { Binaries } from './binaries.js';
import { readPostmaster, SERVER_SETTINGS, SUPERUSER } from './cluster.js';
import type { Postmaster } from './cluster.js';
import { answersAt, identityOf, isElsewhere, isHeldOpen, isStillHere, openLifeline } from './lifeline.js';
import type { Identity } from './lifeline.js';
import { isAlive, tell, worksIn } from './os-process.js';
import { CannotRunPostgres, socketFolder, socketPathOf } from './placement.js';
import type { Placement } from './placement.js';

export interface ServerFiles {
  readonly placement: Placement;
  readonly binaries: Binaries;
  readonly password: string;
}

export interface Running extends ServerFiles, Postmaster {}

export interface LaunchOptions {
  readonly log: (message: string) => void;
  readonly startMs: number;
  /** Aborted, nothing is spawned or adopted any more. */
  readonly signal: AbortSignal;
  /** Told of what is spawned or adopted, before it is ready; of nothing when it is to be left alone. */
  readonly holds: (server: Running | undefined) => void;
}

const POLL_MS = 20;
const AGAIN_MS = 200;
const STOP_MS = 30_000;
/** A server in another container is perhaps just being stopped with it. */
const ELSEWHERE_MS = 5_000;
const LOG_BYTES = 10 * 1024 * 1024;
const WINDOWS = process.platform === 'win32';

/** Said by a server whose killed predecessor still has children winding up; they end by themselves. */
const PREDECESSOR_ENDING = /pre-existing shared memory block|lock file "postmaster\.pid"/;

/** For `pg`; holds the password, so never log it. */
export const addressOf = ({ host, port, password }: Running, database: string): string => {
  const at = host.startsWith('/')
    ? `/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `${host}:${port}/${database}`;
  return `postgresql://${SUPERUSER}:${password}@${at}`;
};

export const clientOf = (running: Running, database: string): Client =>
  openClient({ url: addressOf(running, database), purpose: 'start' });

const freeLoopbackPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
  });

const recordOf = ({ dataDir }: Placement): string => join(dataDir, 'postmaster.json');

const recorded = (placement: Placement): Identity | undefined => {
  try {
    return JSON.parse(readFileSync(recordOf(placement), 'utf8')) as Identity;
  } catch {
    return undefined;
  }
};

/** Whose these data are: a server's that can be adopted, one's that cannot be reached, or nobody's. */
type Found = Postmaster | 'elsewhere' | 'ending' | undefined;

/**
 * A process id in a file says nothing by itself: it may be used again, or be that of another container. What tells is the
 * kernel: whether the pipe is held, and whether somebody listens on the socket. Only then is anything removed.
 */
const living = async (placement: Placement): Promise<Found> => {
  const { cluster } = placement;
  const named = readPostmaster(cluster);
  const known = recorded(placement);
  const isElse = known !== undefined && isElsewhere(known);
  const isHeld = isHeldOpen(placement);
  if (named !== undefined && !isElse) {
    // Unheld, the record came with a copy of the folder, and is of the server of the other.
    const isOurs = (isHeld || WINDOWS) && known?.pid === named.pid && isStillHere(known);
    if (isOurs || (isAlive(named.pid) && worksIn(named.pid, cluster) === true)) return named;
  }
  if (isHeld || (!WINDOWS && (await answersAt(socketPathOf(placement)))))
    return isElse ? 'elsewhere' : 'ending';
  // The id is nobody's, a zombie's or now another program's; PostgreSQL would refuse to start beside it.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
};

/** @throws CannotRunPostgres when it does not become free, or possible to adopt, in time */
const adoptable = async (
  placement: Placement,
  deadline: number,
  signal: AbortSignal,
): Promise<Postmaster | undefined> => {
  const elsewhere = performance.now() + ELSEWHERE_MS;
  for (;;) {
    const found = await living(placement);
    if (found !== 'elsewhere' && found !== 'ending') return found;
    if (performance.now() > (found === 'elsewhere' ? Math.min(deadline, elsewhere) : deadline))
      throw new CannotRunPostgres(
        `A PostgreSQL is running with the data in ${placement.cluster}, and it cannot be taken over from here: it was started in another container, or is ending. Stop it first, or choose another data folder.`,
      );
    await delay(AGAIN_MS, undefined, { signal });
  }
};

const logPathOf = (placement: Placement): string => join(placement.dataDir, 'postgres.log');

/** One earlier log is kept. */
const openLog = (placement: Placement): number => {
  const path = logPathOf(placement);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
};

interface Spawned {
  readonly server: Running;
  /** What the server has written to its log since. */
  readonly said: () => string;
}

const spawnServer = async (
  { placement, binaries, password }: ServerFiles,
  { signal, holds }: Pick<LaunchOptions, 'signal' | 'holds'>,
): Promise<Spawned> => {
  const host = WINDOWS ? '127.0.0.1' : socketFolder(placement);
  const port = WINDOWS ? await freeLoopbackPort() : 5432;
  const addresses = {
    port: String(port),
    listen_addresses: WINDOWS ? host : '',
    unix_socket_directories: WINDOWS ? '' : host,
  };
  const settings = Object.entries({ ...SERVER_SETTINGS, ...addresses }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  signal.throwIfAborted();
  const log = openLog(placement);
  const written = fstatSync(log).size;
  const lifeline = openLifeline(placement);
  rmSync(recordOf(placement), { force: true });
  // Detached: Ctrl-C in the terminal is for Node, which then stops the server in order.
  const child = spawn(binaries.postgres, ['-D', placement.cluster, ...settings], {
    ...placement.account,
    cwd: placement.cluster,
    detached: true,
    stdio: ['ignore', log, log, lifeline ?? 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  closeSync(log);
  // From here on only the server holds it.
  if (lifeline !== undefined) closeSync(lifeline);
  child.unref();
  const server = { placement, binaries, password, pid: child.pid ?? 0, port, host };
  if (child.pid !== undefined) {
    holds(server);
    writeFileSync(recordOf(placement), JSON.stringify(identityOf(child.pid)));
  }
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(
        new CannotRunPostgres(
          `PostgreSQL could not be started (${cause.message}). As root, start Fascia as another user; or set DATABASE_URL.`,
          { cause },
        ),
      ),
    );
  });
  return { server, said: () => readFileSync(logPathOf(placement)).subarray(written).toString().trim() };
};

/** Recovery takes longer than a start may: it goes on, and the next start adopts the server. */
export class StillRecovering extends CannotRunPostgres {}

/** Recovery is going on, or the server ends; any other answer will not change by waiting. */
const NOT_NOW = '57P03';

/** @returns false when the server ended instead. */
const becomesReady = async (running: Running, deadline: number, signal: AbortSignal): Promise<boolean> => {
  while (isAlive(running.pid)) {
    signal.throwIfAborted();
    const client = clientOf(running, 'postgres');
    try {
      await client.connect();
      return true;
    } catch (error) {
      const isLate = performance.now() > deadline;
      if (!(error instanceof DatabaseError) && !isLate) continue;
      if (error instanceof DatabaseError && error.code === NOT_NOW) {
        if (!isLate) continue;
        throw new StillRecovering(
          `PostgreSQL (process ${running.pid}) still recovers from a crash, and goes on: start again in a while.`,
          { cause: error },
        );
      }
      throw new CannotRunPostgres(
        `PostgreSQL (process ${running.pid}) does not take connections: ${String(error)}`,
        { cause: error },
      );
    } finally {
      await client.end().catch(() => undefined);
      await delay(POLL_MS);
    }
  }
  return false;
};

/**
 * Adopts the server that runs on this data, else starts one, and waits until it takes connections.
 * @throws CannotRunPostgres with what the server said
 */
export const launch = async (files: ServerFiles, options: LaunchOptions): Promise<Running> => {
  const { log, startMs, signal, holds } = options;
  const deadline = performance.now() + startMs;
  for (;;) {
    const adopted = await adoptable(files.placement, deadline, signal);
    signal.throwIfAborted();
    log(
      adopted === undefined
        ? 'Starting PostgreSQL'
        : `Adopting the PostgreSQL that is running (process ${adopted.pid})`,
    );
    let server: Running;
    let said: (() => string) | undefined;
    if (adopted === undefined) ({ server, said } = await spawnServer(files, options));
    else holds((server = { ...files, ...adopted }));
    if (await becomesReady(server, deadline, signal)) {
      log('PostgreSQL is ready');
      return server;
    }
    const why = said?.();
    const mayPass = why === undefined || PREDECESSOR_ENDING.test(why);
    if (!mayPass || performance.now() > deadline)
      throw new CannotRunPostgres(`PostgreSQL did not start. It said:\n${why ?? 'nothing'}`);
    await delay(AGAIN_MS, undefined, { signal });
  }
};

/** Immediate shutdown, not waited for; the next start recovers from the log. */
export const endAtOnce = ({ pid }: Running): void => tell(pid, 'SIGQUIT');

/** Fast shutdown: ends sessions, writes a last checkpoint; resolves when the process is gone. */
export const shutDown = async ({ pid, host, placement, binaries }: Running): Promise<void> => {
  if (WINDOWS) {
    await new Promise((resolve) =>
      spawn(binaries.pgCtl, ['stop', '-D', placement.cluster, '-m', 'fast']).once('exit', resolve),
    );
  } else {
    tell(pid, 'SIGINT');
  }
  const deadline = performance.now() + STOP_MS;
  let patient = true;
  while (isAlive(pid)) {
    if (patient && performance.now() > deadline) {
      patient = false;
      tell(pid, 'SIGQUIT'); // immediate shutdown is still safe: the next start recovers from the log
    }
    await delay(POLL_MS);
  }
  if (!WINDOWS && !host.startsWith(placement.home)) rmSync(host, { recursive: true, force: true });
};
