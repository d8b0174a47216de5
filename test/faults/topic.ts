/** What can be done to a topic behind everybody's back. */
import kafkajs, { type Admin, type IHeaders, type Kafka } from 'kafkajs';

const READ_MS = 60_000;
const AT_ONCE = 200;

export interface TopicRecord {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
}

export class Topic {
  readonly #kafka: Kafka;
  readonly #admin: Admin;
  #connected: Promise<void> | undefined;

  constructor(
    brokers: readonly string[],
    readonly name: string,
  ) {
    this.#kafka = new kafkajs.Kafka({
      brokers: [...brokers],
      clientId: 'saboteur',
      logLevel: kafkajs.logLevel.NOTHING,
    });
    this.#admin = this.#kafka.admin();
  }

  async close(): Promise<void> {
    if (this.#connected !== undefined) await this.#admin.disconnect();
  }

  /** A member joins a group and leaves at once, twice over: partitions move each time. */
  async joinAndLeave(groupId: string): Promise<void> {
    const members = [1, 2].map(() =>
      this.#kafka.consumer({ groupId, sessionTimeout: 6_000, heartbeatInterval: 1_000 }),
    );
    await Promise.all(
      members.map(async (member) => {
        await member.connect();
        await member.subscribe({ topics: [this.name] });
        const joined = new Promise((resolve) => {
          member.on(member.events.GROUP_JOIN, resolve);
        });
        // Takes nothing: what it was given goes back to the others unread.
        await member.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
        await joined;
        await member.disconnect();
      }),
    );
  }

  /** Everything that is in the topic. */
  async read(): Promise<readonly TopicRecord[]> {
    const ends = await this.#ends();
    const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    const consumer = this.#kafka.consumer({ groupId: `read-${String(Date.now())}` });
    await consumer.connect();
    await consumer.subscribe({ topics: [this.name], fromBeginning: true });
    const read: TopicRecord[] = [];
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`only ${String(read.length)} of ${String(wanted)} records read`));
      }, READ_MS);
      void consumer.run({
        eachMessage: ({ partition, message: { key, value, headers } }) => {
          read.push({ partition, key, value, headers: headers ?? {} });
          if (read.length === wanted) {
            clearTimeout(late);
            resolve();
          }
          return Promise.resolve();
        },
      });
    });
    await consumer.disconnect();
    return read;
  }

  /** Everything that is in the topic, once more at its end. @returns how many records that was */
  async replay(): Promise<number> {
    const messages = [...(await this.read())];
    const producer = this.#kafka.producer();
    await producer.connect();
    // One batch of everything would be more than a broker takes.
    for (let from = 0; from < messages.length; from += AT_ONCE)
      await producer.send({ topic: this.name, messages: messages.slice(from, from + AT_ONCE), acks: -1 });
    await producer.disconnect();
    return messages.length;
  }

  /** As if the retention time were over: everything so far is gone. */
  async forget(): Promise<void> {
    const ends = await this.#ends();
    await this.#admin.deleteTopicRecords({
      topic: this.name,
      partitions: ends.map(({ partition, high }) => ({ partition, offset: high })),
    });
  }

  async makeAnew(): Promise<void> {
    const partitions = (await this.#ends()).length;
    await this.#admin.deleteTopics({ topics: [this.name] });
    for (;;) {
      const made = await this.#admin
        .createTopics({ topics: [{ topic: this.name, numPartitions: partitions, replicationFactor: 1 }] })
        .catch(() => false);
      const { topics } = await this.#admin
        .fetchTopicMetadata({ topics: [this.name] })
        .catch(() => ({ topics: [] }));
      if (made || topics.some((topic) => topic.partitions.length === partitions)) return;
    }
  }

  async #ends() {
    this.#connected ??= this.#admin.connect();
    await this.#connected;
    return this.#admin.fetchTopicOffsets(this.name);
  }
}
