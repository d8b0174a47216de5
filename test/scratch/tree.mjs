/** A copy of this tree to change and throw away: edits that must fit, the compiler and specs over it. */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

export const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const FLAGS =
  '--experimental-vm-modules --disable-warning=ExperimentalWarning --disable-warning=TimeoutNegativeWarning';

const copyFiles = (to) => {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const maxBuffer = 64 * 1024 * 1024;
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8', maxBuffer }).split('\0');
  for (const file of files.filter((one) => one !== '' && existsSync(join(ROOT, one))))
    cpSync(join(ROOT, file), join(to, file));
};

const copyBuilt = (to) => {
  for (const group of ['libs', 'libs/platform', 'apps'])
    for (const name of readdirSync(join(ROOT, group)))
      if (existsSync(join(ROOT, group, name, 'dist')))
        cpSync(join(ROOT, group, name, 'dist'), join(to, group, name, 'dist'), {
          recursive: true,
          preserveTimestamps: true,
        });
};

/** Packages by link; those of this workspace lead into the copy. */
const linkPackages = (to) => {
  const packages = join(ROOT, 'node_modules');
  mkdirSync(join(to, 'node_modules', '@fascia'), { recursive: true });
  for (const name of readdirSync(packages).filter((one) => one !== '@fascia' && one !== '.cache'))
    symlinkSync(join(packages, name), join(to, 'node_modules', name));
  for (const name of readdirSync(join(packages, '@fascia'))) {
    const link = join(packages, '@fascia', name);
    if (lstatSync(link).isSymbolicLink())
      symlinkSync(readlinkSync(link), join(to, 'node_modules', '@fascia', name));
  }
};

/** What git knows or would add, and what was built of it. */
export const copyOfTree = (name) => {
  const tree = mkdtempSync(join(tmpdir(), `fascia-${name}-`));
  copyFiles(tree);
  copyBuilt(tree);
  linkPackages(tree);
  return tree;
};

/** Each pair is found once, or the edit is out of date. */
export const replaced = (text, pairs, file) =>
  pairs.reduce((sofar, [from, to]) => {
    if (sofar.split(from).length !== 2) throw new Error(`${file}: does not stand there once: ${from.trim()}`);
    return sofar.replace(from, () => to);
  }, text);

/** Changes a file, or puts a new one there. @returns what takes the edit back */
export const applyTo = (tree, { file, behind, put, replace = [] }) => {
  const path = join(tree, file);
  if (!existsSync(path)) {
    if (put === undefined) throw new Error(`${file}: is not there`);
    const made = mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, put);
    return () => rmSync(made ?? path, { recursive: true });
  }
  const before = readFileSync(path, 'utf8');
  const pairs = behind === undefined ? replace : [[behind, behind + put], ...replace];
  writeFileSync(path, replaced(before, pairs, file));
  return () => writeFileSync(path, before);
};

/** @returns whether it went well, and what it said; after `withinMs` it is ended and did not go well */
export const runIn = (tree, command, args, { env = {}, withinMs = 600_000 } = {}) =>
  new Promise((resolve) => {
    const child = spawn(join(BIN, command), args, {
      cwd: tree,
      env: { ...process.env, PATH: `${BIN}:${process.env.PATH}`, NX_DAEMON: 'false', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: withinMs,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('close', (code) => resolve({ ok: code === 0, said }));
  });

/** What `npm install` makes of a new project. */
export const linkProject = (tree, path) =>
  symlinkSync(join('..', '..', path), join(tree, 'node_modules', '@fascia', basename(path)));

export const specsIn = (tree, args, { env = {}, ...how } = {}) =>
  runIn(tree, 'jest', ['--config', 'jest.config.mjs', ...args], {
    ...how,
    env: { ...env, NODE_OPTIONS: FLAGS },
  });
