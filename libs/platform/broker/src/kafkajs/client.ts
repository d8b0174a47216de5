/** kafkajs set up once: it logs to us, and tries little by itself because what is built on it tries again. */
import { Kafka, logLevel } from 'kafkajs';
import type { SASLOptions } from 'kafkajs';
import type { BrokerSettings } from '../settings.js';

const CONNECT_MS = 3_000;

export interface KafkaJsTrials {
  /** Of the client itself; a first try is not counted. */
  readonly retries: number;
  /** Told what kafkajs says of an answer that it did not like: the only way to see what it mends without asking. */
  readonly onFault?: (answerTo: string, fault: string) => void;
}

export const kafkaOf = (settings: BrokerSettings, { retries, onFault }: KafkaJsTrials): Kafka => {
  const { brokers, clientId, log, sasl, tls, requestTimeoutMs } = settings;
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECT_MS,
    requestTimeout: requestTimeoutMs,
    retry: { retries, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ namespace, log: { message, error } }) => {
        const fault: unknown = error;
        log(`kafkajs: ${message}`, { namespace, ...(typeof fault === 'string' ? { error: fault } : {}) });
        if (typeof fault === 'string') onFault?.(message, fault);
      },
    ...(tls === true ? { ssl: true } : {}),
    ...(sasl === undefined ? {} : { sasl: sasl as SASLOptions }),
  });
};
