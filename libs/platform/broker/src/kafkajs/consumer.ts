/**
 * Consuming through kafkajs. It fetches from a broker only after every batch of the last fetch was handled, so one
 * slow partition would hold up the others: a batch that takes long leaves the loop, its partition paused, and comes
 * back when it was handled. A consumer that crashed is replaced by a new one.
 */
import type { Consumer, EachBatchPayload, IHeaders, KafkaMessage } from 'kafkajs';
import { TopicPresence } from '../client-broker.js';
import type { Administration } from '../client-broker.js';
import { Delivery } from '../delivery.js';
import type { ConsumerHandlers, DeliveredRecord, LogConsumer } from '../ports.js';
import { Sessions } from '../sessions.js';
import type { Session } from '../sessions.js';
import { FETCH_WAIT_MS, PATIENCE_MS } from '../settings.js';
import type { BrokerSettings } from '../settings.js';
import { endedWithin } from '../within.js';
import { kafkaOf } from './client.js';

const RETRIES = 5;
/** A consumer without a sign of life for so many session timeouts hangs. */
const SILENT_SESSIONS = 5;
const WATCH_MS = 1_000;
/** kafkajs's words for UNKNOWN_TOPIC_OR_PARTITION; it would go on at the old offset when the topic is back. */
const NO_SUCH_TOPIC = 'This server does not host this topic-partition';
/** Batches handled beside one another; more of them wait for their turn. */
const MOST_AT_ONCE = 64;

const textOf = (value: IHeaders[string]): string => (Array.isArray(value) ? value.at(-1) : value)?.toString('utf8') ?? '';

const recordOf = (partition: number, message: KafkaMessage): DeliveredRecord => ({
  partition,
  offset: BigInt(message.offset),
  key: message.key?.toString('utf8') ?? '',
  value: message.value ?? new Uint8Array(),
  headers: Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, textOf(value)])),
});

export class KafkaJsConsumer implements LogConsumer {
  #delivery: Delivery | undefined;
  readonly #presence: TopicPresence;
  readonly #sessions: Sessions;

  constructor(private readonly settings: BrokerSettings, administration: Administration, private readonly group: string) {
    this.#presence = new TopicPresence(administration);
    this.#sessions = new Sessions((session) => this.#session(session), settings.log);
  }

  async start(handlers: ConsumerHandlers): Promise<void> {
    this.#delivery ??= new Delivery(handlers, this.settings.log);
    await this.#sessions.start();
  }

  async close(): Promise<void> {
    await this.#delivery?.close();
    await this.#sessions.close();
  }

  async #session({ ended, joined }: Session): Promise<void> {
    const { topic, sessionTimeoutMs, heartbeatMs, requestTimeoutMs } = this.settings;
    await this.#presence.expect();
    const forgotten = new AbortController();
    const onFault = (answerTo: string, fault: string): void => {
      if (answerTo.startsWith('Response Fetch') && fault === NO_SUCH_TOPIC) forgotten.abort();
    };
    const consumer = kafkaOf(this.settings, { retries: RETRIES, onFault }).consumer({
      groupId: this.group,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { retries: RETRIES, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
    });
    const over = this.#whenOver(consumer, { ended, joined }, forgotten.signal);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: MOST_AT_ONCE,
        eachBatch: (payload) => this.#eachBatch(consumer, payload),
      });
      await over;
    } finally {
      this.#delivery?.revokeAll();
      await endedWithin(requestTimeoutMs, consumer.disconnect());
    }
  }

  /** Resolves when told to end; rejects when the consumer crashed or hangs. */
  async #whenOver(consumer: Consumer, { ended, joined }: Session, forgotten: AbortSignal): Promise<void> {
    const { topic, sessionTimeoutMs } = this.settings;
    const { GROUP_JOIN, REBALANCING, CRASH, FETCH, HEARTBEAT } = consumer.events;
    let sign = performance.now();
    const alive = (): void => void (sign = performance.now());
    consumer.on(FETCH, alive);
    consumer.on(HEARTBEAT, alive);
    consumer.on(REBALANCING, () => this.#delivery?.revokeAll());
    consumer.on(GROUP_JOIN, ({ payload }) => {
      alive();
      this.#delivery?.assign(payload.memberAssignment[topic] ?? []);
      joined();
    });
    const over = new Promise<void>((resolve, reject) => {
      const watch = setInterval(() => {
        if (performance.now() - sign > SILENT_SESSIONS * sessionTimeoutMs) end(new Error('no sign of life'));
      }, WATCH_MS);
      const end = (error?: Error): void => {
        clearInterval(watch);
        ended.removeEventListener('abort', told);
        if (error === undefined) resolve();
        else reject(error);
      };
      const told = (): void => end();
      // Its offsets are of another topic by the same name: the next session asks the group for them.
      forgotten.addEventListener('abort', () => end(new Error('the topic was deleted')), { once: true });
      consumer.on(CRASH, ({ payload }) => end(payload.error));
      ended.addEventListener('abort', told);
      if (ended.aborted) end();
    });
    over.catch(() => undefined); // it may crash before anybody waits
    return over;
  }

  async #eachBatch(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { topic, partition, messages } = batch;
    const offset = (BigInt(batch.lastOffset()) + 1n).toString();
    const handled = this.#delivery?.deliver(partition, messages.map((message) => recordOf(partition, message)), async () => {
      payload.resolveOffset(batch.lastOffset());
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    }) ?? Promise.resolve(false);
    if (await endedWithin(PATIENCE_MS, handled)) return;
    payload.pause();
    // After a crash there is nothing to resume: the next consumer fetches from the committed offset.
    void handled.then(() => consumer.resume([{ topic, partitions: [partition] }])).catch(() => undefined);
  }
}
