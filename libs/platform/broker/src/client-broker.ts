/** The broker port on a client library: what it made is closed with it. */
import type { Broker, LogConsumer, LogPublisher, PartitionLag } from './ports.js';

export interface Administration {
  ping(): Promise<void>;
  /** @returns the partitions of the topic, or undefined when there is no such topic */
  existing(): Promise<number | undefined>;
  /** Makes the topic when missing; somebody else may do the same. @returns its partitions */
  ensureTopic(): Promise<number>;
  lag(group: string): Promise<readonly PartitionLag[]>;
  close(): Promise<void>;
}

export interface ClientParts {
  readonly administration: Administration;
  readonly publisher: () => LogPublisher;
  readonly consumer: (group: string) => LogConsumer;
}

/** A consumer that starts makes the topic; one whose topic was deleted leaves it to its owner to make it again. */
export class TopicPresence {
  #seen = false;

  constructor(private readonly administration: Administration) {}

  async expect(): Promise<void> {
    if (this.#seen && (await this.administration.existing()) === undefined)
      throw new Error('the topic is gone');
    await this.administration.ensureTopic();
    this.#seen = true;
  }
}

export class ClientBroker implements Broker {
  readonly #open = new Set<LogPublisher | LogConsumer>();

  constructor(private readonly parts: ClientParts) {}

  publisher(): LogPublisher {
    return this.#track(this.parts.publisher());
  }

  consumer(group: string): LogConsumer {
    return this.#track(this.parts.consumer(group));
  }

  async lag(group: string): Promise<readonly PartitionLag[]> {
    return this.parts.administration.lag(group);
  }

  async ping(): Promise<void> {
    await this.parts.administration.ping();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((one) => one.close()));
    await this.parts.administration.close();
  }

  #track<T extends LogPublisher | LogConsumer>(one: T): T {
    this.#open.add(one);
    return one;
  }
}
