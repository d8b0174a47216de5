import type { ClientParts } from '../client-broker.js';
import { OrderlyPublisher } from '../publisher.js';
import { SessionConsumer } from '../session-consumer.js';
import type { BrokerSettings } from '../settings.js';
import { KafkaJsAdministration } from './administration.js';
import { kafkaJsMembership } from './consumer.js';
import { openSender } from './publisher.js';

export const partsOf = (settings: BrokerSettings): ClientParts => {
  const administration = new KafkaJsAdministration(settings);
  return {
    administration,
    publisher: () => new OrderlyPublisher(administration, () => openSender(settings)),
    consumer: (group) => new SessionConsumer(settings, administration, group, kafkaJsMembership(settings)),
  };
};
