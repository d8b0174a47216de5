/**
 * Consuming through kafkajs. It fetches from a broker only after every batch of the last fetch was handled, so one
 * slow partition would hold up the others: a batch that takes long leaves the loop, its partition paused, and comes
 * back when it was handled. A consumer that crashed is replaced by a new one.
 */
import type { Consumer, EachBatchPayload, IHeaders, KafkaMessage } from 'kafkajs';
import type { Delivery } from '../delivery.js';
import type { DeliveredRecord } from '../ports.js';
import type { Membership } from '../session-consumer.js';
import type { Session } from '../sessions.js';
import { FETCH_WAIT_MS, PATIENCE_MS, REBALANCE_SESSIONS } from '../settings.js';
import type { BrokerSettings } from '../settings.js';
import { endedWithin } from '../within.js';
import { kafkaOf } from './client.js';

const RETRIES = 5;
/** A consumer without a sign of life for so many session timeouts hangs: while a group is put together there is none. */
const SILENT_SESSIONS = REBALANCE_SESSIONS + 1;
const WATCH_MS = 1_000;
/** kafkajs's words for UNKNOWN_TOPIC_OR_PARTITION; it would go on at the old offset when the topic is back. */
const NO_SUCH_TOPIC = 'This server does not host this topic-partition';
/** Batches handled beside one another; more of them wait for their turn. */
const MOST_AT_ONCE = 64;

const textOf = (value: IHeaders[string]): string =>
  (Array.isArray(value) ? value.at(-1) : value)?.toString('utf8') ?? '';

const recordOf = (partition: number, message: KafkaMessage): DeliveredRecord => ({
  partition,
  offset: BigInt(message.offset),
  key: message.key?.toString('utf8') ?? '',
  value: message.value ?? new Uint8Array(),
  headers: Object.fromEntries(
    Object.entries(message.headers ?? {}).map(([name, value]) => [name, textOf(value)]),
  ),
});

export const kafkaJsMembership =
  (settings: BrokerSettings): Membership =>
  async (groupId, delivery, session) => {
    const { topic, sessionTimeoutMs, heartbeatMs, requestTimeoutMs } = settings;
    const forgotten = new AbortController();
    const onFault = (answerTo: string, fault: string): void => {
      if (answerTo.startsWith('Response Fetch') && fault === NO_SUCH_TOPIC) forgotten.abort();
    };
    const consumer = kafkaOf(settings, { retries: RETRIES, onFault }).consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: REBALANCE_SESSIONS * sessionTimeoutMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: {
        retries: RETRIES,
        initialRetryTime: 100,
        maxRetryTime: 1_000,
        restartOnFailure: async () => false,
      },
    });
    const held: Held = { consumer, delivery, topic, sessionTimeoutMs };
    const over = whenOver(held, session, forgotten.signal);
    const givenUp = new AbortController();
    const beginning = begun(held, givenUp.signal);
    try {
      // One that hangs while it joins is given up like one that falls silent later: nobody waits for it alone.
      await Promise.race([beginning, over]);
      await over;
    } finally {
      delivery.revokeAll();
      givenUp.abort();
      // kafkajs goes on with a beginning that was disconnected, and would be a member that hands its records to nobody.
      const gone = beginning.catch(() => undefined).then(() => consumer.disconnect());
      await endedWithin(requestTimeoutMs, gone);
    }
  };

const begun = async (held: Held, givenUp: AbortSignal): Promise<void> => {
  const { consumer, topic } = held;
  await consumer.connect();
  if (!givenUp.aborted) await consumer.subscribe({ topics: [topic], fromBeginning: true });
  if (givenUp.aborted) return;
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: MOST_AT_ONCE,
    eachBatch: (payload) => handBatch(held, payload),
  });
};

interface Held {
  readonly consumer: Consumer;
  readonly delivery: Delivery;
  readonly topic: string;
  readonly sessionTimeoutMs: number;
}

/** Resolves when told to end; rejects when the consumer crashed or hangs. */
const whenOver = async (
  { consumer, delivery, topic, sessionTimeoutMs }: Held,
  { ended, joined }: Session,
  forgotten: AbortSignal,
): Promise<void> => {
  const { GROUP_JOIN, REBALANCING, CRASH, FETCH, HEARTBEAT } = consumer.events;
  let sign = performance.now();
  const alive = (): void => void (sign = performance.now());
  consumer.on(FETCH, alive);
  consumer.on(HEARTBEAT, alive);
  consumer.on(REBALANCING, () => delivery.revokeAll());
  consumer.on(GROUP_JOIN, ({ payload }) => {
    alive();
    delivery.assign(payload.memberAssignment[topic] ?? []);
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
};

const handBatch = async ({ consumer, delivery }: Held, payload: EachBatchPayload): Promise<void> => {
  const { batch } = payload;
  const { topic, partition, messages } = batch;
  const offset = (BigInt(batch.lastOffset()) + 1n).toString();
  const handled = delivery.deliver(
    partition,
    messages.map((message) => recordOf(partition, message)),
    async () => {
      payload.resolveOffset(batch.lastOffset());
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
    },
  );
  if (await endedWithin(PATIENCE_MS, handled)) return;
  payload.pause();
  // After a crash there is nothing to resume: the next consumer fetches from the committed offset.
  void handled.then(() => consumer.resume([{ topic, partitions: [partition] }])).catch(() => undefined);
};
