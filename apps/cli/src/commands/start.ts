import type { Stopping } from '@fascia/http';
import { Command } from 'commander';
import { mendable } from '../mendable.js';
import { assertPortFree } from '../port.js';
import { welcome } from '../welcome.js';

interface Options {
  readonly port?: string;
  readonly dataDir?: string;
  readonly empty: boolean;
  readonly quiet: boolean;
}

const say = (what: string): void => {
  process.stdout.write(`  ${what}\n`);
};

export const startCommand = (): Command =>
  new Command('start')
    .description('run the product on this machine: embedded PostgreSQL, demo people, sample patients')
    .option('--port <number>', 'port to listen on (FASCIA_PORT, 4600)')
    .option('--data-dir <folder>', 'where data and keys are kept (FASCIA_DATA_DIR, .fascia)')
    .option('--empty', 'no demo network and no sample patients on the first start', false)
    .option('--quiet', 'no log on the terminal', false)
    .action(async ({ port, dataDir, empty, quiet }: Options) => {
      // Loaded here, so that other commands do not wait for the whole server's code.
      const [{ Stopping: Stops }, { loggerFor, PEOPLE, settingsFrom }, { serve }] = await Promise.all([
        import('@fascia/http'),
        import('@fascia/composition'),
        import('@fascia/standalone'),
      ]);
      let stopping: Stopping | undefined;
      try {
        const settings = settingsFrom({
          ...process.env,
          ...(port === undefined ? {} : { FASCIA_PORT: port }),
          ...(dataDir === undefined ? {} : { FASCIA_DATA_DIR: dataDir }),
        });
        const level =
          quiet || (settings.logFile === undefined && process.stdout.isTTY) ? 'warn' : settings.logLevel;
        const logger = loggerFor({ ...settings, logLevel: level });
        stopping = new Stops(logger);
        process.stdout.write('Starting Fascia\n');
        await assertPortFree(settings);
        const server = await serve({ settings, logger, demo: !empty, say, stopping });
        welcome(server.address, settings.issuer === undefined ? PEOPLE : []);
      } catch (error) {
        // What breaks because it is being stopped is no news; the process ends when all of it has stopped.
        if (stopping?.begun === true) return;
        throw (await mendable(error)) ?? error;
      }
    });
