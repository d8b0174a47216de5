/**
 * PostgreSQL refuses to run as root. Started by root, it runs as (first that applies): the owner of data that
 * exists already, the account asked for, `postgres`, `nobody`. Started by anybody else, it runs as that user.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** From `/etc/passwd` (passwd(5)); macOS writes nobody's id as -2. */
const accountNamed = (name: string): Account | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [uid, gid] = line?.split(':').slice(2, 4).map(Number) ?? [];
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid: uid >>> 0, gid: gid >>> 0 };
};

const ownerOf = (path: string): Account | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid };
};

/** @returns nothing when this process is not root: PostgreSQL then runs as the same user. */
export const accountFor = (
  existingData: readonly string[],
  name: string | undefined,
): Account | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const path of existingData) {
    const owner = ownerOf(path);
    if (owner !== undefined) return owner;
  }
  const names = name === undefined ? ['postgres', 'nobody'] : [name];
  return names.map(accountNamed).find((account) => account !== undefined);
};

const EXECUTE = { owner: 0o100, group: 0o010, others: 0o001 } as const;

const mayEnter = (account: Account, folder: string): boolean => {
  const stat = statSync(folder);
  const bit =
    stat.uid === account.uid ? EXECUTE.owner : stat.gid === account.gid ? EXECUTE.group : EXECUTE.others;
  return (stat.mode & bit) !== 0;
};

/** Whether the account can reach what lies in a folder; judged by mode bits along the whole path. */
export const canTraverse = (account: Account | undefined, folder: string): boolean => {
  if (account === undefined) return true;
  const parent = dirname(resolve(folder));
  return mayEnter(account, folder) && (parent === folder || canTraverse(account, parent));
};
