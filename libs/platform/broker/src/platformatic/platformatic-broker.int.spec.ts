import { brokerSuite, CHECK_PARTITIONS, describeWithKafka, freshName, requireKafka } from '@fascia/testkit';
import { openBroker } from '../open-broker.js';

describeWithKafka('@platformatic/kafka on a real broker', () => {
  brokerSuite('@platformatic/kafka', async () => {
    const { brokers } = await requireKafka();
    const broker = await openBroker('platformatic', {
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
