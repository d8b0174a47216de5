/** Which client speaks to Kafka is a setting: both keep the promises of the port. */
import { KafkaJsBroker } from './kafkajs/kafkajs-broker.js';
import type { Broker, BrokerOptions } from './ports.js';
import { settingsOf } from './settings.js';

export type BrokerClient = 'kafkajs' | 'platformatic';

export const openBroker = (client: BrokerClient, options: BrokerOptions): Broker => {
  const settings = settingsOf(options);
  switch (client) {
    case 'kafkajs':
      return new KafkaJsBroker(settings);
    case 'platformatic':
      throw new Error('not yet');
  }
};
