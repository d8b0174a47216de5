/**
 * Sending through kafkajs 2.2.4. Its idempotent producer loses acknowledged records when sends overlap and a connection
 * dies, so: not idempotent, no transactions, partitions always given.
 */
import { Partitioners } from 'kafkajs';
import type { LogRecord } from '../ports.js';
import type { Sender } from '../publisher.js';
import type { BrokerSettings } from '../settings.js';
import { kafkaOf } from './client.js';

const RETRIES = 2;
const ALL_IN_SYNC = -1;

const messageOf = ({ partition, key, value, headers }: LogRecord) => ({
  partition,
  key,
  value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  headers: { ...headers },
});

export const openSender = async (settings: BrokerSettings): Promise<Sender> => {
  const { topic, requestTimeoutMs } = settings;
  const producer = kafkaOf(settings, { retries: RETRIES }).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    idempotent: false,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  return {
    send: async (request) => {
      const topicMessages = [{ topic, messages: request.map(messageOf) }];
      const answers = await producer.sendBatch({
        acks: ALL_IN_SYNC,
        timeout: requestTimeoutMs,
        topicMessages,
      });
      // kafkajs leaves out, without a word, what belongs to a partition that it does not know.
      return answers.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition);
    },
    close: () => producer.disconnect(),
  };
};
