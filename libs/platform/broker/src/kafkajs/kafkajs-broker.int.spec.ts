import { describeWithKafka, freshName, requireKafka, until } from '@fascia/testkit';
import type { DeliveredRecord } from '../ports.js';
import { openBroker } from '../open-broker.js';

describeWithKafka('smoke', () => {
  it('goes', async () => {
    const { brokers } = await requireKafka();
    const broker = openBroker('kafkajs', { brokers, topic: freshName('t'), partitions: 3, clientId: 'spec', log: () => undefined });
    const got: DeliveredRecord[] = [];
    await broker.publisher().publish([{ partition: 2, key: 'k', value: Buffer.from('v'), headers: { a: 'b' } }]);
    await broker.consumer('g').start({ assigned: () => undefined, revoked: () => undefined, handle: async (_, records) => void got.push(...records) });
    await until(() => got.length === 1, { message: 'a record' });
    await broker.close();
    expect(got).toHaveLength(1);
  });
});
