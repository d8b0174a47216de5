/**
 * Events per second that projectors catch up through Kafka: one process against two that share the partitions. They
 * join an empty topic, and a lock on their checkpoints holds them back until the relay has filled it.
 */
import { openBroker } from '@fascia/broker';
import { CARE, careModels, CaughtUpByTables, whoIsPresent } from '@fascia/composition';
import { Relay } from '@fascia/delivery';
import { freshName, until } from '@fascia/testkit';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { careLog } from './logs.mjs';
import { startApp } from './processes.mjs';
import { count, foundationOn, interleaved, median, ROUNDS, say, withKafka, withPostgres } from './tools.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000);
const PARTITIONS = 4;
const PATIENCE_MS = 180_000;

/** Every partition is held, by as many processes as there should be. */
const shared = async (rows, projectors) => {
  const held = (await whoIsPresent(rows))
    .filter(({ name }) => name === 'projector')
    .map(({ doing }) => doing.partitions ?? []);
  return (
    held.flat().length === PARTITIONS &&
    held.filter((partitions) => partitions.length > 0).length === projectors
  );
};

/** Nobody moves a checkpoint meanwhile. */
const heldBack = async (pool, work) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('lock table read.slice in exclusive mode');
    await work();
    await client.query('commit');
  } finally {
    client.release();
  }
};

const catchUp = async ({ pool, rows, store }, { brokers, env, grow, projectors }) => {
  const broker = await openBroker('kafkajs', {
    brokers,
    topic: env.KAFKA_TOPIC,
    partitions: PARTITIONS,
    clientId: 'bench',
    log: () => undefined,
  });
  const caughtUp = new CaughtUpByTables(rows, CARE, careModels);
  const relay = new Relay({ store, pool, rows, broker, log: () => undefined });
  const apps = await Promise.all(Array.from({ length: projectors }, () => startApp('projector', env)));
  try {
    await until(() => shared(rows, projectors), {
      message: 'the projectors to share the partitions',
      deadlineMs: PATIENCE_MS,
      everyMs: 200,
    });
    const events = await grow(EVENTS);
    const { position: head } = await store.head();
    await heldBack(pool, async () => {
      relay.start();
      await until(() => relay.position === head, {
        message: 'the relay to reach the end',
        deadlineMs: PATIENCE_MS,
      });
    });
    const start = performance.now();
    if (!(await caughtUp.waitFor(head, PATIENCE_MS))) throw new Error('the projectors did not catch up');
    return events / ((performance.now() - start) / 1_000);
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
    await relay.stop();
    await broker.close();
  }
};

await withKafka((brokers) =>
  withPostgres(async ({ dir, database }) => {
    const databaseUrl = await database('projectors');
    const foundation = await foundationOn(databaseUrl, { dir });
    const env = {
      DATABASE_URL: databaseUrl,
      FASCIA_DATA_DIR: dir,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC: freshName('care'),
      FASCIA_PARTITIONS: String(PARTITIONS),
    };
    const common = { brokers, env, grow: await careLog(foundation) };
    await catchUp(foundation, { ...common, projectors: 1 });
    const [one, two] = (
      await interleaved(
        ROUNDS,
        () => catchUp(foundation, { ...common, projectors: 1 }),
        () => catchUp(foundation, { ...common, projectors: 2 }),
      )
    ).map(median);
    say(`Two projectors to one: ${(two / one).toFixed(2)}`);
    say(
      `One ${count(one)} events/s, two ${count(two)} events/s (${String(PARTITIONS)} partitions, ${count(EVENTS)} events, ${String(availableParallelism())} cores for everything, median of ${String(ROUNDS)})`,
    );
    say(
      'Limit: cores. Projectors, PostgreSQL and Kafka share one machine here; a second projector pays where a core is free for it.',
    );
    await foundation.stop();
  }),
);
