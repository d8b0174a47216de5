import { Command, InvalidArgumentError } from 'commander';
import type { Settings } from '@fascia/composition';
import type { Stopping } from '@fascia/http';
import { Failure } from '../failure.js';
import { mendable } from '../mendable.js';
import { assertPortFree } from '../port.js';
import { processesOf } from '../split/processes.js';
import { Supervisor } from '../split/supervisor.js';
import { welcome } from '../welcome.js';

interface Options {
  readonly port?: string;
  readonly dataDir?: string;
  readonly empty: boolean;
  readonly projectors: number;
  readonly coordinators: number;
  readonly relays: number;
}

const say = (what: string): void => {
  process.stdout.write(`  ${what}\n`);
};

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64)
    throw new InvalidArgumentError('A number from 1 to 64.');
  return value;
};

const NEEDS_KAFKA = `This needs Kafka: set KAFKA_BROKERS to host:port (more after commas).
In a checkout, "npm run split" starts a broker of its own where Java 17 or a container engine is there.`;

/** What the processes are told of this one's environment; addresses and ports are theirs. */
const passedOn = (env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names
      .flatMap((name) => [name, `${name}_FILE`])
      .flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]])),
  );

const OF_ONE_PROCESS = new Set([
  'FASCIA_HOST',
  'FASCIA_PORT',
  'FASCIA_PUBLIC_URL',
  'FASCIA_WRITE_URL',
  'FASCIA_READ_URL',
  'FASCIA_AUDIT_URL',
]);

/** What every process would complain about by itself is said once, before there are any. */
const assertReachable = async (
  settings: Settings,
  brokerAnswers: (settings: Settings) => Promise<void>,
): Promise<void> => {
  await assertPortFree(settings);
  await brokerAnswers(settings);
};

const ownDatabase = async ({ dataDir, host, port }: Settings, stopping: Stopping): Promise<string> => {
  const { EmbeddedPostgres } = await import('@fascia/event-store');
  const embedded = new EmbeddedPostgres({ dataDir, log: say, address: `${host}:${String(port)}` });
  stopping.add(embedded);
  await embedded.start();
  return embedded.connectionString;
};

const startSplit = async (options: Options): Promise<void> => {
  const [{ assertLoopback }, { Stopping: Stops }, composition, { seedOnce }] = await Promise.all([
    import('@fascia/access'),
    import('@fascia/http'),
    import('@fascia/composition'),
    import('@fascia/standalone'),
  ]);
  const { brokerAnswers, DEVELOPMENT_AUDIENCE, loggerFor, PEOPLE, SETTING_NAMES, settingsFrom } = composition;
  let stopping: Stopping | undefined;
  try {
    const { port, dataDir } = options;
    const env = {
      ...process.env,
      ...(port === undefined ? {} : { FASCIA_PORT: port }),
      ...(dataDir === undefined ? {} : { FASCIA_DATA_DIR: dataDir }),
    };
    const settings = settingsFrom(env);
    if (settings.kafka.brokers.length === 0) throw new Failure(NEEDS_KAFKA);
    if (settings.issuer === undefined) assertLoopback(settings.host);
    const logger = loggerFor({
      ...settings,
      logLevel: settings.logFile === undefined && process.stdout.isTTY ? 'warn' : settings.logLevel,
    });
    stopping = new Stops(logger);
    process.stdout.write('Starting Fascia in several processes\n');
    await assertReachable(settings, brokerAnswers);
    const databaseUrl = settings.databaseUrl ?? (await ownDatabase(settings, stopping));
    await seedOnce({ settings: { ...settings, databaseUrl }, logger, demo: !options.empty, say });
    const plans = await processesOf({
      ...options,
      host: settings.host,
      port: settings.port,
      env: {
        ...passedOn(
          env,
          SETTING_NAMES.filter((name) => !OF_ONE_PROCESS.has(name)),
        ),
        FASCIA_DATA_DIR: settings.dataDir,
        DATABASE_URL: databaseUrl,
        FASCIA_LOG: logger.level,
      },
      ...(settings.issuer === undefined ? { developmentAudience: DEVELOPMENT_AUDIENCE } : {}),
    });
    const supervisor = new Supervisor(plans, {
      log: (what, details) => {
        logger.warn(details, what);
      },
    });
    stopping.add(supervisor);
    say(`Starting ${plans.map(({ name }) => name).join(', ')}`);
    await supervisor.start();
    welcome(settings.publicUrl, settings.issuer === undefined ? PEOPLE : []);
    say(
      `Processes: ${Object.entries(supervisor.pids)
        .map(([name, pid]) => `${name} ${String(pid)}`)
        .join(', ')}`,
    );
  } catch (error) {
    // What breaks because it is being stopped is no news; the process ends when all of it has stopped.
    if (stopping?.begun === true) return;
    throw (await mendable(error)) ?? error;
  }
};

export const splitCommand = (): Command =>
  new Command('split')
    .description('run the product as separate processes on Kafka, on this machine')
    .option('--port <number>', 'the one address for people (FASCIA_PORT, 4600)')
    .option('--data-dir <folder>', 'where data and keys are kept (FASCIA_DATA_DIR, .fascia)')
    .option('--empty', 'no demo network and no sample patients on the first start', false)
    .option('--projectors <number>', 'processes that keep the lists', count, 1)
    .option('--coordinators <number>', 'processes that run process managers', count, 1)
    .option(
      '--relays <number>',
      'processes that hand the log to Kafka; one of them does, the others wait',
      count,
      1,
    )
    .addHelpText(
      'after',
      '\nNeeds KAFKA_BROKERS. Events are kept in PostgreSQL (embedded, or DATABASE_URL), or with EVENT_STORE=eventstoredb at EVENTSTOREDB_URL.',
    )
    .action(startSplit);
