/** Everything that can die, dies: real processes, a real broker, real databases. After each fault the product is whole again by itself. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  describeWithKafka,
  freshName,
  startKafka,
  startTestServer,
  until,
  type KafkaServer,
  type TestServer,
} from '@fascia/testkit';
import { Pool } from 'pg';
import { everyEventOf } from '../journeys/log.js';
import { SplitFascia } from '../journeys/topologies.js';
import { Load } from './load.js';
import { outcomeViolations } from './outcomes.js';
import { Reactions } from './reactions.js';
import { Topic } from './topic.js';

const COMMANDS = 24;
/** Longer than all that is waited for in one. */
const FAULT_MS = 600_000;
const SETTLED_MS = 300_000;
const COUNTED_MS = 60_000;
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'die-at.mjs'));

/** Where a process dies: `app`, and the step that it has just begun or ended. */
const STEPS: readonly (readonly [app: string, step: string, when: string])[] = [
  ['write-api', 'append.before', 'before it stores a command'],
  ['write-api', 'append.after', 'after it stored a command, before it answers'],
  ['relay', 'publish.before', 'after it read the log'],
  ['relay', 'publish.sent', 'between publishing and the acknowledgement'],
  ['relay', 'publish.acked', 'between the acknowledgement and its checkpoint'],
  ['relay', 'checkpoint.after', 'after its checkpoint'],
  ['projector', 'write.before', 'after it read its records'],
  ['projector', 'write.after', 'between writing rows and the commit'],
  ['projector', 'commit.after', 'between the commit and the acknowledgement'],
  ['coordinator', 'append.before', 'before it notes an input'],
  ['coordinator', 'append.after', 'after it noted an input or carried out a command'],
  ['coordinator', 'checkpoint.before', 'before its checkpoint'],
  ['coordinator', 'checkpoint.after', 'after its checkpoint'],
];

