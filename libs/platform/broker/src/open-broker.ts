/** Which client speaks to Kafka is a setting: both keep the promises of the port. */
import { ClientBroker } from './client-broker.js';
import type { Administration, ClientParts } from './client-broker.js';
import type { Broker, BrokerOptions } from './ports.js';
import { OrderlyPublisher } from './publisher.js';
import type { Sender } from './publisher.js';
import { SessionConsumer } from './session-consumer.js';
import type { Membership } from './session-consumer.js';
import { settingsOf } from './settings.js';
import type { BrokerSettings } from './settings.js';

export type BrokerClient = 'kafkajs' | 'platformatic';

/** What is a matter of the client; the rest is the same whoever it is. */
interface Client {
  readonly Administration: new (settings: BrokerSettings) => Administration;
  readonly membership: (settings: BrokerSettings) => Membership;
  readonly openSender: (settings: BrokerSettings) => Promise<Sender>;
}

/** Loaded when one is opened: a process has use for one of them, or for none. */
const CLIENTS = {
  kafkajs: () => import('./kafkajs/parts.js'),
  platformatic: () => import('./platformatic/parts.js'),
} as const satisfies Record<BrokerClient, () => Promise<Client>>;

const partsOf = (client: Client, settings: BrokerSettings): ClientParts => {
  const administration = new client.Administration(settings);
  return {
    administration,
    publisher: () => new OrderlyPublisher(administration, () => client.openSender(settings)),
    consumer: (group) => new SessionConsumer(settings, administration, group, client.membership(settings)),
  };
};

export const openBroker = async (client: BrokerClient, options: BrokerOptions): Promise<Broker> =>
  new ClientBroker(partsOf(await CLIENTS[client](), settingsOf(options)));
