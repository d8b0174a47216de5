import { createWriteStream } from 'node:fs';
import { Command } from 'commander';
import { Failure } from '../failure.js';

interface Options {
  readonly port?: string;
  readonly dataDir?: string;
  readonly empty: boolean;
  readonly quiet: boolean;
}

const say = (what: string): void => { process.stdout.write(`  ${what}\n`); };

interface Person {
  readonly account: string;
  readonly given: string;
  readonly family: string;
  readonly title: string;
}

const DEFAULT_ADDRESS = 'http://127.0.0.1:4600';

const welcome = (address: string, demo: readonly Person[]): void => {
  const widest = Math.max(...demo.map((person) => person.account.length));
  const people = demo.map(({ account, given, family, title }) => `    ${account.padEnd(widest)}  ${given} ${family}, ${title}`);
  process.stdout.write(`
  Fascia is ready: ${address}   (API: ${address}/docs)
${demo.length > 0 ? `
  Demo people (sign in on the page, or as client id with the secret "demo"):
${people.join('\n')}

  Try, in another terminal:
    curl -s -H "Authorization: Bearer $(npx fascia token physician-demo${address === DEFAULT_ADDRESS ? '' : ` --url ${address}`})" "${address}/api/v1/referrals?open=true"
` : ''}
  Ctrl-C stops it; nothing acknowledged is lost, however it ends.
`);
};

/** Errors that a person can mend get their sentence; others are bugs and keep their stack. */
const MENDABLE = ['SettingsInvalid', 'AlreadyRunning', 'CannotRunPostgres', 'UnsafeServer'];

const mendable = (error: unknown): Failure | undefined =>
  error instanceof Error && MENDABLE.includes(error.name) ? new Failure(error.message)
  : (error as { code?: string }).code === 'EADDRINUSE' ? new Failure('The port is taken by another program: choose one with --port or FASCIA_PORT.')
  : undefined;

export const startCommand = (): Command =>
  new Command('start')
    .description('run the product on this machine: embedded PostgreSQL, demo people, sample patients')
    .option('--port <number>', 'port to listen on (FASCIA_PORT, 4600)')
    .option('--data-dir <folder>', 'where data and keys are kept (FASCIA_DATA_DIR, .fascia)')
    .option('--empty', 'no demo network and no sample patients on the first start', false)
    .option('--quiet', 'no log on the terminal', false)
    .action(async ({ port, dataDir, empty, quiet }: Options) => {
      // Loaded here, so that other commands do not wait for the whole server's code.
      const [{ createLogger }, { stopOnSignals }, { PEOPLE, serve, settingsFrom }] = await Promise.all([
        import('@fascia/observability'), import('@fascia/http'), import('@fascia/standalone'),
      ]);
      try {
        const settings = settingsFrom({
          ...process.env, ...(port === undefined ? {} : { FASCIA_PORT: port }), ...(dataDir === undefined ? {} : { FASCIA_DATA_DIR: dataDir }),
        });
        const stream = settings.logFile === undefined ? undefined : createWriteStream(settings.logFile, { flags: 'a' });
        const level = quiet || (settings.logFile === undefined && process.stdout.isTTY) ? 'warn' : settings.logLevel;
        const logger = createLogger({ level, ...(stream === undefined ? {} : { stream }) });
        process.stdout.write('Starting Fascia\n');
        const server = await serve({ settings, logger, demo: !empty, say });
        stopOnSignals(logger, server);
        welcome(server.address, settings.issuer === undefined ? PEOPLE : []);
      } catch (error) {
        throw mendable(error) ?? error;
      }
    });
