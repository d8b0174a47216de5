/** Brokers that die, topics that vanish, members that are gone: both clients, on a broker of their own. */
import { Admin } from '@platformatic/kafka';
import {
  assertInOrder,
  CHECK_PARTITIONS,
  describeWithKafka,
  freshName,
  Member,
  newRecords,
  startKafka,
  TcpProxy,
  until,
} from '@fascia/testkit';
import type { KafkaServer } from '@fascia/testkit';
import { openBroker } from './open-broker.js';
import type { BrokerClient } from './open-broker.js';
import { PublishOutcomeUnknown } from './ports.js';
import type { Broker, LogPublisher, LogRecord } from './ports.js';

const RECOVERY_MS = 100_000;

/** As the relay does: the same batch until it is acknowledged. */
const publishAtLast = async (publisher: LogPublisher, records: readonly LogRecord[]): Promise<number> => {
  let unknown = 0;
  await until(
    () =>
      publisher.publish(records).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof PublishOutcomeUnknown)) throw error;
          unknown += 1;
          return false;
        },
      ),
    { deadlineMs: RECOVERY_MS, everyMs: 50, message: 'a batch that is acknowledged at last' },
  );
  return unknown;
};

const memberOf = (broker: Broker, group = 'readers'): Member =>
  new Member({ broker, deliveryMs: RECOVERY_MS, close: async () => undefined }, group);

describeWithKafka('on a broker of its own', () => {
  let kafka: KafkaServer;
  let proxy: TcpProxy;
  const opened: Broker[] = [];

  const open = async (
    client: BrokerClient,
    topic: string,
    brokers: readonly string[] = kafka.brokers,
  ): Promise<Broker> => {
    const broker = await openBroker(client, {
      brokers,
      topic,
      partitions: CHECK_PARTITIONS,
      clientId: 'spec',
      log: () => undefined,
      heartbeatMs: 200,
      sessionTimeoutMs: 2_000,
      requestTimeoutMs: 3_000,
    });
    opened.push(broker);
    return broker;
  };

  beforeAll(async () => {
    proxy = await TcpProxy.listen();
    kafka = await startKafka({ proxyPort: proxy.port });
    proxy.forwardTo(kafka.proxiedPort);
  });

  afterEach(async () => {
    Object.assign(proxy, { onAnswer: () => 'pass', onRequest: () => 'pass', refuse: false });
    await Promise.all(opened.splice(0).map((broker) => broker.close()));
  });

  afterAll(async () => {
    await proxy.close();
    await kafka.stop();
  });

  describe.each<BrokerClient>(['kafkajs', 'platformatic'])('%s', (client) => {
    it('goes on after kill -9 of the broker, and nothing acknowledged is lost', async () => {
      const broker = await open(client, freshName('killed'));
      const publisher = broker.publisher();
      const [before, during] = [newRecords(100), newRecords(100)];
      await publishAtLast(publisher, before);
      const member = await memberOf(broker).start();
      await member.hasSeen(before);
      await kafka.kill9();
      await expect(broker.ping()).rejects.toThrow();
      await expect(publisher.publish(during)).rejects.toThrow(PublishOutcomeUnknown);
      await kafka.start();
      await publishAtLast(publisher, during);
      await broker.ping();
      await member.hasSeen(during);
      assertInOrder([...before, ...during], member.seen, 'some');
    });

    it('goes on with a topic that was deleted and made again, from its first record', async () => {
      const topic = freshName('deleted');
      const broker = await open(client, topic);
      const publisher = broker.publisher();
      const before = newRecords(8);
      await publishAtLast(publisher, before);
      const member = await memberOf(broker).start();
      await member.hasSeen(before);
      // An offset that is committed later is the new topic's to the broker; followers then fill the hole from the store.
      await until(
        async () => (await broker.lag('readers')).every(({ end, committed }) => (committed ?? 0n) === end),
        { deadlineMs: RECOVERY_MS, message: 'what was handled to be committed' },
      );
      const admin = new Admin({ clientId: 'spec', bootstrapBrokers: [...kafka.brokers] });
      await admin.deleteTopics({ topics: [topic] });
      await admin.close();
      // More than there was before: an old offset would lie in the middle of the new topic.
      const after = newRecords(400);
      await publishAtLast(publisher, after);
      await member.hasSeen(after);
      // What was handled but not committed when the topic went may have come again before.
      assertInOrder(
        after,
        member.seen.filter(({ key }) => after.some((record) => record.key === key)),
        'some',
      );
      expect(await publisher.partitions()).toBe(CHECK_PARTITIONS);
    });

    it('hands the partitions of a member that is cut off to another', async () => {
      const topic = freshName('cut-off');
      const publisher = (await open(client, topic)).publisher();
      const before = newRecords(40);
      await publishAtLast(publisher, before);
      const lost = await memberOf(await open(client, topic, [`127.0.0.1:${proxy.port}`])).start();
      await lost.hasSeen(before);
      proxy.refuse = true;
      proxy.cut();
      const heir = await memberOf(await open(client, topic)).start();
      const after = newRecords(40);
      await publishAtLast(publisher, after);
      await heir.hasSeen(after);
      expect(heir.assigned.size).toBe(CHECK_PARTITIONS);
    });

    it('is a member no more once it was closed, wherever it was on the way back', async () => {
      const [topic, group] = [freshName('left'), freshName('left-early')];
      const records = newRecords(40);
      await publishAtLast((await open(client, topic)).publisher(), records);
      for (const turnedAway of [0, 1, 2, 3, 4, 6, 8]) {
        const broker = await open(client, topic, [`127.0.0.1:${proxy.port}`]);
        const early = memberOf(broker, group);
        await early.start();
        const before = proxy.refused;
        proxy.refuse = true;
        proxy.cut();
        await until(() => proxy.refused >= before + turnedAway, {
          deadlineMs: RECOVERY_MS,
          everyMs: 5,
          message: 'a member that looks for its broker again',
        });
        proxy.refuse = false;
        await early.consumer.close();
      }
      const heir = await memberOf(await open(client, topic), group).start();
      await heir.hasSeen(records);
      expect(heir.assigned.size).toBe(CHECK_PARTITIONS);
    });

    it('starts in the background when no broker is there', async () => {
      const topic = freshName('late');
      proxy.refuse = true;
      const broker = await open(client, topic, [`127.0.0.1:${proxy.port}`]);
      const member = await memberOf(broker).start();
      expect(member.assigned.size).toBe(0);
      proxy.refuse = false;
      const records = newRecords(4);
      await publishAtLast(broker.publisher(), records);
      await member.hasSeen(records);
    });
  });
});
