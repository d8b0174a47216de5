import { brokerSuite, CHECK_PARTITIONS, describeWithKafka, freshName, requireKafka } from '@fascia/testkit';
import { openBroker } from '../open-broker.js';

describeWithKafka('kafkajs on a real broker', () => {
  brokerSuite('kafkajs', async () => {
    const { brokers } = await requireKafka();
    // Sharing waits for heartbeats.
    const broker = await openBroker('kafkajs', {
      brokers,
      topic: freshName('suite'),
      partitions: CHECK_PARTITIONS,
      clientId: 'spec',
      log: () => undefined,
      heartbeatMs: 200,
    });
    return { broker, close: () => broker.close() };
  });
});
