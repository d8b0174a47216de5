/** Consuming as both clients do it: a row of sessions, each of which hands what it gets to one delivery. */
import { TopicPresence, type Administration } from './client-broker.js';
import { Delivery } from './delivery.js';
import type { ConsumerHandlers, LogConsumer } from './ports.js';
import { Sessions, type Session } from './sessions.js';
import type { BrokerSettings } from './settings.js';

/** A client's membership, from joining to the end of the session; rejects when it breaks. */
export type Membership = (group: string, delivery: Delivery, session: Session) => Promise<void>;

export class SessionConsumer implements LogConsumer {
  readonly #sessions: Sessions;
  readonly #presence: TopicPresence;
  #delivery: Delivery | undefined;

  constructor(
    private readonly settings: BrokerSettings,
    administration: Administration,
    group: string,
    membership: Membership,
  ) {
    this.#presence = new TopicPresence(administration);
    this.#sessions = new Sessions(async (session) => {
      await this.#presence.expect();
      if (this.#delivery !== undefined) await membership(group, this.#delivery, session);
    }, settings.log);
  }

  async start(handlers: ConsumerHandlers): Promise<void> {
    this.#delivery ??= new Delivery(handlers, this.settings.log);
    await this.#sessions.start();
  }

  async close(): Promise<void> {
    await this.#delivery?.close();
    await this.#sessions.close();
  }
}
