/** Whether what the settings name answers, asked before anything is started. Nothing is written. */
import { openBroker } from '@fascia/broker';
import { openClient, openEventStoreDb } from '@fascia/event-store';
import { CannotStart, databaseTrouble, eventStoreDbTrouble } from './cannot-start.js';
import type { Settings } from './settings.js';

/** @throws CannotStart */
export const databaseAnswers = async (url: string): Promise<void> => {
  const client = openClient({ url, purpose: 'doctor' });
  try {
    await client.connect();
  } catch (error) {
    const trouble = databaseTrouble(error);
    throw trouble instanceof CannotStart
      ? trouble
      : new CannotStart('DATABASE_URL: PostgreSQL does not take the connection.', true, error);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** @throws CannotStart */
export const eventStoreDbAnswers = async (url: string): Promise<void> => {
  try {
    await (await openEventStoreDb({ connectionString: url })).close();
  } catch (error) {
    throw eventStoreDbTrouble(error);
  }
};

/** @throws CannotStart */
export const brokerAnswers = async ({
  kafka: { brokers, client, topic, partitions },
}: Settings): Promise<void> => {
  const broker = await openBroker(client, {
    brokers,
    topic,
    partitions,
    clientId: 'doctor',
    log: () => undefined,
  });
  try {
    await broker.ping();
  } catch (error) {
    throw new CannotStart(`KAFKA_BROKERS: no Kafka broker answers at ${brokers.join(', ')}.`, true, error);
  } finally {
    await broker.close();
  }
};
