import type { ClientParts } from '../client-broker.js';
import { OrderlyPublisher } from '../publisher.js';
import { SessionConsumer } from '../session-consumer.js';
import type { BrokerSettings } from '../settings.js';
import { PlatformaticAdministration } from './administration.js';
import { platformaticMembership } from './consumer.js';
import { openSender } from './publisher.js';

export const partsOf = (settings: BrokerSettings): ClientParts => {
  const administration = new PlatformaticAdministration(settings);
  return {
    administration,
    publisher: () => new OrderlyPublisher(administration, () => openSender(settings)),
    consumer: (group) =>
      new SessionConsumer(settings, administration, group, platformaticMembership(settings)),
  };
};
