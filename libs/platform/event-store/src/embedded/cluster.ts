/** Making the data of a new server, and reading what a running one says about itself. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { tell } from './os-process.js';
import { CannotRunPostgres, giveTo } from './placement.js';
import type { Placement } from './placement.js';

export const SUPERUSER = 'fascia';

const UNFINISHED = 'postgres-unfinished-';

/** What the server is started with; on the command line, so that it always fits this version of the code. */
export const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_connections: '100',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // Short queries only: compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  unix_socket_permissions: '0700',
};

/** Kept beside the data, readable by the owner of this process only. */
export const passwordOf = (placement: Placement): string => {
  const path = join(placement.dataDir, 'postgres.password');
  if (!existsSync(path)) {
    if (existsSync(placement.cluster))
      throw new CannotRunPostgres(
        `${path} is missing, and without it the data in ${placement.cluster} cannot be opened.`,
      );
    writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
  }
  return readFileSync(path, 'utf8').trim();
};

const fsyncFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
};

const WINDOWS = process.platform === 'win32';

/** In a group of processes of its own, so that it ends with the servers that it starts for a moment. */
const runInitdb = async (
  { placement, binaries }: { readonly placement: Placement; readonly binaries: Binaries },
  flags: readonly string[],
  signal: AbortSignal,
): Promise<void> => {
  const child = spawn(binaries.initdb, flags, {
    ...placement.account,
    cwd: placement.home,
    detached: !WINDOWS,
    // Its progress is of no use; but unread by anybody, it ends with whoever was killed.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (WINDOWS) child.kill();
    else tell(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', kill);
  let said = '';
  child.stdout.resume();
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  try {
    // Closed, nobody has its ends of the pipes any more: neither it nor what it started.
    await once(child, 'close');
  } finally {
    signal.removeEventListener('abort', kill);
  }
  signal.throwIfAborted();
  if (child.exitCode !== 0)
    throw new Error(said.trim() || `it ended with ${child.exitCode ?? child.signalCode}`);
};

/**
 * Complete or absent: made under another name, synced by initdb, then renamed. The name is new each time: the initdb of a
 * start that was killed may write for a moment longer.
 * Builtin provider `C.UTF-8`: order by code point and Unicode upper and lower case, the same on every machine.
 */
export const initCluster = async (
  {
    placement,
    binaries,
    password,
  }: { readonly placement: Placement; readonly binaries: Binaries; readonly password: string },
  signal: AbortSignal,
): Promise<void> => {
  const unfinished = mkdtempSync(join(placement.home, UNFINISHED));
  giveTo(placement.account, unfinished);
  const passwordFile = `${unfinished}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(placement.account, passwordFile);
  const flags = [
    '-D',
    unfinished,
    '-U',
    SUPERUSER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  try {
    await runInitdb({ placement, binaries }, flags, signal);
  } catch (error) {
    signal.throwIfAborted();
    const said = error instanceof Error ? error.message : String(error);
    throw new CannotRunPostgres(`PostgreSQL could not make its data in ${placement.home}: ${said}`, {
      cause: error,
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, placement.cluster);
  fsyncFolder(placement.home);
};

export const assertSameMajor = (placement: Placement, binaries: Binaries): void => {
  const written = readFileSync(join(placement.cluster, 'PG_VERSION'), 'utf8').trim();
  if (written !== binaries.major) {
    throw new CannotRunPostgres(
      `The data in ${placement.cluster} was written by PostgreSQL ${written}; this is ${binaries.major}. Dump it with the old version and load it here, or set DATABASE_URL.`,
    );
  }
};

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Folder of the socket, or the address listened to on Windows. */
  readonly host: string;
}

/** `postmaster.pid`: pid, data, start, port, socket folder, listen address, shared memory, status (pidfile.h). */
export const readPostmaster = (cluster: string): Postmaster | undefined => {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim());
  const pid = Math.abs(Number(lines[0]));
  const host = lines[4] || lines[5];
  return Number.isSafeInteger(pid) && pid > 0 && host ? { pid, port: Number(lines[3]), host } : undefined;
};

/** What interrupted initialisations and copies have left. */
export const removeUnfinished = ({ home }: Placement): void => {
  const names = readdirSync(home).filter((name) => name.includes('-unfinished'));
  for (const name of names) {
    try {
      rmSync(join(home, name), { recursive: true, force: true });
    } catch {
      // Somebody who is ending still writes there; the next start removes it.
    }
  }
};
