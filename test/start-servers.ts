/**
 * Jest's global set-up: one PostgreSQL server for the whole run, unless `FASCIA_TEST_DATABASE_URL` names one, and one
 * Kafka broker, started when the first spec asks for it, unless `KAFKA_BROKERS` names some.
 */
import { KafkaOnDemand, startTestServer, TEST_DATABASE_URL } from '@fascia/testkit';
import type { TestServer } from '@fascia/testkit';

const startPostgres = async (): Promise<TestServer | undefined> => {
  if (process.env[TEST_DATABASE_URL] !== undefined) return undefined;
  const running = await startTestServer();
  process.env[TEST_DATABASE_URL] = running.server.connectionString;
  return running;
};

const start = async (): Promise<void> => {
  const [fasciaTestServer, fasciaTestKafka] = await Promise.all([startPostgres(), KafkaOnDemand.offer()]);
  Object.assign(globalThis, { fasciaTestServer, fasciaTestKafka });
  // Interrupted runs skip the tear-down; SIGINT asks PostgreSQL for a fast shutdown.
  process.once('exit', () => {
    const left = globalThis as { fasciaTestServer?: TestServer; fasciaTestKafka?: KafkaOnDemand };
    if (left.fasciaTestServer !== undefined) process.kill(left.fasciaTestServer.server.pid, 'SIGINT');
    if (left.fasciaTestKafka?.pid !== undefined) process.kill(left.fasciaTestKafka.pid, 'SIGKILL');
  });
};

export default start;
