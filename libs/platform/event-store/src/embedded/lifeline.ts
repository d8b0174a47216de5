/**
 * Whether a server may live on these data: its postmaster inherits the reading end of a named pipe, and hands it on to
 * all of its children. The kernel refuses to open a pipe for writing that nobody has open for reading, so the pipe tells
 * as long as one of them lives, in every container that shares the folder: who was killed, or has another process id
 * there, makes no difference. A copy of the folder has another pipe, which nobody holds.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, lstatSync, openSync, readlinkSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { isAlive, startOf } from './os-process.js';
import { CannotRunPostgres } from './placement.js';
import type { Placement } from './placement.js';

const WINDOWS = process.platform === 'win32';
const pathIn = ({ home }: Placement): string => join(home, 'postgres.alive');
const isPipe = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFIFO() === true;

/**
 * For the server to inherit; the caller closes its own. Windows has neither such pipes nor process ids that differ: nothing.
 * @throws CannotRunPostgres
 */
export const openLifeline = (placement: Placement): number | undefined => {
  if (WINDOWS) return undefined;
  const path = pathIn(placement);
  if (!isPipe(path)) {
    rmSync(path, { recursive: true, force: true });
    try {
      // Node cannot make one. Where PostgreSQL runs there is a shell (initdb needs it), and beside it this.
      execFileSync('mkfifo', ['-m', '600', path], { stdio: 'pipe' });
    } catch (error) {
      throw new CannotRunPostgres(
        `${path}: no named pipe can be made there (mkfifo). Choose a data folder on a file system of this machine, or set DATABASE_URL.`,
        { cause: error },
      );
    }
  }
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
};

/** Whether a server, or a child that outlives it, has these data open. */
export const isHeldOpen = (placement: Placement): boolean => {
  const path = pathIn(placement);
  if (WINDOWS || !isPipe(path)) return false;
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENXIO') return false;
    throw error;
  }
};

/** Nobody answers, or nothing is there. */
const NOBODY = ['ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'ENOTDIR'];

/** Whether somebody listens on a server's socket, in whatever container; one that cannot be asked counts as there. */
export const answersAt = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const trying = createConnection(socket);
    trying.once('connect', () => {
      trying.destroy();
      resolve(true);
    });
    trying.once('error', (error: NodeJS.ErrnoException) => {
      resolve(!NOBODY.includes(error.code ?? ''));
    });
  });

/** A process, told from all others: its id says so only in its own namespace, and only until it ends. */
export interface Identity {
  readonly pid: number;
  readonly start: string;
  /** Of process ids: a container has its own (pid_namespaces(7)); empty where there is only one. */
  readonly space: string;
}

const spaceHere = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
};

export const identityOf = (pid: number): Identity => ({ pid, start: startOf(pid), space: spaceHere() });

export const isElsewhere = ({ space }: Identity): boolean => space !== spaceHere();

export const isStillHere = (one: Identity): boolean =>
  !isElsewhere(one) && isAlive(one.pid) && startOf(one.pid) === one.start;
