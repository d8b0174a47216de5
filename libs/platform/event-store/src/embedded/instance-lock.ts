/** One instance per data folder: a file naming its owner by process id and start. */
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { isAlive, startOf } from './os-process.js';

/** Another process holds the data folder. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
  readonly pid: number;

  constructor(pid: number, dataDir: string) {
    super(
      `Fascia is already running with the data in ${dataDir} (process ${pid}). Stop it first, or choose another data folder.`,
    );
    this.pid = pid;
  }
}

interface Owner {
  readonly pid: number;
  readonly start: string;
}

const ownerIn = (text: string): Owner | undefined => {
  try {
    const owner = JSON.parse(text) as Owner;
    return Number.isSafeInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined;
  }
};

const isHeld = (owner: Owner | undefined): owner is Owner =>
  owner !== undefined && isAlive(owner.pid) && startOf(owner.pid) === owner.start;

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** A link fails when the name exists, and the file is complete from the first moment it can be seen. */
const tryLink = (from: string, to: string): boolean => {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** Takes over the lock of a dead process. Moved aside before it is removed, so that a living lock is never lost. */
const clearStale = (path: string, aside: string, judged: string): void => {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Somebody else took over between our look and our move: give it back.
  if (readIfThere(aside) !== judged) tryLink(aside, path);
  rmSync(aside, { force: true });
};

/**
 * @param dataDir for the sentence a person reads
 * @returns what lets go of it
 * @throws AlreadyRunning
 */
export const lockInstance = (path: string, dataDir: string): (() => void) => {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, start: startOf(process.pid) } satisfies Owner));
  try {
    while (!tryLink(mine, path)) {
      const text = readIfThere(path);
      if (text === undefined) continue;
      const owner = ownerIn(text);
      if (isHeld(owner)) throw new AlreadyRunning(owner.pid, dataDir);
      clearStale(path, `${mine}.stale`, text);
    }
  } finally {
    unlinkSync(mine);
  }
  const held = readFileSync(path, 'utf8');
  return () => {
    if (readIfThere(path) === held) rmSync(path, { force: true });
  };
};
