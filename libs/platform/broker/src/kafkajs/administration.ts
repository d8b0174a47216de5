/** The topic and the offsets of groups, asked through one connection that is thrown away after a fault. */
import { whilePassing } from '@fascia/retry';
import type { Admin } from 'kafkajs';
import type { Administration } from '../client-broker.js';
import type { PartitionLag } from '../ports.js';
import { replicationOf, topicConfig } from '../settings.js';
import type { BrokerSettings } from '../settings.js';
import { kafkaOf } from './client.js';

const NEVER_COMMITTED = '-1';

const SERVED_MS = 15_000;

const isRetriable = (error: unknown): boolean => (error as { retriable?: unknown }).retriable === true;

export class KafkaJsAdministration implements Administration {
  #admin: Promise<Admin> | undefined;

  constructor(private readonly settings: BrokerSettings) {}

  async ping(): Promise<void> {
    await this.#use((admin) => admin.describeCluster());
  }

  async existing(): Promise<number | undefined> {
    const { topic } = this.settings;
    return this.#use(async (admin) => {
      if (!(await admin.listTopics()).includes(topic)) return undefined;
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length;
    });
  }

  async ensureTopic(): Promise<number> {
    const existing = await this.existing();
    if (existing !== undefined) return existing;
    const { topic, partitions } = this.settings;
    return this.#use(async (admin) => {
      const { brokers } = await admin.describeCluster();
      const replicationFactor = replicationOf(this.settings, brokers.length);
      const configEntries = [...topicConfig(this.settings, replicationFactor)];
      await admin.createTopics({
        waitForLeaders: true,
        topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }],
      });
      // A partition can have a leader that does not serve it yet: offsets are asked for until all do.
      await whilePassing(() => admin.fetchTopicOffsets(topic), isRetriable, SERVED_MS);
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions.length ?? partitions;
    });
  }

  async lag(groupId: string): Promise<readonly PartitionLag[]> {
    const { topic } = this.settings;
    const [ends, groups] = await this.#use((admin) =>
      Promise.all([admin.fetchTopicOffsets(topic), admin.fetchOffsets({ groupId, topics: [topic] })]),
    );
    const committed = new Map(
      groups.flatMap((group) => group.partitions).map(({ partition, offset }) => [partition, offset]),
    );
    return ends
      .map(({ partition, high }) => {
        const offset = committed.get(partition) ?? NEVER_COMMITTED;
        return {
          partition,
          end: BigInt(high),
          committed: offset === NEVER_COMMITTED ? undefined : BigInt(offset),
        };
      })
      .sort((a, b) => a.partition - b.partition);
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    await admin?.then((connected) => connected.disconnect()).catch(() => undefined);
  }

  async #use<T>(ask: (admin: Admin) => Promise<T>): Promise<T> {
    this.#admin ??= this.#connect();
    const mine = this.#admin;
    try {
      return await ask(await mine);
    } catch (error) {
      if (this.#admin === mine) await this.close();
      throw error;
    }
  }

  async #connect(): Promise<Admin> {
    const admin = kafkaOf(this.settings, { retries: 1 }).admin();
    await admin.connect();
    return admin;
  }
}