describeWithKafka('a network of processes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'fascia-faults-'));
  const topicName = freshName('care');
  const report: { readonly fault: string; readonly rows: number; readonly commands: number }[] = [];
  let kafka: KafkaServer;
  let postgres: TestServer;
  let databaseUrl: string;
  let pool: Pool;
  let fascia: SplitFascia;
  let load: Load;
  let reactions: Reactions;
  let topic: Topic;

  beforeAll(async () => {
    // Servers of its own: these are killed.
    [kafka, postgres] = await Promise.all([startKafka(), startTestServer()]);
    databaseUrl = postgres.server.connectionString;
    pool = new Pool({ connectionString: databaseUrl });
    pool.on('error', () => undefined);
    fascia = await SplitFascia.make({
      env: {
        DATABASE_URL: databaseUrl,
        KAFKA_BROKERS: kafka.brokers.join(','),
        KAFKA_TOPIC: topicName,
        NODE_OPTIONS: `--import=${PRELOAD.href}?dir=${dir}`,
      },
    });
    await fascia.start();
    topic = new Topic(kafka.brokers, topicName);
    load = await Load.of(fascia);
    reactions = await Reactions.of(fascia);
  }, 180_000);

  afterAll(async () => {
    await topic.close();
    await fascia.dispose();
    await pool.end();
    await postgres.stop();
    await kafka.stop();
    rmSync(dir, { recursive: true, force: true });
    for (const { fault, rows, commands } of report)
      process.stderr.write(
        `      ${fault}: ${String(commands)} commands, ${String(rows)} rows as rebuilt, 0 violations\n`,
      );
  });

  const isWhole = async (): Promise<number> => {
    await fascia.settled(SETTLED_MS);
    await reactions.everybodyIsAskedOnce();
    const rows = await load.everythingIsThere(60_000);
    expect(outcomeViolations(await everyEventOf({ DATABASE_URL: databaseUrl }))).toEqual([]);
    return rows;
  };

  /** Commands and reactions before, during and after the fault; then everything must be as if it had not been. */
  const survives = async (fault: string, deed: () => Promise<void>): Promise<void> => {
    await load.under(async () => {
      await Promise.all([deed(), reactions.provoke()]);
    }, COMMANDS);
    report.push({ fault, commands: load.wishes.length, rows: await isWhole() });
  };

  const wish = (app: string, place: string): void => {
    writeFileSync(join(dir, `${app}.${place}`), '');
  };
  const carriedOut = (app: string, place: string): Promise<unknown> =>
    until(() => existsSync(join(dir, `${app}.${place}.done`)), {
      message: `${app} to die at ${place}`,
    });

  const paused = async (name: string, meanwhile: () => Promise<void>): Promise<void> => {
    const victims = (await fascia.processes()).filter((one) => one.name === name);
    for (const { pid } of victims) process.kill(pid, 'SIGSTOP');
    await meanwhile().finally(() => {
      for (const { pid } of victims) process.kill(pid, 'SIGCONT');
    });
  };

  it.each(STEPS)(
    'survives kill -9 of %s (%s) %s',
    async (app, place) => {
      await survives(`kill -9 of ${app}, ${place}`, async () => {
        wish(app, place);
        await carriedOut(app, place);
        rmSync(join(dir, `${app}.${place}.done`));
      });
    },
    FAULT_MS,
  );

  it.each(['read-api', 'audit-api'])(
    'survives kill -9 of %s',
    async (app) => {
      await survives(`kill -9 of ${app}`, async () => {
        expect(await fascia.killOne9(app)).toBe(true);
      });
    },
    FAULT_MS,
  );

  it(
    'survives kill -9 of the broker, and its return',
    async () => {
      await survives('broker killed and started again', async () => {
        await kafka.kill9();
        await kafka.start();
      });
    },
    FAULT_MS,
  );

  it(
    'survives a relay that is paused while it leads, and wakes when another does',
    async () => {
      const leading = async () =>
        (await fascia.processes()).filter(({ name, doing }) => name === 'relay' && doing['leads'] === true);
      await until(async () => (await leading()).length === 1, {
        deadlineMs: 60_000,
        message: 'one relay to lead',
      });
      const [first] = await leading();
      await survives('relay paused and woken', async () => {
        process.kill(first?.pid ?? 0, 'SIGSTOP');
        await until(async () => (await leading()).some(({ pid }) => pid !== first?.pid), {
          message: 'another relay to lead',
        }).finally(() => process.kill(first?.pid ?? 0, 'SIGCONT'));
      });
    },
    FAULT_MS,
  );

  it(
    'survives a storm of rebalances',
    async () => {
      await survives('rebalance storm', async () => {
        for (let round = 0; round < 4; round += 1) await topic.joinAndLeave(`${topicName}.care`);
      });
    },
    FAULT_MS,
  );

  it(
    'survives the whole topic a second time',
    async () => {
      const before = await fascia.skipped();
      let again = 0;
      await survives('whole topic replayed', async () => {
        again = await topic.replay();
      });
      expect(again).toBeGreaterThan(100);
      await until(async () => (await fascia.skipped()) >= before + again, {
        deadlineMs: COUNTED_MS,
        message: 'every record to be skipped',
      });
    },
    FAULT_MS,
  );

  /**
   * That the fault did happen: something was read from the store because its record did not come. Whether a process that was stopped
   * had fetched the records before nobody can tell: then the fault is done once more.
   */
  const heals = async (fault: string, deed: () => Promise<void>, triesLeft: number): Promise<void> => {
    const before = fascia.healed();
    await survives(fault, deed);
    await until(() => fascia.healed() > before, {
      deadlineMs: COUNTED_MS,
      message: 'something to be healed',
    }).catch((error: unknown) => {
      if (triesLeft === 0) throw error;
      return heals(fault, deed, triesLeft - 1);
    });
  };

  it(
    'survives a record that never comes',
    async () => {
      await heals(
        'one record dropped',
        async () => {
          wish('relay', 'drop');
          await carriedOut('relay', 'drop');
          rmSync(join(dir, 'relay.drop.done'));
        },
        0,
      );
    },
    FAULT_MS,
  );

  it(
    'survives records past their retention before they were read',
    async () => {
      const unread = () =>
        paused('projector', async () => {
          // What was fetched for a process that stands still lies in its sockets; nothing after it does.
          await load.answered(1);
          await fascia.relayed();
          await load.answered(4);
          await fascia.relayed();
          await topic.forget();
        });
      await heals('retention shorter than lag', unread, 2);
    },
    FAULT_MS,
  );

  it(
    'survives a topic that is deleted and made anew',
    async () => {
      await survives('topic recreated', () => topic.makeAnew());
    },
    FAULT_MS,
  );

  it(
    'survives kill -9 of PostgreSQL, and its return',
    async () => {
      await survives('PostgreSQL killed and started again', async () => {
        const { pid } = postgres.server;
        process.kill(pid, 'SIGKILL');
        await until(() => postgres.server.ensureRunning().then(() => postgres.server.pid !== pid), {
          deadlineMs: 60_000,
          message: 'PostgreSQL to run again',
        });
      });
    },
    FAULT_MS,
  );

  it(
    'survives PostgreSQL cutting every connection',
    async () => {
      await survives('every connection to PostgreSQL cut', async () => {
        for (let round = 0; round < 3; round += 1) {
          await pool.query(
            'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
          );
        }
      });
    },
    FAULT_MS,
  );

  it(
    'would be noticed, had a row or an outcome gone wrong',
    async () => {
      await pool.query(
        'update read.referral set version = version + 1 where id = (select id from read.referral limit 1)',
      );
      await expect(load.everyModelIsAsRebuilt()).rejects.toThrow();
      const events = await everyEventOf({ DATABASE_URL: databaseUrl });
      const first = events.findIndex(({ type }) => type === 'InputHandled');
      const handled = events[first];
      expect(outcomeViolations(handled === undefined ? [] : [...events, handled]).length).toBeGreaterThan(0);
      expect(
        outcomeViolations(events.filter(({ type }) => type !== 'CareTaskCreated')).length,
      ).toBeGreaterThan(0);
      expect(outcomeViolations(events.filter((_, index) => index !== first)).length).toBeGreaterThan(0);
    },
    FAULT_MS,
  );
});
