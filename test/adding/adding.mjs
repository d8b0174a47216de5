/**
 * Adds a command with its event, a question, a process with a timer, and a context to a scratch copy of this tree, and leaves out each
 * edit in turn: the compiler, or a spec that names it, must say so. `node test/adding/adding.mjs`, once everything is built (`npx tsc -b`).
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { compilerOf } from '../scratch/compiler.mjs';
import { applyTo, copyOfTree, linkProject, ROOT, runIn, specsIn } from '../scratch/tree.mjs';
import { COMMAND, CONTEXT, PROCESS, QUESTION } from './edits.mjs';

const MOST_EDITS = 8;
const began = Date.now();

const created = (edits) => edits.filter(({ file }) => !existsSync(join(ROOT, file)));

const say = (what) =>
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}\n`);

say('copying the tree');
const scratch = copyOfTree('adding');
const compiled = compilerOf(scratch);
const apply = (edit) => applyTo(scratch, edit);
const specs = (patterns, env = {}) => specsIn(scratch, patterns, { env });

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

/** The folder is there, linked, and refers to what it imports: what is left is its name. */
const addingContext = async () => {
  const name = CONTEXT.at(-1);
  for (const edit of created(CONTEXT)) apply(edit);
  linkProject(scratch, 'libs/waiting');
  const unnamed = await specs(['test/architecture/projects.spec.ts'], { UPDATE_PROJECTS: '1' });
  held(
    `without ${name.file}: ${name.specs.join(', ')} names it`,
    !unnamed.ok && name.names.test(unnamed.said),
    unnamed.said,
  );
  apply(name);
  const named = await specs(['test/architecture/projects.spec.ts'], { UPDATE_PROJECTS: '1' });
  held('a context: its project holds with all that is made of it', named.ok, named.said);
  const { ok, said } = compiled();
  held(`a context: compiles with its folder and its name`, ok, said);
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
  'libs/coordination',
  'test/replay/(events|event-schemas|golden)',
  'test/docs',
  'test/architecture/(words|spelling|access-policy|access-scope|addresses|projects|floors)',
  'test/journeys/api.answers.e2e.spec.ts',
];

try {
  held('it compiles as it is', compiled().ok);
  held(
    `a command takes at most ${String(MOST_EDITS)} edited files and no new one`,
    new Set(COMMAND.map(({ file }) => file)).size <= MOST_EDITS &&
      COMMAND.every(({ file }) => existsSync(join(ROOT, file))),
  );
  held('a question takes one folder and one row', created(QUESTION).length === 1 && QUESTION.length === 2);
  held('a process takes one file and one name', created(PROCESS).length === 1 && PROCESS.length === 2);
  held(
    'a context takes one folder and one name',
    created(CONTEXT).every(({ file }) => file.startsWith('libs/waiting/')) &&
      CONTEXT.length === created(CONTEXT).length + 1,
  );
  await adding('a command', COMMAND);
  await adding('a question', QUESTION);
  await adding('a process', PROCESS);
  await addingContext();
  say('building, playing the courses, making what is made');
  const built = await runIn(scratch, 'tsc', ['-b']);
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
