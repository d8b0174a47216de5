/** `npm run split`: the product as several processes. Without KAFKA_BROKERS it brings a broker of its own, as the tests do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

const here = (...path) => join(import.meta.dirname, ...path);

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
  const [{ brokers, error }] = await Promise.race([
    once(child, 'message'),
    ended.then(() => [{ error: 'it ended at once' }]),
  ]);
  if (error !== undefined) {
    process.stderr.write(`No Kafka broker: ${error}\nOr set KAFKA_BROKERS to a broker of yours.\n`);
    process.exit(1);
  }
  const stop = () => {
    if (child.connected) child.disconnect();
    return ended;
  };
  return { brokers, stop };
};

const isGiven =
  Boolean(process.env.KAFKA_BROKERS || process.env.KAFKA_BROKERS_FILE) ||
  process.argv.includes('--help') ||
  process.argv.includes('-h');
const broker = isGiven ? undefined : await ownBroker();
const fascia = spawn(
  process.execPath,
  [
    '--enable-source-maps',
    here('..', '..', 'apps', 'cli', 'dist', 'main.js'),
    'split',
    ...process.argv.slice(2),
  ],
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: broker === undefined ? process.env : { ...process.env, KAFKA_BROKERS: broker.brokers.join(',') },
  },
);
// Ctrl-C has reached the product already.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => fascia.kill('SIGTERM'));
fascia.once('exit', async (code) => {
  await broker?.stop();
  process.exit(code ?? 1);
});
