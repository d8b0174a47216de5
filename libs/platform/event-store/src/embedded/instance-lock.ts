/**
 * One instance per data folder: a lock of SQLite, which the kernel drops with its holder, however that ends. It says the
 * same in every container that shares the folder, where process ids say nothing. Who holds it stands in a file beside it,
 * for people. The holder's PostgreSQL may outlive it: see {@link isHeldOpen}.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Holder {
  readonly pid: number;
  /** In a container, its id. */
  readonly host: string;
  /** Where it listens, if it told. */
  readonly address?: string | undefined;
}

/** Another process holds the data folder. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';

  constructor(holder: Holder | undefined, dataDir: string) {
    const { pid, host, address } = holder ?? {};
    const who = [pid === undefined ? 'an unknown process' : `process ${String(pid)} on ${String(host)}`];
    if (address !== undefined) who.push(address);
    super(
      `Fascia is already running with the data in ${dataDir} (${who.join(', ')}). Stop it first, or choose another data folder.`,
    );
  }
}

const LOCK = 'instance.lock';
const HOLDER = 'instance.json';
/** https://sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
/**
 * SQLite takes an exclusive lock in steps, and a second start that is in the midst of its own is in the way of the first:
 * without patience both would be told that another one runs. It is also the time a winner has to say who it is.
 */
const PATIENCE_MS = 2_000;

const holderIn = (path: string): Holder | undefined => {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isSafeInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Nothing else may open the lock's file in this process: the kernel drops a lock when any descriptor of its file is closed.
 * @param address where this process listens, for who comes second
 * @returns what lets go of it
 * @throws AlreadyRunning
 */
export const lockInstance = (dataDir: string, address?: string): (() => void) => {
  const told = join(dataDir, HOLDER);
  const lock = new DatabaseSync(join(dataDir, LOCK));
  try {
    lock.exec(`pragma busy_timeout = ${String(PATIENCE_MS)}`);
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { readonly errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new AlreadyRunning(holderIn(told), dataDir);
  }
  const holder: Holder = { pid: process.pid, host: hostname(), address };
  writeFileSync(told, JSON.stringify(holder));
  return () => {
    rmSync(told, { force: true });
    lock.close();
  };
};
