import { brokerSuite, CHECK_PARTITIONS } from '@fascia/testkit';
import { memoryBroker } from './memory-broker.js';

brokerSuite('memory', async () => {
  const broker = memoryBroker({ partitions: CHECK_PARTITIONS });
  return { broker, close: () => broker.close() };
});
