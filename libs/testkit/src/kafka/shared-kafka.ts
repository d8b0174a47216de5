/** The Kafka broker of this Jest run, for specs: each uses topics and groups with names of its own. */
import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';

/** Whoever brings brokers of their own: `host:port`, separated by commas. */
export const KAFKA_GIVEN = 'KAFKA_BROKERS';
/** Set by the global set-up: the brokers, or the port where one is started on demand, or why there is none. */
export const TEST_KAFKA = 'FASCIA_TEST_KAFKA';
export const TEST_KAFKA_STARTER = 'FASCIA_TEST_KAFKA_STARTER';
export const TEST_KAFKA_MISSING = 'FASCIA_TEST_KAFKA_MISSING';

// Jest's globals, declared here because this library is also loaded where there is no Jest.
declare const describe: ((name: string, body: () => void) => void) & {
  readonly skip: (name: string, body: () => void) => void;
};

export interface TestKafka {
  readonly brokers: readonly string[];
}

const startedOnDemand = async (port: number): Promise<TestKafka> => {
  const answer = JSON.parse(await text(createConnection(port, '127.0.0.1'))) as {
    readonly brokers?: readonly string[];
    readonly why?: string;
  };
  if (answer.brokers === undefined)
    throw new Error(`the Kafka broker for tests did not start: ${answer.why ?? 'no reason given'}`);
  return { brokers: answer.brokers };
};

/** @returns undefined where no broker can be had */
export const sharedKafka = async (): Promise<TestKafka | undefined> => {
  const given = process.env[TEST_KAFKA];
  if (given !== undefined) return { brokers: given.split(',') };
  const port = process.env[TEST_KAFKA_STARTER];
  return port === undefined ? undefined : startedOnDemand(Number(port));
};

/** The broker within `describeWithKafka`. */
export const requireKafka = async (): Promise<TestKafka> => {
  const kafka = await sharedKafka();
  if (kafka === undefined)
    throw new Error(
      `there is no Kafka broker: ${process.env[TEST_KAFKA_MISSING] ?? 'the global set-up did not run'}`,
    );
  return kafka;
};

/** `describe` where a broker can be had; elsewhere its specs are listed as not run, with the reason in their name. */
export const describeWithKafka = (name: string, body: () => void): void => {
  const missing = process.env[TEST_KAFKA_MISSING];
  if (missing === undefined) describe(name, body);
  else describe.skip(`${name} (needs Kafka: ${missing})`, body);
};

/** A name that no other spec uses. */
export const freshName = (what: string): string => `${what}-${randomUUID()}`;
