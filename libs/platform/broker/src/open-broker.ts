/** Which client speaks to Kafka is a setting: both keep the promises of the port. */
import { ClientBroker } from './client-broker.js';
import type { ClientParts } from './client-broker.js';
import { KafkaJsAdministration } from './kafkajs/administration.js';
import { kafkaJsMembership } from './kafkajs/consumer.js';
import { openSender as openKafkaJsSender } from './kafkajs/publisher.js';
import { PlatformaticAdministration } from './platformatic/administration.js';
import { platformaticMembership } from './platformatic/consumer.js';
import { openSender as openPlatformaticSender } from './platformatic/publisher.js';
import type { Broker, BrokerOptions } from './ports.js';
import { OrderlyPublisher } from './publisher.js';
import { SessionConsumer } from './session-consumer.js';
import { settingsOf } from './settings.js';
import type { BrokerSettings } from './settings.js';

export type BrokerClient = 'kafkajs' | 'platformatic';

const kafkajs = (settings: BrokerSettings): ClientParts => {
  const administration = new KafkaJsAdministration(settings);
  return {
    administration,
    publisher: () => new OrderlyPublisher(administration, () => openKafkaJsSender(settings)),
    consumer: (group) => new SessionConsumer(settings, administration, group, kafkaJsMembership(settings)),
  };
};

const platformatic = (settings: BrokerSettings): ClientParts => {
  const administration = new PlatformaticAdministration(settings);
  return {
    administration,
    publisher: () => new OrderlyPublisher(administration, () => openPlatformaticSender(settings)),
    consumer: (group) =>
      new SessionConsumer(settings, administration, group, platformaticMembership(settings)),
  };
};

const PARTS = { kafkajs, platformatic } as const satisfies Record<
  BrokerClient,
  (settings: BrokerSettings) => ClientParts
>;

export const openBroker = (client: BrokerClient, options: BrokerOptions): Broker =>
  new ClientBroker(PARTS[client](settingsOf(options)));
