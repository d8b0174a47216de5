/** `npm run split`: the product as several processes. Without KAFKA_BROKERS it brings a broker of its own, as the tests do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build, endWithNpm, isNodeCurrent, runOnOwnNode } from '../../bin/run.js';

const here = (...path) => join(import.meta.dirname, ...path);

const given = process.argv.slice(2);
if (!isNodeCurrent) await runOnOwnNode(fileURLToPath(import.meta.url), given);
await build();

/** What was started, last first; each is told and waited for. */
const started = [];
let stopping = false;
const stopAll = async (status) => {
  if (stopping) return;
  stopping = true;
  for (const stop of started.toReversed()) await stop();
  process.exit(status);
};
endWithNpm();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stopAll(0));

/** Ctrl-C reaches every process of the terminal's group. The broker is in another: the product, which needs it, ends first. */
const ownBroker = async () => {
  process.stdout.write(
    'Starting a Kafka broker of its own; its records go with it and come again from the log\n',
  );
  const child = spawn(process.execPath, [here('broker.mjs')], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  started.push(() => {
    if (child.connected) child.disconnect();
    return ended;
  });
  const [{ brokers, error }] = await Promise.race([
    once(child, 'message'),
    ended.then(() => [{ error: 'it ended at once' }]),
  ]);
  if (error !== undefined && !stopping) {
    process.stderr.write(`No Kafka broker: ${error}\nOr set KAFKA_BROKERS to a broker of yours.\n`);
    await stopAll(1);
  }
  return brokers;
};

const isGiven =
  Boolean(process.env.KAFKA_BROKERS || process.env.KAFKA_BROKERS_FILE) ||
  process.argv.includes('--help') ||
  process.argv.includes('-h');
const brokers = isGiven ? undefined : await ownBroker();
// Never comes when it is being stopped: then nothing more is started.
if (stopping) await new Promise(() => undefined);
const fascia = spawn(
  process.execPath,
  ['--enable-source-maps', here('..', '..', 'apps', 'cli', 'dist', 'main.js'), 'split', ...given],
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: brokers === undefined ? process.env : { ...process.env, KAFKA_BROKERS: brokers.join(',') },
  },
);
const ended = once(fascia, 'exit');
started.push(() => {
  fascia.kill('SIGTERM');
  return ended;
});
const [status] = await ended;
await stopAll(status ?? 1);
