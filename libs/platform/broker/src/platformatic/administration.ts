/** The topic and the offsets of groups, asked through @platformatic/kafka. */
import { setTimeout as delay } from 'node:timers/promises';
import { Admin, findErrorBy, ListOffsetTimestamps } from '@platformatic/kafka';
import { Backoff } from '@fascia/retry';
import type { Administration } from '../client-broker.js';
import type { PartitionLag } from '../ports.js';
import { replicationOf, topicConfig } from '../settings.js';
import type { BrokerSettings } from '../settings.js';
import { clientOptions } from './client.js';

const SERVED_AFTER_TRIALS = 6;

export class PlatformaticAdministration implements Administration {
  readonly #admin: Admin;

  constructor(private readonly settings: BrokerSettings) {
    this.#admin = new Admin(clientOptions(settings));
  }

  async ping(): Promise<void> {
    await this.#admin.metadata({ topics: [], forceUpdate: true, retries: 0 });
  }

  async existing(): Promise<number | undefined> {
    const { topic } = this.settings;
    if (!(await this.#admin.listTopics({})).includes(topic)) return undefined;
    const { topics } = await this.#admin.metadata({ topics: [topic], forceUpdate: true });
    return topics.get(topic)?.partitionsCount;
  }

  async ensureTopic(): Promise<number> {
    const existing = await this.existing();
    if (existing !== undefined) return existing;
    const { topic, partitions } = this.settings;
    const { brokers } = await this.#admin.metadata({ topics: [], forceUpdate: true });
    const replicas = replicationOf(this.settings, brokers.size);
    try {
      await this.#admin.createTopics({
        topics: [topic],
        partitions,
        replicas,
        configs: [...topicConfig(this.settings, replicas)],
      });
    } catch (error) {
      if (!(error instanceof Error) || findErrorBy(error, 'apiId', 'TOPIC_ALREADY_EXISTS') === null)
        throw error;
    }
    return this.#whenServed();
  }

  /**
   * A new topic is known before its partitions are served: a batch sent meanwhile is refused by some, and the client
   * then repeats it to all.
   */
  async #whenServed(): Promise<number> {
    const { topic: name } = this.settings;
    const backoff = new Backoff();
    for (let failures = 0; ; failures += 1) {
      try {
        const { topics } = await this.#admin.metadata({ topics: [name], forceUpdate: true });
        const count = topics.get(name)?.partitionsCount ?? 0;
        const partitions = Array.from({ length: count }, (_, partitionIndex) => ({
          partitionIndex,
          timestamp: ListOffsetTimestamps.LATEST,
        }));
        await this.#admin.listOffsets({ topics: [{ name, partitions }] });
        if (count > 0) return count;
      } catch (error) {
        if (failures >= SERVED_AFTER_TRIALS) throw error;
      }
      await delay(backoff.next());
    }
  }

  async lag(groupId: string): Promise<readonly PartitionLag[]> {
    const { topic: name } = this.settings;
    const { topics } = await this.#admin.metadata({ topics: [name], forceUpdate: true });
    const partitionIndexes = Array.from(
      { length: topics.get(name)?.partitionsCount ?? 0 },
      (_, partition) => partition,
    );
    const latest = partitionIndexes.map((partitionIndex) => ({
      partitionIndex,
      timestamp: ListOffsetTimestamps.LATEST,
    }));
    const [[ends], groups] = await Promise.all([
      this.#admin.listOffsets({ topics: [{ name, partitions: latest }] }),
      this.#admin.listConsumerGroupOffsets({ groups: [{ groupId, topics: [{ name, partitionIndexes }] }] }),
    ]);
    const committed = new Map(
      groups
        .flatMap((group) => group.topics)
        .flatMap((topic) => topic.partitions)
        .map((one) => [one.partitionIndex, one.committedOffset]),
    );
    return (ends?.partitions ?? [])
      .map(({ partitionIndex: partition, offset: end }) => {
        const offset = committed.get(partition) ?? -1n;
        return { partition, end, committed: offset < 0n ? undefined : offset };
      })
      .sort((a, b) => a.partition - b.partition);
  }

  async close(): Promise<void> {
    await this.#admin.close();
  }
}
