/** How a process lives: settings, log, its doors over HTTP, health, metrics, presence, and an orderly end. */
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { DynamicModule } from '@nestjs/common';
import { createHttpApp, Stopping, whenStarterIsGone, type HttpAppOptions } from '@fascia/http';
import { createLogger, HealthRegistry, Metrics, type Logger } from '@fascia/observability';
import { Backoff } from '@fascia/retry';
import { AMONG_OTHERS, openFoundation, type Foundation, type FoundationOptions } from './foundation.js';
import { CannotStart, sentenceOf } from './cannot-start.js';
import { Clocks } from '../standing/clocks.js';
import { Progress } from '../standing/progress.js';
import { checkClocks, checkProgress, type Owns } from '../standing/checks.js';
import { watchClocks, watchProgress } from '../standing/watch.js';
import { sayPresent, type Doing } from './presence.js';
import { settingsFrom, SettingsInvalid, type Settings } from './settings.js';

/** What a process is made of. */
export interface Composed {
  readonly module: DynamicModule;
  /** Registers what is measured and what makes it ready. */
  watch?(metrics: Metrics, health: HealthRegistry): void;
  doing?(): Doing;
  /** What it watches its followers with, when it tells others of it as well. */
  readonly progress?: Progress;
  /** Which of those who follow the log do so here: when one stands still, this process is not ready. */
  readonly owns?: Owns;
  readonly mount?: HttpAppOptions['mount'];
  readonly documented?: DynamicModule;
  stop(): Promise<void>;
}

export interface Running {
  readonly address: string;
  stop(): Promise<void>;
}

const VERSION = '0.1.0';

export const loggerFor = ({ logFile, logLevel }: Settings): Logger =>
  createLogger({
    level: logLevel,
    ...(logFile === undefined ? {} : { stream: createWriteStream(logFile, { flags: 'a' }) }),
  });

/** Opens the doors of what was composed. */
export const openDoors = async (
  name: string,
  foundation: Foundation,
  composed: Composed,
): Promise<Running> => {
  const { settings, logger, store, rows, log } = foundation;
  const metrics = new Metrics();
  const health = new HealthRegistry();
  health.register('event-store', async () => {
    await store.head();
    return { ok: true };
  });
  const progress = composed.progress ?? new Progress(foundation);
  const clocks = new Clocks(foundation);
  watchClocks(metrics, clocks);
  checkClocks(health, clocks);
  watchProgress(metrics, progress);
  checkProgress(health, progress, composed.owns ?? (() => false));
  composed.watch?.(metrics, health);
  const http = await createHttpApp(composed.module, {
    title: 'Fascia',
    version: VERSION,
    logger,
    metrics,
    health,
    ...(composed.mount === undefined ? {} : { mount: composed.mount }),
    ...(composed.documented === undefined ? {} : { documented: composed.documented }),
  });
  const address = await http.listen(settings.port, settings.host);
  clocks.start();
  progress.start();
  const presence = sayPresent(rows, name, () => composed.doing?.() ?? {}, log);
  return {
    address,
    stop: async () => {
      await http.stop();
      await presence.stop();
      await progress.stop();
      await clocks.stop();
      await composed.stop();
      await foundation.stop();
    },
  };
};

const CONNECTIONS = 10;
const PATIENCE_MS = 60_000;

/** What is needed may start later than this process does. */
const insisting = async <T>(logger: Logger, attempt: () => Promise<T>): Promise<T> => {
  const backoff = new Backoff();
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline || !(error instanceof CannotStart && error.mayPass)) throw error;
      logger.warn({ why: error.message }, 'what is needed is not there yet');
      await delay(backoff.next());
    }
  }
};

/** What a person can mend gets its sentence; everything else keeps its stack. */
export const orExit = async (start: () => Promise<void>): Promise<void> => {
  try {
    await start();
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === undefined) throw error;
    process.stderr.write(`${error instanceof SettingsInvalid ? 'Settings:\n' : ''}${sentence}\n`);
    process.exit(1);
  }
};

const sharedSettings = (port: number): Settings => {
  const settings = settingsFrom(process.env, port);
  // One process alone may bring its own PostgreSQL; several share one.
  if (settings.databaseUrl === undefined)
    throw new SettingsInvalid('DATABASE_URL: needed by a process that is one of several');
  return settings;
};

/** The main of a process that is one of several. @param port where it listens when nothing is said */
export const runProcess = (
  name: string,
  port: number,
  compose: (foundation: Foundation) => Promise<Composed>,
  { opensPersonalFields = true }: Pick<FoundationOptions, 'opensPersonalFields'> = {},
): Promise<void> =>
  orExit(async () => {
    const settings = sharedSettings(port);
    const logger = loggerFor(settings).child({ process: name });
    // So is its reason to be.
    whenStarterIsGone(() => process.exit(0));
    const stopping = new Stopping(logger);
    const foundation = await insisting(logger, () =>
      openFoundation(settings, logger, {
        opensPersonalFields,
        poll: AMONG_OTHERS,
        connections: CONNECTIONS,
        say: (what) => {
          logger.info(what);
        },
      }),
    );
    const running = await openDoors(name, foundation, await compose(foundation));
    stopping.add(running);
    logger.info({ listens: running.address }, 'ready');
    process.send?.({ ready: running.address });
  });
