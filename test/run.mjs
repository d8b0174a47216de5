/**
 * Everything that this machine can test, in one command: types, the screens built, lint and boundaries, format, rooms,
 * dead code, every spec, then what judges the specs where asked for. The last line counts them: `N passed, N failed`.
 * What could not run is named before it, with the reason where there is one; with `CI=true` a missing server counts as
 * failed, because nobody would look for it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const scratch = mkdtempSync(join(tmpdir(), 'fascia-test-'));
const report = join(scratch, 'jest.json');

const run = (name, command, args, env = {}) =>
  new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
        NX_DAEMON: 'false',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => {
      const passed = code === 0;
      process.stdout.write(
        `${passed ? 'ok  ' : 'FAIL'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
      );
      if (!passed) process.stdout.write(`${Buffer.concat(chunks).toString('utf8')}\n`);
      resolve(passed);
    });
  });

const specs = () =>
  new Promise((resolve) => {
    const args = [
      ...process.argv.slice(2),
      '--config',
      'jest.config.mjs',
      '--json',
      '--outputFile',
      report,
      '--reporters=default',
    ];
    const child = spawn(bin('jest'), args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
        // kafkajs 2.2.4 asks for timers in the past; Node takes them for 1 ms and says so.
        NODE_OPTIONS:
          '--experimental-vm-modules --disable-warning=ExperimentalWarning --disable-warning=TimeoutNegativeWarning',
      },
      // The JSON goes to the file; what people read goes to standard error.
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('close', () => {
      try {
        const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
        const brokenSuites = testResults.filter(
          (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
        ).length;
        const notRun = testResults
          .flatMap((suite) => suite.assertionResults)
          .filter(({ status }) => status === 'pending')
          .map(({ fullName }) => fullName);
        resolve({ passed: numPassedTests, failed: numFailedTests + brokenSuites, notRun });
      } catch {
        resolve({ passed: 0, failed: 1, notRun: [] });
      }
    });
  });

const BUILDS = [
  ['types', bin('tsc'), ['-b']],
  ['screens', process.execPath, [join(root, 'bin', 'site.js')]],
];

/** One core each: the long one beside the short ones. */
const CHECKS = [
  [['lint and boundaries', 'sh', ['-c', 'nx show projects > /dev/null && eslint . --max-warnings 0']]],
  [
    ['format', bin('prettier'), ['--check', '.']],
    ['rooms', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'libs', 'apps']],
    ['dead code', bin('knip'), []],
  ],
];

// Minutes each on two cores: CI asks for them, people do when they change how things are added, or what is held by what.
const JUDGES = [
  ['adding: what is forgotten is told', 'node', ['test/adding/adding.mjs']],
  // All of them take a quarter of an hour (`npm run mutations`).
  ['mutations: what is broken is told, by a sixth', 'node', ['test/mutations/mutations.mjs', '--drawn', '6']],
];

const checks = [];
const inTurn = async (rows) => {
  for (const [name, command, args] of rows) checks.push(await run(name, command, args));
};

await inTurn(BUILDS);
await Promise.all(CHECKS.map(inTurn));
const { passed, failed, notRun } = await specs();
process.stdout.write(`${failed === 0 ? 'ok  ' : 'FAIL'}  specs (${passed} passed, ${failed} failed)\n`);
// Last: they judge the specs, and take as long whatever the specs said.
if (process.env.FASCIA_TEST_SLOW === '1') await inTurn(JUDGES);
for (const name of notRun) process.stdout.write(`not run on this machine: ${name}\n`);
rmSync(scratch, { recursive: true, force: true });

// Specs that need a server say so in their names (describeWithKafka); others may be for another kind of machine.
const unproved = process.env.CI === 'true' ? notRun.filter((name) => name.includes('(needs ')).length : 0;
const total = {
  passed: passed + checks.filter(Boolean).length,
  failed: failed + unproved + checks.filter((ok) => !ok).length,
};
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 && passed > 0 ? 0 : 1;
