/**
 * Which packages `fascia start` loads where nothing is set, and which come to them where a client is named: as JSON, in the
 * last line. The port is taken, so the command loads what it needs and starts nothing.
 */
import { once } from 'node:events';
import { registerHooks } from 'node:module';
import { createServer } from 'node:net';
import process from 'node:process';

const loaded = new Set();
registerHooks({
  load: (url, context, next) => {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
    if (name !== undefined) loaded.add(name);
    return next(url, context);
  },
});

/** Once it is done, or has failed. @returns how it failed, and what was loaded meanwhile */
const during = async (work) => {
  const before = new Set(loaded);
  const failed = await work().then(
    () => undefined,
    (error) => error.name,
  );
  return { failed, packages: [...loaded].filter((name) => !before.has(name)) };
};

const start = async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { startCommand } = await import('../../apps/cli/dist/commands/start.js');
  const args = ['--port', String(taken.address().port)];
  await startCommand()
    .parseAsync(args, { from: 'user' })
    .finally(() => taken.close());
};

const kafka = async (client) => {
  const { brokerOf, settingsFrom } = await import('@fascia/composition');
  const settings = settingsFrom({ KAFKA_BROKERS: '127.0.0.1:1', KAFKA_CLIENT: client });
  await brokerOf({ settings, log: () => undefined }, 'spec');
};

const eventStoreDb = async () => {
  const { openEventStoreDb } = await import('@fascia/event-store');
  await openEventStoreDb({ connectionString: 'esdb://names.nobody' });
};

const found = {
  start: await during(start),
  kafkajs: await during(() => kafka('kafkajs')),
  platformatic: await during(() => kafka('platformatic')),
  eventStoreDb: await during(eventStoreDb),
};
process.stdout.write(`\n${JSON.stringify(found)}\n`, () => process.exit(0));
