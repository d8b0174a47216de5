/** Membership through @platformatic/kafka; reading is `Reader`. Any fault of the client ends the session. */
import { Consumer } from '@platformatic/kafka';
import type { Delivery } from '../delivery.js';
import type { Membership } from '../session-consumer.js';
import { FETCH_WAIT_MS, REBALANCE_SESSIONS } from '../settings.js';
import type { BrokerSettings } from '../settings.js';
import { aborted, endedWithin } from '../within.js';
import { clientOptions } from './client.js';
import { Reader } from './reader.js';

export const platformaticMembership =
  (settings: BrokerSettings): Membership =>
  async (groupId, delivery, session) => {
    const { topic, sessionTimeoutMs, heartbeatMs, requestTimeoutMs } = settings;
    const consumer = new Consumer({
      ...clientOptions(settings),
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: REBALANCE_SESSIONS * sessionTimeoutMs,
      heartbeatInterval: heartbeatMs,
      heartbeatStallTimeout: 2 * sessionTimeoutMs,
      maxWaitTime: FETCH_WAIT_MS,
    });
    const reading = new Reading(consumer, topic, delivery);
    const broken = reading.watch(session.joined);
    try {
      consumer.topics.track(topic);
      await Promise.race([consumer.joinGroup({}), broken]);
      await Promise.race([aborted(session.ended), broken]);
    } finally {
      reading.giveBack();
      await endedWithin(requestTimeoutMs, consumer.close(true));
    }
  };

/** From one join to the next rebalance. */
class Reading {
  #over = new AbortController();

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
    private readonly delivery: Delivery,
  ) {}

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
      delivery.assign(partitions);
      joined();
      new Reader({ consumer, topic, delivery, partitions, over: this.#over.signal }).run().catch(reject);
    });
    return promise;
  }

  giveBack(): void {
    this.#over.abort();
    this.#over = new AbortController();
    this.delivery.revokeAll();
  }
}
