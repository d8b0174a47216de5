/**
 * From a command to its row in an inbox, at a steady rate: in one process, and through Kafka with relay, projector and
 * coordinator as processes of their own. The row is looked for in the table by its id, again and again, on a connection
 * of its own; beside it the command's own time, which ends with the append on disk.
 */
import { ALONE, CARE, careModels, CaughtUpByTables, writeSide } from '@fascia/composition';
import { freshName, until } from '@fascia/testkit';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { composeAlone, taskSender } from './logs.mjs';
import { startApp } from './processes.mjs';
import { foundationOn, quantile, say, withKafka, withPostgres } from './tools.mjs';

const RATE = Number(process.env.BENCH_RATE ?? 500);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const WARM_UP_SECONDS = 3;
const PARTITIONS = 4;

/** Notes when the rows of commands are there to be read. */
const watchRows = async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  const waiting = new Map();
  let over = false;
  const look = async () => {
    while (!over) {
      const { rows } = await client.query({
        name: 'look',
        text: 'select id from read.task where id = any($1)',
        values: [[...waiting.keys()]],
      });
      const now = performance.now();
      for (const { id } of rows) {
        waiting.get(id).visible = now;
        waiting.delete(id);
      }
      await delay(1);
    }
  };
  const looking = look();
  return {
    expect: (id, times) => waiting.set(id, times),
    end: async () => {
      await until(() => waiting.size === 0, {
        message: () => `${String(waiting.size)} rows to come`,
        deadlineMs: 60_000,
      });
      over = true;
      await looking;
      await client.end();
    },
  };
};

/** Sends at a rate, whether or not the earlier ones are answered. */
const atRate = async (send, watch, seconds) => {
  const sent = [];
  const start = performance.now();
  for (let elapsed = 0; elapsed < seconds * 1_000; elapsed = performance.now() - start) {
    for (; sent.length < (elapsed / 1_000) * RATE;) {
      const { id, answer } = send();
      const times = { sent: performance.now() };
      watch.expect(id, times);
      sent.push(
        answer.then(() => {
          times.answered = performance.now();
          return times;
        }),
      );
    }
    await delay(1);
  }
  const all = await Promise.all(sent);
  return {
    all,
    perSecond: all.length / ((Math.max(...all.map(({ answered }) => answered)) - start) / 1_000),
  };
};

const measure = async (door, databaseUrl) => {
  const send = taskSender(door);
  const watch = await watchRows(databaseUrl);
  await atRate(send, watch, WARM_UP_SECONDS);
  const { all, perSecond } = await atRate(send, watch, SECONDS);
  await watch.end();
  const spread = (span) => {
    const values = all.map(span);
    return [0.5, 0.99].map((share) => quantile(values, share));
  };
  return {
    perSecond,
    command: spread(({ sent, answered }) => answered - sent),
    whole: spread(({ sent, visible }) => visible - sent),
    after: spread(({ answered, visible }) => Math.max(0, visible - answered)),
  };
};

const tell = (name, { perSecond, command, whole, after }) => {
  const ms = (pair) => pair.map((value) => value.toFixed(1)).join('/');
  say(
    `${name}: sent to visible is ${(whole[0] / command[0]).toFixed(1)} x the command itself at p50, ${(whole[1] / command[0]).toFixed(1)} x at p99`,
  );
  say(
    `  ${perSecond.toFixed(0)} commands/s held; p50/p99 in ms: command ${ms(command)}, sent to visible ${ms(whole)}, answered to visible ${ms(after)}`,
  );
};

const inOneProcess = async ({ dir, database }) => {
  const url = await database('alone');
  const foundation = await foundationOn(url, { dir, poll: ALONE });
  const product = await composeAlone(foundation);
  tell('In one process', await measure(product.door, url));
  await product.stop();
  await foundation.stop();
};

const throughKafka = async ({ dir, database }, brokers) => {
  const url = await database('split');
  const env = {
    DATABASE_URL: url,
    FASCIA_DATA_DIR: dir,
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_TOPIC: freshName('care'),
    FASCIA_PARTITIONS: String(PARTITIONS),
  };
  const foundation = await foundationOn(url, { dir });
  const apps = [];
  try {
    for (const app of ['relay', 'projector', 'coordinator']) apps.push(await startApp(app, env));
    const caughtUp = new CaughtUpByTables(foundation.rows, CARE, careModels);
    const { door } = writeSide(foundation, caughtUp);
    const first = taskSender(door)();
    await caughtUp.waitFor((await first.answer).position, 60_000);
    tell('Through Kafka', await measure(door, url));
  } finally {
    for (const app of apps) await app.stop();
    await foundation.stop();
  }
};

await withPostgres(async (postgres) => {
  await inOneProcess(postgres);
  await withKafka((brokers) => throughKafka(postgres, brokers));
});
say(
  'Limit: in one process the event loop, shared by commands, projections and process managers; through Kafka mostly the projector, a fetch and then a transaction for each partition.',
);
