/** The tree as its rules see it: which files there are, and what stands in them. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = join(import.meta.dirname, '..', '..');

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.nx', '.fascia', '.cache', 'coverage']);

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });

const ALL = walk(ROOT).map((path) => relative(ROOT, path).split(sep).join('/'));

/** Paths from the root, with `/`. */
export const files = (pattern: RegExp): readonly string[] => ALL.filter((path) => pattern.test(path));

/** Without specs and their data. */
export const sources = (pattern: RegExp): readonly string[] =>
  files(pattern).filter((path) => path.endsWith('.ts') && !/\.spec(-data)?\.ts$/.test(path));

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const jsonOf = (path: string): unknown => JSON.parse(textOf(path));

/** Every match of the first group, with the file it stands in. */
export const found = (
  paths: readonly string[],
  pattern: RegExp,
): readonly { readonly path: string; readonly word: string }[] =>
  paths.flatMap((path) =>
    [...textOf(path).matchAll(pattern)].map((match) => ({ path, word: match[1] ?? '' })),
  );

export const repeated = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => words.indexOf(word) !== index);

/** Runs a tool of node_modules/.bin or node itself; a failing exit code is not a fault, no output is. */
export const outputOf = async (command: string, args: readonly string[], cwd = ROOT): Promise<string> => {
  const file = command === 'node' ? process.execPath : join(ROOT, 'node_modules', '.bin', command);
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const run = promisify(execFile)(file, args, {
    cwd,
    env: { ...env, NX_DAEMON: 'false' },
    maxBuffer: 256 * 1024 * 1024,
  });
  const { stdout, stderr } = await run.catch(
    (failed: unknown) => failed as { stdout: string; stderr: string },
  );
  if (stdout === '') throw new Error(`${command} said nothing: ${stderr}`);
  return stdout;
};
