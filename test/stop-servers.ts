/** Jest's global tear-down: stops what the set-up started. */
import type { KafkaOnDemand, TestServer } from '@fascia/testkit';

const stop = async (): Promise<void> => {
  const started = globalThis as { fasciaTestServer?: TestServer; fasciaTestKafka?: KafkaOnDemand };
  await Promise.all([started.fasciaTestServer?.stop(), started.fasciaTestKafka?.stop()]);
  delete started.fasciaTestServer;
  delete started.fasciaTestKafka;
};

export default stop;
