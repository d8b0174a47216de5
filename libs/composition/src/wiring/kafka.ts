/** The broker that the settings name, and the log as it delivers it. */
import { openBroker, type Broker } from '@fascia/broker';
import { brokerDelivery, type Delivery } from '@fascia/delivery';
import type { Foundation } from '../process/foundation.js';
import { SettingsInvalid } from '../process/settings.js';
import type { DeliveryTally } from '../standing/watch.js';

export const brokerOf = async (
  { settings: { kafka }, log }: Pick<Foundation, 'settings' | 'log'>,
  clientId: string,
): Promise<Broker> => {
  const { brokers, client, topic, partitions } = kafka;
  if (brokers.length === 0)
    throw new SettingsInvalid('KAFKA_BROKERS: needed by this process: host:port, more after commas');
  return openBroker(client, { brokers, topic, partitions, clientId, log });
};

/** Groups are named after the topic, so that several installations may share a cluster. */
export const kafkaDelivery = (
  { settings, store, rows, log }: Foundation,
  broker: Broker,
  tally: DeliveryTally,
): Delivery =>
  brokerDelivery({
    broker,
    store,
    rows,
    log,
    groupOf: (follower) => `${settings.kafka.topic}.${follower}`,
    countsOf: (follower) => tally.of(follower),
  });
