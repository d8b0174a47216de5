/**
 * Breaks one rule after the other in scratch copies of this tree (list.mjs): whoever a row names must say so. What survives is a rule
 * that nobody holds. `node test/mutations/mutations.mjs [words of a name]`, once everything is built (`npx tsc -b`).
 * With `--drawn N` every Nth of them: which, is drawn by the commit, so that others are tried with the next one, and the same ones again
 * by whoever looks into a failure.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { startTestServer, TEST_DATABASE_URL } from '@fascia/testkit';
import { applyTo, copyOfTree, ROOT, specsIn } from '../scratch/tree.mjs';
import { MUTATIONS } from './list.mjs';

/** Two cores, two trees: what is broken in one is whole in the other. */
const LANES = 2;
/** A mutation that hangs what it breaks is not told, only waited for. */
const WITHIN_MS = 120_000;
const UNBROKEN_WITHIN_MS = 600_000;
/** Of what the compiler says. */
const LONGEST = 160;
const began = Date.now();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { drawn: { type: 'string', default: '1' } },
});
const wanted = positionals.join(' ');

/** In an order that is the same for a commit and another for the next, the first of every `share`. */
const drawn = (rows, share) => {
  if (share === 1) return rows;
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const lot = ({ name }) => createHash('sha256').update(`${commit} ${name}`).digest('hex');
  return rows.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, Math.ceil(rows.length / share));
};

const left = drawn(
  MUTATIONS.filter(({ name }) => name.includes(wanted)),
  Number(values.drawn),
);
const judges = left.filter(({ caught }) => caught !== 'types');
const unnoticed = [];
if (left.length === 0) throw new Error(`no mutation is called ${wanted}`);

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1).padStart(5)} s`;
const say = (what) => process.stdout.write(`${what}\n`);
say(`${String(left.length)} of ${String(MUTATIONS.length)} mutations`);

const server = process.env[TEST_DATABASE_URL] === undefined ? await startTestServer() : undefined;
if (server !== undefined) process.env[TEST_DATABASE_URL] = server.server.connectionString;
const trees = Array.from({ length: LANES }, () => copyOfTree('mutations'));

/** Of the first tree alone: its lane takes the rows that it has to judge first. */
const compiler = new Worker(new URL('types.mjs', import.meta.url), { workerData: trees[0] });
const compiled = async () => {
  compiler.postMessage('again');
  const [{ ok, said }] = await once(compiler, 'message');
  return { ok, told: said.slice(0, LONGEST).split('\n')[0] };
};

/** A spec that cannot even be loaded tells nothing of the rule. @returns the first test that failed */
const specsOf = async (tree, files, only, withinMs = WITHIN_MS) => {
  const outputFile = join(tree, 'mutations.json');
  rmSync(outputFile, { force: true });
  const named = only === undefined ? [] : ['-t', only];
  const args = [...files, ...named, '--json', '--outputFile', outputFile, '--silent'];
  const { said } = await specsIn(tree, args, { withinMs, env: { FASCIA_SAME_DRAWS: '1' } });
  try {
    const { success, numRuntimeErrorTestSuites, testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
    const failed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .find(({ status }) => status === 'failed');
    return { ok: success, told: numRuntimeErrorTestSuites > 0 ? undefined : failed?.fullName, said };
  } catch {
    return { ok: false, said };
  }
};

const check = ({ caught, only }, tree) => (caught === 'types' ? compiled() : specsOf(tree, [caught], only));

/** Who has to say that something is broken must be silent while nothing is. */
const silent = async (rows, tree) => {
  const files = [...new Set(rows.map(({ caught }) => caught))];
  if (files.length === 0) return;
  const only = rows.every((row) => row.only !== undefined)
    ? rows.map((row) => row.only).join('|')
    : undefined;
  const { ok, told, said } = await specsOf(tree, files, only, UNBROKEN_WITHIN_MS);
  if (!ok) throw new Error(`fails before anything is broken: ${told}\n${said}`);
  say(`ok   ${seconds(began)}  unbroken, ${files.length} specs pass`);
};

const held = async (mutation, tree) => {
  const since = Date.now();
  const { name, file, change, caught } = mutation;
  let found;
  try {
    const undo = applyTo(tree, { file, replace: [change] });
    found = await check(mutation, tree);
    undo();
  } catch (error) {
    found = { ok: true, said: error.message };
  }
  const noticed = !found.ok && found.told !== undefined;
  if (!noticed) unnoticed.push(name);
  say(
    `${noticed ? 'ok  ' : 'FAIL'} ${seconds(since)}  ${name}: ${noticed ? found.told : `not told by ${caught}`}`,
  );
  if (!noticed) say((found.said ?? '').slice(-2_000));
};

const lane = async (tree, index) => {
  const whole =
    index === 0 && left.some(({ caught }) => caught === 'types') ? await compiled() : { ok: true };
  if (!whole.ok) throw new Error(`the tree does not compile as it is: ${whole.told}`);
  for (;;) {
    const next = left.findIndex(({ caught }) => index === 0 || caught !== 'types');
    if (next < 0) return;
    await held(left.splice(next, 1)[0], tree);
  }
};

try {
  await Promise.all([
    silent(
      judges.filter(({ only }) => only === undefined),
      trees[0],
    ),
    silent(
      judges.filter(({ only }) => only !== undefined),
      trees[1],
    ),
  ]);
  await Promise.all(trees.map(lane));
} finally {
  await compiler.terminate();
  await server?.stop();
  for (const tree of trees) rmSync(tree, { recursive: true, force: true });
}
say(
  `${unnoticed.length === 0 ? 'nothing goes unnoticed' : `unnoticed: ${unnoticed.join('; ')}`}, ${seconds(began).trim()}`,
);
process.exitCode = unnoticed.length === 0 ? 0 : 1;
