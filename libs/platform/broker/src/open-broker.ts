/** Which client speaks to Kafka is a setting: both keep the promises of the port. */
import { ClientBroker } from './client-broker.js';
import type { ClientParts } from './client-broker.js';
import { KafkaJsAdministration } from './kafkajs/administration.js';
import { KafkaJsConsumer } from './kafkajs/consumer.js';
import { KafkaJsPublisher } from './kafkajs/publisher.js';
import { PlatformaticAdministration } from './platformatic/administration.js';
import { PlatformaticConsumer } from './platformatic/consumer.js';
import { PlatformaticPublisher } from './platformatic/publisher.js';
import type { Broker, BrokerOptions } from './ports.js';
import { settingsOf } from './settings.js';
import type { BrokerSettings } from './settings.js';

export type BrokerClient = 'kafkajs' | 'platformatic';

const kafkajs = (settings: BrokerSettings): ClientParts => {
  const administration = new KafkaJsAdministration(settings);
  return {
    administration,
    publisher: () => new KafkaJsPublisher(settings, administration),
    consumer: (group) => new KafkaJsConsumer(settings, administration, group),
  };
};

const platformatic = (settings: BrokerSettings): ClientParts => {
  const administration = new PlatformaticAdministration(settings);
  return {
    administration,
    publisher: () => new PlatformaticPublisher(settings, administration),
    consumer: (group) => new PlatformaticConsumer(settings, administration, group),
  };
};

const PARTS = { kafkajs, platformatic } as const satisfies Record<BrokerClient, (settings: BrokerSettings) => ClientParts>;

export const openBroker = (client: BrokerClient, options: BrokerOptions): Broker => new ClientBroker(PARTS[client](settingsOf(options)));
