/** The one process, put together: platform, identity, HTTP. */
import { mountIssuer } from '@fascia/access';
import { createHttpApp } from '@fascia/http';
import { HealthRegistry, Metrics, type Logger } from '@fascia/observability';
import { AppModule } from './app.module.js';
import { seedDemo } from './demo/seed.js';
import { identityFor } from './identity.js';
import { startPlatform, type Platform } from './platform.js';
import type { Settings } from './settings.js';

export interface Server {
  readonly address: string;
  readonly platform: Platform;
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Seeds the demo network when the log is empty. */
  readonly demo: boolean;
  readonly say: (what: string) => void;
}

const watch = ({ store, host, recorder, coordinator }: Platform, metrics: Metrics): void => {
  const lag = (name: string, help: string, read: () => bigint | Promise<bigint>): void => { metrics.gauge(name, help, async () => Number(await read())); };
  lag('fascia_log_position', 'Position of the last stored event', async () => (await store.head()).position);
  lag('fascia_projection_position', 'Position that the read models have reached', () => host.position);
  lag('fascia_process_inputs_position', 'Position that process managers have handled', () => coordinator.positions.inputs);
  lag('fascia_process_commands_position', 'Position up to which requested commands were sent', () => coordinator.positions.commands);
  metrics.gauge('fascia_access_records_waiting', 'Access records not stored yet', () => recorder.waiting);
};

const checks = ({ store, host }: Platform, health: HealthRegistry): void => {
  health.register('event-store', async () => {
    await store.head();
    return { ok: true };
  });
  // Parked streams do not make the process unready: everything else goes on, and an operator sees them here.
  health.register('read-models', () => {
    const parked = host.models.flatMap((model) => [...host.parkedStreams(model.name)].map((stream) => `${model.name}: ${stream}`));
    return parked.length === 0 ? { ok: true } : { ok: true, detail: `parked: ${parked.slice(0, 10).join(', ')}` };
  });
};

export const serve = async ({ settings, logger, demo, say }: ServeOptions): Promise<Server> => {
  const platform = await startPlatform(settings, logger, say);
  try {
    if (demo && settings.issuer === undefined && (await platform.store.head()).position === 0n) await seedDemo(platform, say);
    const identity = await identityFor(settings, platform.rows, (text) => { say(`Careful: ${text}`); });
    const metrics = new Metrics();
    const health = new HealthRegistry();
    watch(platform, metrics);
    checks(platform, health);
    const http = await createHttpApp(AppModule.of(platform, identity.verifier, settings.operators), {
      title: 'Fascia', version: '0.1.0', logger, metrics, health,
      mount: (fastify) => { if (identity.development !== undefined) mountIssuer(fastify, identity.development); },
    });
    const address = await http.listen(settings.port, settings.host);
    return {
      address,
      platform,
      stop: async () => {
        await http.stop();
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
};
