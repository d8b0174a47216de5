/** The one address for people: sends every request to the process that answers it. */
import { createServer, routesOf } from './server.js';
import { Stopping, whenStarterIsGone } from '@fascia/http';
import { loggerFor, orExit, settingsFrom } from '@fascia/composition';

whenStarterIsGone(() => process.exit(0));
await orExit(async () => {
  const settings = settingsFrom(process.env, 4600);
  const logger = loggerFor(settings).child({ process: 'gateway' });
  const stopping = new Stopping(logger);
  const server = await createServer(routesOf(settings.upstreams), logger);
  stopping.add({ stop: () => server.close() });
  await server.listen({ port: settings.port, host: settings.host });
  logger.info({ listens: settings.publicUrl }, 'ready');
  process.send?.({ ready: settings.publicUrl });
});
