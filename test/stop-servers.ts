/** Jest's global tear-down: stops what the set-up started. */
import type { TestServer } from '@fascia/testkit';

const stop = async (): Promise<void> => {
  const started = globalThis as { fasciaTestServer?: TestServer };
  await started.fasciaTestServer?.stop();
  delete started.fasciaTestServer;
};

export default stop;
