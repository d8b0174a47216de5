/**
 * Why the publishers refuse overlapping calls and are not idempotent: the connection is cut between the broker's
 * append and its acknowledgement, while three callers want to publish. Afterwards the topic must be complete and in
 * order, repeats of whole batches apart. The positive control is kafkajs's idempotent producer under the same cut.
 */
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import {
  describeWithKafka,
  freshName,
  Member,
  newRecord,
  startKafka,
  TcpProxy,
  until,
} from '@fascia/testkit';
import type { KafkaServer } from '@fascia/testkit';
import { openBroker } from './open-broker.js';
import type { BrokerClient } from './open-broker.js';
import { PublishOutcomeUnknown } from './ports.js';
import type { Broker, LogRecord } from './ports.js';

const CALLERS = 3;
const BATCHES = 30;
const PER_BATCH = 5;
/** Every so many-th acknowledgement is lost, with its connection. */
const CUT_EVERY = 4;
/** Request header: length, then the number of the call (Kafka protocol, request header v1 and later). */
const PRODUCE = 0;

/** Loses acknowledgements of produce requests: what the broker answers after one is dropped, and the connection cut. */
const losesAcknowledgements = (proxy: TcpProxy): { readonly cuts: () => number } => {
  let [produced, cuts, armed] = [0, 0, false];
  proxy.onRequest = (bytes) => {
    if (bytes.length > 6 && bytes.readInt16BE(4) === PRODUCE) {
      produced += 1;
      armed ||= produced % CUT_EVERY === 0;
    }
    return 'pass';
  };
  proxy.onAnswer = () => {
    if (!armed) return 'pass';
    armed = false;
    cuts += 1;
    return 'cut';
  };
  return { cuts: () => cuts };
};

const batchesOf = (caller: number): readonly (readonly LogRecord[])[] =>
  Array.from({ length: BATCHES }, (_, batch) =>
    Array.from({ length: PER_BATCH }, (__, index) => newRecord(0, { key: `${caller}/${batch}/${index}` })),
  );

/** What is wrong with what is in the log; empty when it is complete and in order, repeats of whole batches apart. */
const findings = (
  acknowledged: readonly (readonly LogRecord[])[],
  log: readonly LogRecord[],
): readonly string[] => {
  const keys = log.map(({ key }) => key);
  const lost = acknowledged
    .flat()
    .filter(({ key }) => !keys.includes(key))
    .map(({ key }) => `lost: ${key}`);
  const firsts = [...new Set(keys)];
  const disorder = Array.from({ length: CALLERS }, (_, caller) => {
    const seen = firsts
      .filter((key) => key.startsWith(`${caller}/`))
      .map((key) => key.split('/').slice(1).map(Number))
      .map(([batch = 0, index = 0]) => batch * PER_BATCH + index);
    return seen.some((number, at) => at > 0 && number < (seen[at - 1] ?? 0))
      ? [`out of order: caller ${caller}`]
      : [];
  }).flat();
  return [...lost, ...disorder];
};

describeWithKafka('three callers while acknowledgements are lost', () => {
  let kafka: KafkaServer;
  let proxy: TcpProxy;
  let broker: Broker;

  beforeAll(async () => {
    proxy = await TcpProxy.listen();
    kafka = await startKafka({ proxyPort: proxy.port });
    proxy.forwardTo(kafka.proxiedPort);
  });

  afterAll(async () => {
    await proxy.close();
    await kafka.stop();
  });

  const opened = (client: BrokerClient, topic: string, brokers: readonly string[]): Promise<Broker> =>
    openBroker(client, {
      brokers,
      topic,
      partitions: 1,
      clientId: 'spec',
      log: () => undefined,
      heartbeatMs: 200,
    });

  const logOf = async (topic: string): Promise<readonly LogRecord[]> => {
    broker = await opened('platformatic', topic, kafka.brokers);
    try {
      const member = await new Member({ broker, close: async () => undefined }, 'auditor').start();
      const [{ end } = { end: 0n }] = await broker.lag('auditor');
      await until(() => (member.seen.at(-1)?.offset ?? -1n) >= end - 1n, {
        deadlineMs: 60_000,
        message: 'the whole log',
      });
      return member.seen;
    } finally {
      await broker.close();
    }
  };

  it.each<BrokerClient>(['kafkajs', 'platformatic'])(
    '%s, one after another as the relay does, loses nothing and keeps the order',
    async (client) => {
      const topic = freshName('overlap');
      const publishing = await opened(client, topic, [`127.0.0.1:${proxy.port}`]);
      const publisher = publishing.publisher();
      await publisher.partitions();
      const { cuts } = losesAcknowledgements(proxy);
      let turn = Promise.resolve();
      const publish = (batch: readonly LogRecord[]): Promise<void> =>
        (turn = turn.then(async () => {
          await until(
            () =>
              publisher.publish(batch).then(
                () => true,
                (error: unknown) => {
                  if (!(error instanceof PublishOutcomeUnknown)) throw error;
                  return false;
                },
              ),
            { deadlineMs: 60_000, message: 'an acknowledgement' },
          );
        }));
      const callers = Array.from({ length: CALLERS }, (_, caller) => batchesOf(caller));
      await Promise.all(
        callers.map(async (batches) => {
          for (const batch of batches) await publish(batch);
        }),
      );
      await publishing.close();
      expect(cuts()).toBeGreaterThan(3);
      const log = await logOf(topic);
      expect(log.length).toBeGreaterThan(CALLERS * BATCHES * PER_BATCH); // what was cut was stored, and sent again
      expect(findings(callers.flat(), log)).toEqual([]);
    },
  );

  it('kafkajs, idempotent and overlapping, does not: the check is worth something', async () => {
    const topic = freshName('control');
    const making = await opened('kafkajs', topic, kafka.brokers);
    await making.publisher().partitions();
    await making.close();
    losesAcknowledgements(proxy);
    const producer = new Kafka({
      brokers: [`127.0.0.1:${proxy.port}`],
      logLevel: logLevel.NOTHING,
      retry: { retries: 5, initialRetryTime: 50 },
    }).producer({ idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    const acknowledged: (readonly LogRecord[])[] = [];
    const callers = Array.from({ length: CALLERS }, (_, caller) => batchesOf(caller));
    await Promise.all(
      callers.map(async (batches) => {
        for (const batch of batches) {
          const messages = batch.map(({ key, partition }) => ({ key, partition, value: key }));
          await producer.sendBatch({ acks: -1, topicMessages: [{ topic, messages }] }).then(
            () => acknowledged.push(batch),
            () => undefined,
          );
        }
      }),
    );
    await producer.disconnect();
    const log = await logOf(topic);
    expect(findings(acknowledged, log)).not.toEqual([]);
  });
});
