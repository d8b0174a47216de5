/** Connections to PostgreSQL that go silent under a product that runs: nobody hears that they are gone. */
import { randomUUID } from 'node:crypto';
import { memoryBroker } from '@fascia/broker';
import { openPool } from '@fascia/event-store';
import { DueRunner, FOLLOWER_SQL, type DueRow } from '@fascia/delivery';
import { SetClock, proxied, TcpProxy, testDatabase, testRows, until } from '@fascia/testkit';
import { Running } from './running.world.js';

const JOURNEY_MS = 300_000;
/** Of a busy machine. */
const WITHIN_MS = 120_000;
/** By then everything would have gone on, if it did. */
const STANDS_MS = 15_000;

const IMPATIENT = {
  DATABASE_CONNECT_SECONDS: '5',
  DATABASE_ANSWER_SECONDS: '5',
  DATABASE_IDLE_SECONDS: '5',
  FASCIA_STALLED_SECONDS: '20',
};
/** As without any timeout. */
const PATIENT_FOR_EVER = {
  DATABASE_CONNECT_SECONDS: '900',
  DATABASE_ANSWER_SECONDS: '900',
  DATABASE_IDLE_SECONDS: '900',
};

const PATIENT_BODY = {
  birthDate: '1980-05',
  sexAtBirth: 'female',
  interpreter: false,
  language: 'en',
  telecom: [],
  address: [],
  identifiers: [],
};

/** The product behind a proxy, with a relay or without. */
class Behind {
  private constructor(
    readonly proxy: TcpProxy,
    readonly running: Running,
    private readonly clean: () => Promise<void>,
  ) {}

  static async start(environment: Readonly<Record<string, string>>, isRelayed: boolean): Promise<Behind> {
    const database = await testDatabase();
    const proxy = await TcpProxy.listen();
    const running = await Running.start({
      environment: { ...environment, DATABASE_URL: proxied(proxy, database.connectionString) },
      ...(isRelayed ? { broker: memoryBroker({ partitions: 3 }) } : {}),
    });
    return new Behind(proxy, running, async () => {
      await running.stop();
      await proxy.close();
      await database.drop();
    });
  }

  /** @returns the ids of people whose registration was acknowledged */
  async register(...families: readonly string[]): Promise<readonly string[]> {
    const answers = await Promise.all(
      families.map((family) =>
        this.running
          .as('physician-demo')
          .insists(
            'POST',
            '/api/v1/patients',
            { ...PATIENT_BODY, name: { family, given: ['Ada'], prefix: [] } },
            { 'idempotency-key': randomUUID() },
          ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(families.map(() => 201));
    return answers.map(({ body }) => (body as { id: string }).id);
  }

  async stop(): Promise<void> {
    await this.clean();
  }
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
}, JOURNEY_MS);

describe('the product, when all of its connections go silent', () => {
  it.each([{ isRelayed: false }, { isRelayed: true }])(
    'goes on with all followers, and keeps what it acknowledged (relayed: $isRelayed)',
    async ({ isRelayed }) => {
      const behind = await Behind.start(IMPATIENT, isRelayed);
      const { running, proxy } = behind;
      ends.push(() => behind.stop());
      const ids = [...(await behind.register('Before'))];
      for (const round of ['One', 'Two']) {
        proxy.silence();
        ids.push(...(await behind.register(`${round}a`, `${round}b`, `${round}c`)));
      }
      await until(async () => (await running.behind()).length === 0 || isRelayed, {
        deadlineMs: WITHIN_MS,
        message: 'all followers to be where the log ends',
      });
      for (const id of ids)
        await until(
          async () =>
            (await running.as('physician-demo').insists('GET', `/api/v1/patients/${id}`)).status === 200,
          { deadlineMs: WITHIN_MS, message: 'a person who was acknowledged to be in the lists' },
        );
      await until(async () => (await running.ready()).status === 200, {
        deadlineMs: WITHIN_MS,
        message: 'the product to be ready',
      });
    },
    JOURNEY_MS,
  );

  it(
    'stands still without timeouts',
    async () => {
      const behind = await Behind.start(PATIENT_FOR_EVER, false);
      await behind.register('Before');
      behind.proxy.silence();
      const answer = behind.register('After').then(
        () => 'answered',
        () => 'ended',
      );
      const waited = new Promise((resolve) => {
        AbortSignal.timeout(STANDS_MS).addEventListener('abort', () => resolve('stands still'));
      });
      expect(await Promise.race([answer, waited])).toBe('stands still');
      behind.proxy.cut();
      await answer;
      await behind.stop();
    },
    JOURNEY_MS,
  );
});

describe('what is due, when the connections of who does it go silent', () => {
  it(
    'is done, by the same or by another, and not given up',
    async () => {
      const world = await testRows(
        FOLLOWER_SQL,
        'create table due (id text primary key, due_at text, set_by text)',
      );
      const proxy = await TcpProxy.listen();
      const url = proxied(proxy, world.connectionString);
      const patience = { connectMs: 5_000, answerMs: 5_000, idleMs: 5_000, longMs: 60_000 };
      const pool = openPool({ url, purpose: 'spec', patience, connections: 4 });
      const done: string[] = [];
      const runner = new DueRunner<DueRow>({
        name: `spec-${randomUUID()}`,
        table: 'public.due',
        pool,
        rows: {
          query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
            (await pool.query<T>(text, [...values])).rows,
        },
        clock: new SetClock('2026-04-01T12:00:00.000Z'),
        run: async ({ id }) => {
          done.push(id);
          // The transaction that holds the row goes silent while its work is done.
          if (id === 'second') proxy.silence();
          await world.rows.query('delete from due where id = $1 and set_by <> $1', [id]);
        },
        passes: () => true,
        log: () => undefined,
      });
      runner.start();
      const isDue = (id: string): Promise<unknown> =>
        world.rows.query('insert into due values ($1, $2, $1)', [id, '2026-04-01T11:00:00.000Z']);
      const isDone = (id: string): Promise<unknown> =>
        until(() => done.includes(id), { deadlineMs: WITHIN_MS, message: `${id} to be done` });
      await isDue('first');
      await isDone('first');
      proxy.silence();
      await isDue('second');
      await isDone('second');
      await isDue('third');
      await isDone('third');
      await runner.stop();
      await pool.end();
      await proxy.close();
      await world.close();
    },
    JOURNEY_MS,
  );
});
