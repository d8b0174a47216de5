/** `npm run bench`: ratios against peers measured in the same run; `npm run bench -- --help` says which and how. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

// Whoever stops listening (`| head`) does not keep the servers of a bench from being stopped.
process.stdout.on('error', () => undefined);

const BENCHES = {
  append: "Appends against Emmett's PostgreSQL store on the same server",
  eventstoredb: 'Appends to the EventStoreDB of EVENTSTOREDB_URL against the bare client',
  http: 'Commands over HTTP against a plain endpoint that does nothing',
  relay: 'The relay against bare sends to the same Kafka',
  'catch-up': 'Read models rebuilt against a bare reader of the same log',
  freshness: 'From a command to its row in the inbox against the command alone',
  streams: 'Commands on a long stream against a short one, and a crowd on one stream',
  projectors: 'Catching up through Kafka, two projectors against one',
};

const HELP = `npm run bench -- [--against <commit>] [name ...]
${Object.entries(BENCHES)
  .map(([name, title]) => `  ${name.padEnd(12)}${title}\n`)
  .join('')}
  --against <commit>  http only: this tree, that commit and the no-op take turns in one run
  BENCH_ROUNDS, BENCH_SECONDS, BENCH_RATE in the environment: how often, how long, how many
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { against: { type: 'string' }, help: { type: 'boolean' } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0)
  throw new Error(`no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
if (values.against !== undefined) {
  if (positionals.some((name) => name !== 'http')) throw new Error('only http compares commits');
  process.env.BENCH_AGAINST = values.against;
}

const wanted = values.against === undefined ? positionals : ['http'];
if (values.help === true) process.stdout.write(HELP);
const chosen = Object.keys(BENCHES).filter(
  (name) => values.help !== true && (wanted.length === 0 || wanted.includes(name)),
);

/** Each in a process of its own, which ends when its bench has: what a peer leaves open keeps nobody waiting, and fails nobody else. */
const runAlone = async (name) => {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'one.mjs'), name], {
    stdio: 'inherit',
  });
  const stop = (signal) => {
    stopped = true;
    child.kill(signal);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop);
  const [status] = await once(child, 'exit');
  for (const signal of ['SIGTERM', 'SIGINT']) process.off(signal, stop);
  return status === 0;
};

let stopped = false;
const failed = [];
for (const name of chosen) {
  if (stopped) break;
  process.stdout.write(`\n${BENCHES[name]}:\n`);
  if (!(await runAlone(name))) failed.push(name);
}
if (failed.length > 0) {
  process.stdout.write(`\nDid not end well: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
