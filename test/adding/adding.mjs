/**
 * Adds a command with its event, and a question, to a scratch copy of this tree, and leaves out each edit in turn: the compiler, or
 * a spec that names it, must say so. `node test/adding/adding.mjs`, once everything is built (`npx tsc -b`).
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import ts from 'typescript';
import { COMMAND, QUESTION } from './edits.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const MOST_EDITS = 8;
const began = Date.now();
const scratch = mkdtempSync(join(tmpdir(), 'fascia-adding-'));

const say = (what) =>
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}\n`);

/** What git knows or would add, what was built of it, and packages by link: those of this workspace lead into the copy. */
const copyTree = () => {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split(
    '\0',
  );
  for (const file of files.filter((one) => one !== '' && existsSync(join(ROOT, one))))
    cpSync(join(ROOT, file), join(scratch, file));
  for (const group of ['libs', 'libs/platform', 'apps'])
    for (const name of readdirSync(join(ROOT, group)))
      if (existsSync(join(ROOT, group, name, 'dist')))
        cpSync(join(ROOT, group, name, 'dist'), join(scratch, group, name, 'dist'), {
          recursive: true,
          preserveTimestamps: true,
        });
  const packages = join(ROOT, 'node_modules');
  mkdirSync(join(scratch, 'node_modules', '@fascia'), { recursive: true });
  for (const name of readdirSync(packages).filter((one) => one !== '@fascia' && one !== '.cache'))
    symlinkSync(join(packages, name), join(scratch, 'node_modules', name));
  for (const name of readdirSync(join(packages, '@fascia'))) {
    const link = join(packages, '@fascia', name);
    if (lstatSync(link).isSymbolicLink())
      symlinkSync(readlinkSync(link), join(scratch, 'node_modules', '@fascia', name));
  }
};

const once = (text, part, file) => {
  if (text.split(part).length !== 2) throw new Error(`${file}: does not stand there once: ${part.trim()}`);
};

const changed = (text, { file, behind, put, replace = [] }) => {
  const pairs = behind === undefined ? replace : [[behind, behind + put], ...replace];
  return pairs.reduce((sofar, [from, to]) => {
    once(sofar, from, file);
    return sofar.replace(from, () => to);
  }, text);
};

/** @returns what takes the edit back */
const apply = (edit) => {
  const path = join(scratch, edit.file);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, edit.put);
    return () => rmSync(dirname(path), { recursive: true });
  }
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, changed(before, edit));
  return () => writeFileSync(path, before);
};

const tool = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(join(BIN, command), args, {
      cwd: scratch,
      env: { ...process.env, PATH: `${BIN}:${process.env.PATH}`, NX_DAEMON: 'false', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('close', (code) => resolve({ ok: code === 0, said }));
  });

/** One program that goes from change to change: only what a change touches is checked again. */
const compiler = () => {
  const files = new Map();
  let program;
  return () => {
    const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
      join(scratch, 'tsconfig.lint.json'),
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => say(String(messageText)) },
    );
    const host = ts.createIncrementalCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...how) => {
      const text = ts.sys.readFile(name);
      const known = files.get(name);
      if (known?.text === text) return known;
      const file = read(name, ...how);
      if (file !== undefined) files.set(name, file);
      return file;
    };
    program = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, program);
    const found = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()];
    const said = ts.formatDiagnostics(found, {
      getCurrentDirectory: () => scratch,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    });
    return { ok: found.length === 0, said };
  };
};
const compiled = compiler();

const specs = (patterns, env = {}) =>
  tool('jest', ['--config', 'jest.config.mjs', ...patterns], {
    ...env,
    NODE_OPTIONS:
      '--experimental-vm-modules --disable-warning=ExperimentalWarning --disable-warning=TimeoutNegativeWarning',
  });

let failures = 0;
const held = (what, ok, said = '') => {
  if (!ok) failures += 1;
  say(`${ok ? 'ok  ' : 'FAIL'}  ${what}`);
  if (!ok) process.stdout.write(`${said.slice(-6_000)}\n`);
};

const without = async (edit, undo) => {
  undo();
  const types = compiled();
  if (!types.ok) held(`without ${edit.file}: the compiler names it`, edit.names.test(types.said), types.said);
  else if (edit.specs === undefined) held(`without ${edit.file}: nobody says so`, false);
  else {
    const run = await specs(edit.specs);
    held(
      `without ${edit.file}: ${edit.specs.join(', ')} names it`,
      !run.ok && edit.names.test(run.said),
      run.said,
    );
  }
  return apply(edit);
};

/** Applies edits, and leaves out each in turn. */
const adding = async (name, edits) => {
  const undo = edits.map(apply);
  const { ok, said } = compiled();
  held(`${name}: compiles with all of its ${String(edits.length)} edits`, ok, said);
  for (const [index, edit] of edits.entries()) undo[index] = await without(edit, undo[index]);
};

/** What the product makes of itself is made again, then everything near it must hold. */
const GENERATING = {
  UPDATE_DOCS: '1',
  FASCIA_ADD_GOLDENS: '1',
  FASCIA_FREEZE_NET: '1',
  FASCIA_RECORD_NET: '1',
};
const NEAR = [
  'libs/referral',
  'test/replay/(events|event-schemas|golden)',
  'test/docs',
  'test/architecture/(words|spelling|access-policy|access-scope|addresses)',
  'test/journeys/api.answers.e2e.spec.ts',
];

try {
  say('copying the tree');
  copyTree();
  held('it compiles as it is', compiled().ok);
  held(
    `a command takes at most ${String(MOST_EDITS)} edited files and no new one`,
    new Set(COMMAND.map(({ file }) => file)).size <= MOST_EDITS &&
      COMMAND.every(({ file }) => existsSync(join(ROOT, file))),
  );
  held(
    'a question takes one folder and one row',
    QUESTION.filter(({ file }) => !existsSync(join(ROOT, file))).length === 1 && QUESTION.length === 2,
  );
  await adding('a command', COMMAND);
  await adding('a question', QUESTION);
  say('building, playing the courses, making what is made');
  const built = await tool('tsc', ['-b']);
  held('everything builds', built.ok, built.said);
  const played = await specs(['test/journeys/courses.e2e.spec.ts'], GENERATING);
  held('the courses play the new command', played.ok, played.said);
  const made = await specs(['test/docs', 'test/replay/golden', 'test/replay/net.spec.ts'], GENERATING);
  held('pages, examples and the net are made', made.ok, made.said);
  const near = await specs(NEAR);
  held('every spec near it holds', near.ok, near.said);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
say(`${failures === 0 ? 'everything that can be forgotten is told' : `${String(failures)} did not hold`}`);
process.exitCode = failures === 0 ? 0 : 1;
