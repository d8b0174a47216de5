/** Jest's global set-up: one PostgreSQL server for the whole run, unless `FASCIA_TEST_DATABASE_URL` names one. */
import { startTestServer, TEST_DATABASE_URL } from '@fascia/testkit';

const start = async (): Promise<void> => {
  if (process.env[TEST_DATABASE_URL] !== undefined) return;
  const running = await startTestServer();
  process.env[TEST_DATABASE_URL] = running.server.connectionString;
  Object.assign(globalThis, { fasciaTestServer: running });
  // Interrupted runs skip the tear-down; SIGINT asks the server for a fast shutdown.
  const { pid } = running.server;
  process.once('exit', () => {
    if ('fasciaTestServer' in globalThis) process.kill(pid, 'SIGINT');
  });
};

export default start;
