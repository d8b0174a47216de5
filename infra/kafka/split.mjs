/** `npm run split`: the product as several processes. Without KAFKA_BROKERS it brings a broker of its own, as the tests do. */
import { startKafka } from '@fascia/testkit';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'dist', 'main.js');

const broker = async () => {
  if (process.env.KAFKA_BROKERS) return { brokers: [process.env.KAFKA_BROKERS], stop: () => Promise.resolve() };
  process.stdout.write('Starting a Kafka broker of its own; its records go with it and come again from the log\n');
  try {
    return await startKafka();
  } catch (error) {
    process.stderr.write(`${error.message}\nOr set KAFKA_BROKERS to a broker of yours.\n`);
    process.exit(1);
  }
};

const kafka = await broker();
const fascia = spawn(process.execPath, ['--enable-source-maps', main, 'split', ...process.argv.slice(2)], {
  stdio: 'inherit', env: { ...process.env, KAFKA_BROKERS: kafka.brokers.join(',') },
});
// Ctrl-C reaches every process of the terminal: the product ends first, then its broker.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { if (signal === 'SIGTERM') fascia.kill(signal); });
fascia.once('exit', async (code) => {
  await kafka.stop();
  process.exit(code ?? 1);
});
