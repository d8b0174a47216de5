/** Membership through @platformatic/kafka; reading is `Reader`. Any fault of the client ends the session. */
import { Consumer } from '@platformatic/kafka';
import { TopicPresence } from '../client-broker.js';
import type { Administration } from '../client-broker.js';
import { Delivery } from '../delivery.js';
import type { ConsumerHandlers, LogConsumer } from '../ports.js';
import { Sessions } from '../sessions.js';
import type { Session } from '../sessions.js';
import { FETCH_WAIT_MS } from '../settings.js';
import type { BrokerSettings } from '../settings.js';
import { aborted, endedWithin } from '../within.js';
import { clientOptions } from './client.js';
import { Reader } from './reader.js';

export class PlatformaticConsumer implements LogConsumer {
  #delivery: Delivery | undefined;
  readonly #sessions: Sessions;
  readonly #presence: TopicPresence;

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

  async #session(session: Session): Promise<void> {
    const { topic, sessionTimeoutMs, heartbeatMs, requestTimeoutMs } = this.settings;
    await this.#presence.expect();
    const consumer = new Consumer({
      ...clientOptions(this.settings),
      groupId: this.group,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: 2 * sessionTimeoutMs,
      heartbeatInterval: heartbeatMs,
      heartbeatStallTimeout: 2 * sessionTimeoutMs,
      maxWaitTime: FETCH_WAIT_MS,
    });
    const reading = new Membership(consumer, topic, this.#delivery);
    const broken = reading.watch(session.joined);
    try {
      consumer.topics.track(topic);
      await Promise.race([consumer.joinGroup({}), broken]);
      await Promise.race([aborted(session.ended), broken]);
    } finally {
      reading.giveBack();
      await endedWithin(requestTimeoutMs, consumer.close(true));
    }
  }
}

/** From one join to the next rebalance. */
class Membership {
  #over = new AbortController();

  constructor(private readonly consumer: Consumer, private readonly topic: string, private readonly delivery: Delivery | undefined) {}

  /** @returns what rejects when the session cannot go on */
  watch(joined: () => void): Promise<never> {
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined); // it may break before anybody waits
    const { consumer, topic } = this;
    consumer.on('error', reject);
    consumer.on('consumer:heartbeat:stalled', () => reject(new Error('no heartbeat was answered')));
    consumer.on('consumer:group:rebalance', () => this.giveBack());
    consumer.on('consumer:group:join', ({ assignments = [] }) => {
      this.giveBack();
      const { delivery } = this;
      const partitions = assignments.filter((one) => one.topic === topic).flatMap((one) => one.partitions);
      delivery?.assign(partitions);
      joined();
      if (delivery !== undefined) new Reader({ consumer, topic, delivery, partitions, over: this.#over.signal }).run().catch(reject);
    });
    return promise;
  }

  giveBack(): void {
    this.#over.abort();
    this.#over = new AbortController();
    this.delivery?.revokeAll();
  }
}
