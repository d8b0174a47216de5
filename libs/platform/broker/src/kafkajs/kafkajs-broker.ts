/** The broker port on kafkajs. */
import type { Broker, LogConsumer, LogPublisher, PartitionLag } from '../ports.js';
import type { BrokerSettings } from '../settings.js';
import { KafkaJsAdministration } from './administration.js';
import { KafkaJsConsumer } from './consumer.js';
import { KafkaJsPublisher } from './publisher.js';

export class KafkaJsBroker implements Broker {
  readonly #administration: KafkaJsAdministration;
  readonly #open = new Set<LogPublisher | LogConsumer>();

  constructor(private readonly settings: BrokerSettings) {
    this.#administration = new KafkaJsAdministration(settings);
  }

  publisher(): LogPublisher {
    return this.#track(new KafkaJsPublisher(this.settings, this.#administration));
  }

  consumer(group: string): LogConsumer {
    return this.#track(new KafkaJsConsumer(this.settings, this.#administration, group));
  }

  async lag(group: string): Promise<readonly PartitionLag[]> {
    return this.#administration.lag(group);
  }

  async ping(): Promise<void> {
    await this.#administration.ping();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((one) => one.close()));
    await this.#administration.close();
  }

  #track<T extends LogPublisher | LogConsumer>(one: T): T {
    this.#open.add(one);
    return one;
  }
}
