/**
 * Where things lie. Everything is in the data folder, unless PostgreSQL's account cannot reach it (root with a
 * 0700 home): then data and binaries go to `/var/lib/fascia-<first 12 hex digits of SHA-256 of the data folder>`.
 * The socket is beside the data, or in `fascia-<the same digits>` under the temporary directory when its path would be too long.
 */
import { hash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFor, canTraverse } from './account.js';
import type { Account } from './account.js';

/** The machine does not let PostgreSQL run; the sentence says what to set. */
export class CannotRunPostgres extends Error {
  override readonly name = 'CannotRunPostgres';
}

export interface Placement {
  /** Chosen by the caller: lock, password and log. */
  readonly dataDir: string;
  /** Reachable by PostgreSQL's account: cluster and, when they must be copied, binaries. */
  readonly home: string;
  readonly cluster: string;
  readonly account: Account | undefined;
}

const shortHash = (text: string): string => hash('sha256', text).slice(0, 12);

const SYSTEM_HOMES = '/var/lib';

/** `sun_path` holds 104 bytes on macOS and 108 on Linux (unix(7)), with the final NUL. */
const SOCKET_PATH_BYTES = 103;
const SOCKET_NAME = '/.s.PGSQL.5432.lock';

export const giveTo = (account: Account | undefined, path: string): void => {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
};

/** @throws CannotRunPostgres as root without an account to run as, or without a folder it can reach */
export const placeIn = (folder: string, accountName: string | undefined): Placement => {
  mkdirSync(folder, { recursive: true });
  const dataDir = realpathSync(folder);
  const elsewhere = join(SYSTEM_HOMES, `fascia-${shortHash(dataDir)}`);
  const account = accountFor([join(dataDir, 'postgres'), join(elsewhere, 'postgres')], accountName);
  if (account === undefined && process.getuid?.() === 0) {
    throw new CannotRunPostgres(
      'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as. Start Fascia as another user, or set DATABASE_URL.',
    );
  }
  const home = canTraverse(account, dataDir) ? dataDir : elsewhere;
  if (home === elsewhere && !canTraverse(account, SYSTEM_HOMES)) {
    throw new CannotRunPostgres(
      `PostgreSQL's account can reach neither ${dataDir} nor ${SYSTEM_HOMES}. Choose a data folder that every user may enter, or set DATABASE_URL.`,
    );
  }
  mkdirSync(home, { recursive: true, mode: 0o755 });
  return { dataDir, home, cluster: join(home, 'postgres'), account };
};

const socketFolderOf = ({ home, dataDir }: Placement): string => {
  const beside = join(home, 'socket');
  const fits = Buffer.byteLength(beside + SOCKET_NAME) <= SOCKET_PATH_BYTES;
  return fits ? beside : join(tmpdir(), `fascia-${shortHash(dataDir)}`);
};

export const socketPathOf = (placement: Placement): string =>
  join(socketFolderOf(placement), SOCKET_NAME.replace('.lock', ''));

/**
 * An empty folder that only PostgreSQL's account (and root) may enter; the same one at every start, so that
 * connection strings stay true. Call it with no server running: lock files of a dead one, whose id may be taken
 * again, would keep the next from starting.
 * @throws CannotRunPostgres when somebody else made a folder of that name in the temporary directory
 */
export const socketFolder = (placement: Placement): string => {
  const folder = socketFolderOf(placement);
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (
    stat !== undefined &&
    (!stat.isDirectory() || stat.uid !== (placement.account?.uid ?? process.getuid?.()))
  ) {
    throw new CannotRunPostgres(
      `${folder} belongs to somebody else. Remove it, choose a data folder with a shorter path, or set DATABASE_URL.`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  giveTo(placement.account, folder);
  return folder;
};
