import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { Failure } from './failure.js';

interface Holder {
  readonly pid: number;
  readonly name: string;
}

const LISTENING = '0A';

const linesOf = (path: string): readonly string[] => {
  try {
    return readFileSync(path, 'utf8').trim().split('\n').slice(1);
  } catch {
    return [];
  }
};

const namesIn = (path: string): readonly string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};

/** Inodes of the sockets that listen at a port, whatever the address. proc(5): `/proc/net/tcp`. */
const socketsAt = (port: number): ReadonlySet<string> => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return new Set(
    ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap(linesOf)
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([, local, , state, , , , , , inode]) =>
        local?.endsWith(`:${hex}`) === true && state === LISTENING && inode !== undefined
          ? [`socket:[${inode}]`]
          : [],
      ),
  );
};

/** Who listens at a port, where the system tells: on Linux, of one's own processes (as root, of all). */
export const holderOf = (port: number): Holder | undefined => {
  const sockets = socketsAt(port);
  if (sockets.size === 0) return undefined;
  const pid = namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((id) => namesIn(`/proc/${id}/fd`).some((fd) => sockets.has(linkOf(`/proc/${id}/fd/${fd}`))));
  return pid === undefined
    ? undefined
    : // Its program: the kernel's name for it is that of a thread.
      { pid: Number(pid), name: basename(linkOf(`/proc/${pid}/exe`)) };
};

const takenBy = (port: number): string => {
  const holder = holderOf(port);
  return holder === undefined ? 'taken' : `taken by process ${String(holder.pid)} (${holder.name})`;
};

/** @returns why not, in a sentence; undefined when somebody may listen there */
export const portTrouble = (host: string, port: number): Promise<string | undefined> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      done(
        error.code === 'EADDRINUSE'
          ? `${host}:${String(port)} is ${takenBy(port)}: choose another with FASCIA_PORT, or stop what runs there`
          : `${host}:${String(port)} cannot be listened at (${error.code ?? 'unknown'}): choose others with FASCIA_HOST and FASCIA_PORT`,
      );
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        done(undefined);
      });
    });
  });

/** Before anything is started that would have to be stopped again. @throws Failure */
export const assertPortFree = async ({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<void> => {
  const trouble = await portTrouble(host, port);
  if (trouble !== undefined) throw new Failure(trouble);
};
