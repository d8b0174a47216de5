/** Which client speaks to Kafka is a setting: both keep the promises of the port. */
import { ClientBroker } from './client-broker.js';
import type { ClientParts } from './client-broker.js';
import type { Broker, BrokerOptions } from './ports.js';
import { settingsOf } from './settings.js';
import type { BrokerSettings } from './settings.js';

export type BrokerClient = 'kafkajs' | 'platformatic';

/** Loaded when one is opened: a process has use for one of them, or for none. */
const CLIENTS = {
  kafkajs: () => import('./kafkajs/parts.js'),
  platformatic: () => import('./platformatic/parts.js'),
} as const satisfies Record<
  BrokerClient,
  () => Promise<{ readonly partsOf: (settings: BrokerSettings) => ClientParts }>
>;

export const openBroker = async (client: BrokerClient, options: BrokerOptions): Promise<Broker> => {
  const { partsOf } = await CLIENTS[client]();
  return new ClientBroker(partsOf(settingsOf(options)));
};
