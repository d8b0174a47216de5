import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import type { Settings } from '@fascia/composition';
import { Failure } from '../failure.js';
import { portTrouble } from '../port.js';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

const NODE_NEEDED = 24;
const GIB = 1024 ** 3;
const DISK_WANTED_GIB = 1;

const node = (): Finding => {
  const major = Number(process.versions.node.split('.')[0]);
  return {
    what: 'Node',
    ok: major >= NODE_NEEDED,
    detail: `${process.version}${major >= NODE_NEEDED ? '' : `: version ${String(NODE_NEEDED)} is needed`}`,
  };
};

const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

const disk = ({ dataDir }: Settings): Finding => {
  const folder = nearestFolder(resolve(dataDir));
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / GIB;
  return {
    what: 'Disk',
    ok: free >= DISK_WANTED_GIB,
    detail: `${free.toFixed(1)} GiB free for ${resolve(dataDir)}`,
  };
};

const writable = ({ dataDir }: Settings): Finding => {
  const folder = nearestFolder(resolve(dataDir));
  try {
    accessSync(folder, constants.W_OK);
    return {
      what: 'Data folder',
      ok: true,
      detail: `${resolve(dataDir)}${existsSync(dataDir) ? '' : ' (made at the first start)'}`,
    };
  } catch {
    return { what: 'Data folder', ok: false, detail: `${folder} cannot be written: set FASCIA_DATA_DIR` };
  }
};

const port = async ({ host, port: wanted }: Settings): Promise<Finding> => {
  const trouble = await portTrouble(host, wanted);
  return { what: 'Port', ok: trouble === undefined, detail: trouble ?? `${host}:${String(wanted)} is free` };
};

/** @param ask throws a sentence when it does not answer */
const asked = (what: string, detail: string, ask: () => Promise<void>): Promise<Finding> =>
  ask().then(
    () => ({ what, ok: true, detail }),
    (error: unknown) => ({ what, ok: false, detail: error instanceof Error ? error.message : String(error) }),
  );

const database = async ({ databaseUrl }: Settings): Promise<Finding> => {
  if (databaseUrl === undefined)
    return {
      what: 'Database',
      ok: true,
      detail: 'embedded PostgreSQL; a process that is one of several needs DATABASE_URL',
    };
  const { databaseAnswers } = await import('@fascia/composition');
  return asked('Database', `a server at ${new URL(databaseUrl).host || 'a local socket'} answers`, () =>
    databaseAnswers(databaseUrl),
  );
};

const eventStore = async ({ eventStoreDbUrl }: Settings): Promise<Finding> => {
  if (eventStoreDbUrl === undefined) return { what: 'Event store', ok: true, detail: 'in that database' };
  const { eventStoreDbAnswers } = await import('@fascia/composition');
  return asked('Event store', 'EventStoreDB answers; lists, keys and checkpoints stay in the database', () =>
    eventStoreDbAnswers(eventStoreDbUrl),
  );
};

const hasJava = (): Promise<boolean> =>
  promisify(execFile)('java', ['-version']).then(
    () => true,
    () => false,
  );

/** Java is of no use where brokers are named: it runs the broker that `npm run split` brings along. */
const kafka = async (settings: Settings): Promise<Finding> => {
  const { brokers, client, topic } = settings.kafka;
  if (brokers.length === 0) {
    const own = (await hasJava())
      ? 'starts one with the Java that is here'
      : 'needs KAFKA_BROKERS, or a container engine, or Java 17';
    return { what: 'Kafka', ok: true, detail: `none named: one process needs none, npm run split ${own}` };
  }
  const { brokerAnswers } = await import('@fascia/composition');
  return asked('Kafka', `${brokers.join(', ')} answers (${client}, topic ${topic})`, () =>
    brokerAnswers(settings),
  );
};

const identity = ({ issuer }: Settings): Finding => ({
  what: 'Identity',
  ok: true,
  detail:
    issuer === undefined
      ? 'development issuer with demo people: not for real patients'
      : `OpenID Connect issuer ${issuer.url}`,
});

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'check settings, versions, disk and port, and whether database, event store and Kafka answer',
    )
    .action(async () => {
      const { settingsFrom, SettingsInvalid } = await import('@fascia/composition');
      let settings: Settings;
      try {
        settings = settingsFrom(process.env);
      } catch (error) {
        if (error instanceof SettingsInvalid) throw new Failure(`Settings:\n${error.message}`);
        throw error;
      }
      const findings = [
        node(),
        writable(settings),
        disk(settings),
        await port(settings),
        await database(settings),
        await eventStore(settings),
        await kafka(settings),
        identity(settings),
      ];
      for (const { what, ok, detail } of findings)
        process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${what.padEnd(12)} ${detail}\n`);
      if (findings.some((finding) => !finding.ok)) throw new Failure('Something above needs mending.');
    });
