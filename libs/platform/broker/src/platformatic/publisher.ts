/** Sending through @platformatic/kafka, under the same rules as kafkajs: not idempotent, partitions always given. */
import { Producer, ProduceAcks, stringSerializer } from '@platformatic/kafka';
import type { Sender } from '../publisher.js';
import type { BrokerSettings } from '../settings.js';
import { clientOptions } from './client.js';

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const openSender = async (settings: BrokerSettings): Promise<Sender> => {
  const { topic } = settings;
  const producer = new Producer<string, Buffer, string, string>({
    ...clientOptions(settings),
    acks: ProduceAcks.ALL,
    idempotent: false,
    serializers: {
      key: stringSerializer,
      value: (value) => value,
      headerKey: stringSerializer,
      headerValue: stringSerializer,
    },
  });
  return {
    send: async (request) => {
      const messages = request.map(({ partition, key, value, headers }) => ({
        topic,
        partition,
        key,
        value: asBuffer(value),
        headers: { ...headers },
      }));
      const { offsets = [] } = await producer.send({ messages });
      return offsets.map(({ partition }) => partition);
    },
    close: () => producer.close(),
  };
};
