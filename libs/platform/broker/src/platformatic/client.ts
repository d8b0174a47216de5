/** What every part of @platformatic/kafka is given; it tries little by itself because what is built on it tries again. */
import { SASLMechanisms } from '@platformatic/kafka';
import type { SaslOptions } from '../ports.js';
import type { BrokerSettings } from '../settings.js';

const CONNECT_MS = 3_000;
const RETRIES = 3;
const RETRY_MS = 100;

const MECHANISMS = {
  plain: SASLMechanisms.PLAIN,
  'scram-sha-256': SASLMechanisms.SCRAM_SHA_256,
  'scram-sha-512': SASLMechanisms.SCRAM_SHA_512,
} as const satisfies Record<SaslOptions['mechanism'], string>;

export const clientOptions = ({ brokers, clientId, requestTimeoutMs, sasl, tls }: BrokerSettings) => ({
  clientId,
  bootstrapBrokers: [...brokers],
  connectTimeout: CONNECT_MS,
  requestTimeout: requestTimeoutMs,
  timeout: requestTimeoutMs,
  retries: RETRIES,
  retryDelay: RETRY_MS,
  autocreateTopics: false,
  ...(tls === true ? { tls: {} } : {}),
  ...(sasl === undefined
    ? {}
    : { sasl: { mechanism: MECHANISMS[sasl.mechanism], username: sasl.username, password: sasl.password } }),
});
