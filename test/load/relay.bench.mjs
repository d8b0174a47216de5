/**
 * Records per second of the relay (PostgreSQL log, encoding, Kafka, checkpoint) against a bare `sendBatch` of the
 * relay's own batches, made before; and of records as large whose bytes are all in the value. All wait for every
 * acknowledgement; connecting counts for all.
 */
import { openBroker } from '@fascia/broker';
import { Relay } from '@fascia/delivery';
import { freshName, until } from '@fascia/testkit';
import kafkajs from 'kafkajs';
import process from 'node:process';
import { fillPlain } from './logs.mjs';
import { count, foundationOn, interleaved, median, ROUNDS, say, withKafka, withPostgres } from './tools.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 40_000);
const PARTITIONS = 12;

const brokerOn = (brokers) =>
  openBroker('kafkajs', {
    brokers,
    topic: freshName('relay'),
    partitions: PARTITIONS,
    clientId: 'bench',
    log: () => undefined,
  });

/** Keeps what is published. */
const listening = (broker, batches) => ({
  publisher: () => {
    const publisher = broker.publisher();
    return {
      partitions: () => publisher.partitions(),
      publish: (records) => {
        batches.push(records);
        return publisher.publish(records);
      },
      close: () => publisher.close(),
    };
  },
});

const relayAll = async ({ pool, rows, store }, brokers, batches) => {
  await pool.query('delete from delivery.relay');
  const broker = await brokerOn(brokers);
  await broker.publisher().partitions();
  const relay = new Relay({
    store,
    pool,
    rows,
    broker: batches === undefined ? broker : listening(broker, batches),
    log: () => undefined,
  });
  const start = performance.now();
  relay.start();
  await until(() => relay.position === BigInt(EVENTS), {
    message: 'the relay to reach the end',
    deadlineMs: 120_000,
    everyMs: 1,
  });
  const seconds = (performance.now() - start) / 1_000;
  await relay.stop();
  await broker.close();
  return EVENTS / seconds;
};

const sendAll = async (brokers, batches) => {
  const topic = freshName('bare');
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId: 'bare',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic, numPartitions: PARTITIONS, replicationFactor: 1 }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const start = performance.now();
  await producer.connect();
  for (const messages of batches)
    await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] });
  const seconds = (performance.now() - start) / 1_000;
  await producer.disconnect();
  return EVENTS / seconds;
};

const asMessages = (batch) =>
  batch.map(({ partition, key, value, headers }) => ({ partition, key, value: Buffer.from(value), headers }));

const withoutHeaders = (batch) =>
  batch.map(({ partition, key, value, headers }) => {
    const bytes = Object.entries(headers).reduce(
      (sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text),
      value.length,
    );
    return { partition, key, value: Buffer.alloc(bytes, 'x') };
  });

await withKafka((brokers) =>
  withPostgres(async ({ dir, database }) => {
    const foundation = await foundationOn(await database('relay'), { dir });
    await fillPlain(foundation.store, EVENTS);
    const published = [];
    await relayAll(foundation, brokers, published);
    const [same, valuesOnly] = [published.map(asMessages), published.map(withoutHeaders)];
    await sendAll(brokers, same);
    const [relay, bare, bareValues] = (
      await interleaved(
        ROUNDS,
        () => relayAll(foundation, brokers),
        () => sendAll(brokers, same),
        () => sendAll(brokers, valuesOnly),
      )
    ).map(median);
    say(
      `Ratio to bare sends of the same records: ${(relay / bare).toFixed(2)}; to bare sends without headers: ${(relay / bareValues).toFixed(2)}`,
    );
    say(
      `Relay ${count(relay)} records/s, bare ${count(bare)}/s, bare without headers ${count(bareValues)}/s (${count(EVENTS)} records, batches of ${String(published[0].length)}, median of ${String(ROUNDS)})`,
    );
    say(
      'Limit: kafkajs encoding the headers, a buffer of its own for each; reading the log and the checkpoint are a tenth.',
    );
    await foundation.stop();
  }),
);
