/**
 * Publishing through kafkajs 2.2.4. Its idempotent producer loses acknowledged records when sends overlap and a
 * connection dies, so: not idempotent, no transactions, one outstanding send, partitions always given, every
 * acknowledgement compared with what was sent, and a producer that failed is never used again.
 */
import { Partitioners } from 'kafkajs';
import type { Producer, RecordMetadata } from 'kafkajs';
import { PublishOutcomeUnknown } from '../ports.js';
import type { LogPublisher, LogRecord } from '../ports.js';
import { requestsOf } from '../requests.js';
import type { BrokerSettings } from '../settings.js';
import { SingleFlight } from '../single-flight.js';
import type { KafkaJsAdministration } from './administration.js';
import { kafkaOf } from './client.js';

const RETRIES = 2;
const ALL_IN_SYNC = -1;

const messageOf = ({ partition, key, value, headers }: LogRecord) => ({
  partition, key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength), headers: { ...headers },
});

/** kafkajs leaves out, without a word, what belongs to a partition that it does not know. */
const assertAcknowledged = (sent: readonly LogRecord[], answers: readonly RecordMetadata[]): void => {
  const stored = new Set(answers.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition));
  const missing = [...new Set(sent.map(({ partition }) => partition))].filter((partition) => !stored.has(partition));
  if (missing.length > 0) throw new Error(`no acknowledgement for the partitions ${missing.join(', ')}`);
};

export class KafkaJsPublisher implements LogPublisher {
  readonly #flight = new SingleFlight();
  #producer: Promise<Producer> | undefined;

  constructor(private readonly settings: BrokerSettings, private readonly administration: KafkaJsAdministration) {}

  async partitions(): Promise<number> {
    return this.administration.ensureTopic();
  }

  async publish(records: readonly LogRecord[]): Promise<void> {
    await this.#flight.run(() => this.#publish(records));
  }

  async close(): Promise<void> {
    await this.#flight.idle();
    await this.#throwAway();
  }

  async #publish(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    const { topic, requestTimeoutMs } = this.settings;
    try {
      this.#producer ??= this.#open();
      const producer = await this.#producer;
      for (const request of requestsOf(records)) {
        const topicMessages = [{ topic, messages: request.map(messageOf) }];
        assertAcknowledged(request, await producer.sendBatch({ acks: ALL_IN_SYNC, timeout: requestTimeoutMs, topicMessages }));
      }
    } catch (error) {
      await this.#throwAway();
      throw new PublishOutcomeUnknown('kafkajs did not acknowledge a batch', { cause: error });
    }
  }

  /** Also makes the topic again when somebody deleted it. */
  async #open(): Promise<Producer> {
    await this.administration.ensureTopic();
    const producer = kafkaOf(this.settings, { retries: RETRIES }).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      idempotent: false,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    return producer;
  }

  async #throwAway(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  }
}
