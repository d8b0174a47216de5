/** Questions to the operating system about a process, by id. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

const read = <T>(look: () => T): T | undefined => {
  try {
    return look();
  } catch {
    return undefined;
  }
};

/** Fields of `/proc/<pid>/stat` after the command, which may itself hold spaces and brackets (proc(5)). */
const statFields = (pid: number): readonly string[] | undefined => {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** Whether the id is taken, be it by a zombie. */
export const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** To a process that perhaps has just ended. @param pid negative: of all processes of that group */
export const tell = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** A zombie counts as dead: it only waits for a parent that may never ask. */
export const isAlive = (pid: number): boolean => exists(pid) && statFields(pid)?.[0] !== 'Z';

/**
 * Text that differs when a process id is used again by another process; empty where the system does not tell.
 * Linux: boot id and start tick; elsewhere `ps`.
 */
export const startOf = (pid: number): string => {
  const tick = statFields(pid)?.[19];
  if (tick !== undefined)
    return `${read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))?.trim() ?? ''}:${tick}`;
  if (process.platform === 'win32') return '';
  return (
    read(() => execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()) ?? ''
  );
};

/** Whether a process works in that folder, as a postmaster does in its data; undefined where the system does not tell. */
export const worksIn = (pid: number, folder: string): boolean | undefined => {
  const cwd = read(() => readlinkSync(`/proc/${pid}/cwd`));
  return cwd === undefined ? undefined : cwd === folder;
};
