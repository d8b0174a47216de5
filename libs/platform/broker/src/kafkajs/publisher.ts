/**
 * Publishing through kafkajs 2.2.4. Its idempotent producer loses acknowledged records when sends overlap and a
 * connection dies, so: not idempotent, no transactions, one outstanding send, partitions always given, every
 * acknowledgement compared with what was sent, and a producer that failed is never used again.
 */
import { Partitioners } from 'kafkajs';
import type { Producer } from 'kafkajs';
import type { Administration } from '../client-broker.js';
import { PublishOutcomeUnknown } from '../ports.js';
import type { LogPublisher, LogRecord } from '../ports.js';
import { assertAcknowledged, requestsOf } from '../requests.js';
import type { BrokerSettings } from '../settings.js';
import { SingleFlight } from '../single-flight.js';
import { kafkaOf } from './client.js';

const RETRIES = 2;
const ALL_IN_SYNC = -1;

const messageOf = ({ partition, key, value, headers }: LogRecord) => ({
  partition, key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength), headers: { ...headers },
});

export class KafkaJsPublisher implements LogPublisher {
  readonly #flight = new SingleFlight();
  #producer: Promise<Producer> | undefined;

  constructor(private readonly settings: BrokerSettings, private readonly administration: Administration) {}

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
        const answers = await producer.sendBatch({ acks: ALL_IN_SYNC, timeout: requestTimeoutMs, topicMessages });
        // kafkajs leaves out, without a word, what belongs to a partition that it does not know.
        assertAcknowledged(request, answers.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition));
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
