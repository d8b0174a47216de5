/** Publishing through @platformatic/kafka, under the same rules as kafkajs: one outstanding send, partitions given. */
import { Producer, ProduceAcks, stringSerializer } from '@platformatic/kafka';
import type { Administration } from '../client-broker.js';
import { PublishOutcomeUnknown } from '../ports.js';
import type { LogPublisher, LogRecord } from '../ports.js';
import { assertAcknowledged, requestsOf } from '../requests.js';
import type { BrokerSettings } from '../settings.js';
import { SingleFlight } from '../single-flight.js';
import { clientOptions } from './client.js';

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const producerOf = (settings: BrokerSettings) => new Producer<string, Buffer, string, string>({
  ...clientOptions(settings),
  acks: ProduceAcks.ALL,
  idempotent: false,
  serializers: { key: stringSerializer, value: (value) => value, headerKey: stringSerializer, headerValue: stringSerializer },
});

export class PlatformaticPublisher implements LogPublisher {
  readonly #flight = new SingleFlight();
  #producer: ReturnType<typeof producerOf> | undefined;

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
    const { topic } = this.settings;
    try {
      // Also makes the topic again when somebody deleted it.
      const known = this.#producer === undefined ? await this.administration.ensureTopic() : undefined;
      this.#producer ??= producerOf(this.settings);
      // The client would put a record of a partition that does not exist into another one.
      if (known !== undefined && records.some(({ partition }) => partition >= known)) throw new RangeError(`the topic has ${known} partitions`);
      for (const request of requestsOf(records)) {
        const messages = request.map(({ partition, key, value, headers }) => ({ topic, partition, key, value: asBuffer(value), headers: { ...headers } }));
        const { offsets = [] } = await this.#producer.send({ messages });
        assertAcknowledged(request, offsets.map(({ partition }) => partition));
      }
    } catch (error) {
      await this.#throwAway();
      throw new PublishOutcomeUnknown('@platformatic/kafka did not acknowledge a batch', { cause: error });
    }
  }

  async #throwAway(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.close().catch(() => undefined);
  }
}
