/** A follower that does not move, for whatever reason, is named, and its process is not ready until it moves. */
import { testDatabase, until, type TestDatabase } from '@fascia/testkit';
import { Pool, type PoolClient } from 'pg';
import { Fascia } from './harness.js';
import { besideItsDatabase, everyEventOf, ON_EVENTSTOREDB } from './log.js';
import type { Person } from './person.js';
import { refer } from './treatment.js';

const HOUR_MS = 3_600_000;

interface Readiness {
  readonly status: number;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

describe('somebody else holds the row by which a follower moves', () => {
  let database: TestDatabase;
  let pool: Pool;
  let fascia: Fascia;
  let physician: Person;

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.connectionString });
    fascia = new Fascia(
      await besideItsDatabase({
        DATABASE_URL: database.connectionString,
        FASCIA_STALLED_SECONDS: '2',
        FASCIA_UNANSWERED_SECONDS: '2',
      }),
    );
    await fascia.start();
    physician = fascia.as('physician-demo');
  });

  afterAll(async () => {
    await fascia.dispose();
    await pool.end();
    await database.drop();
  });

  const readiness = async (): Promise<Readiness> => {
    const answer = await fetch(`${fascia.url}/health/ready`);
    const { checks } = (await answer.json()) as Pick<Readiness, 'checks'>;
    return { status: answer.status, checks };
  };

  const detailOf = async (check: string): Promise<string> =>
    (await readiness()).checks.find(({ name }) => name === check)?.detail ?? '';

  const metric = async (start: string): Promise<number> => {
    const text = await (await fetch(`${fascia.url}/metrics`)).text();
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(start))
        ?.split(' ')
        .at(-1),
    );
  };

  const whileLocked = async (row: string, work: () => Promise<void>): Promise<void> => {
    const client: PoolClient = await pool.connect();
    try {
      await client.query('begin');
      await client.query(`select 1 from ${row} for update`);
      await work();
    } finally {
      await client.query('rollback');
      client.release();
    }
  };

  const isReadyAgain = (): Promise<unknown> =>
    until(async () => (await readiness()).status === 200, {
      deadlineMs: 60_000,
      message: 'to be ready again',
    });

  it('of a read model', async () => {
    await whileLocked("read.slice where projection = 'audit'", async () => {
      await physician.get('/api/v1/patients');
      await until(async () => (await readiness()).status === 503, {
        deadlineMs: 60_000,
        message: 'to be not ready',
      });
      expect(await detailOf('progress')).toMatch(/^stands still: audit 0, for \d+ s$/);
      expect(await metric('fascia_follower_stalled_seconds{follower="audit",partition="0"}')).toBeGreaterThan(
        1,
      );
      const { body } = await fascia.as('operator-demo').get('/api/v1/admin/status');
      expect(body.stalled).toMatchObject([{ follower: 'audit', partition: 0 }]);
      expect(fascia.readLog()).toContain('a follower stands still');
    });
    await isReadyAgain();
    expect(await detailOf('progress')).toBe('');
  }, 150_000);

  it('of those who send what processes ask for: then commands without an outcome are counted', async () => {
    const patients = (await physician.get('/api/v1/patients?limit=200')).body.items as { id: string }[];
    const [one = '', other = ''] = patients.slice(-2).map(({ id }) => id);
    await whileLocked("delivery.checkpoint where follower = 'process-commands'", async () => {
      for (const patient of [one, other]) await refer(physician, patient, 'SELF-PAY');
      await until(async () => (await metric('fascia_process_commands_unanswered ')) > 0, {
        deadlineMs: 60_000,
        message: 'commands without an outcome to be counted',
      });
      await until(async () => (await detailOf('progress')).includes('process-commands 0'), {
        deadlineMs: 60_000,
        message: 'who stands still to be named',
      });
      expect(await detailOf('process-commands')).toMatch(/^without an outcome: \d+, the oldest for \d+ s$/);
      const { body } = await fascia.as('operator-demo').get('/api/v1/admin/status');
      expect(body.unanswered.commands).toBeGreaterThan(0);
      expect(body.unanswered.oldestSeconds).toBeGreaterThanOrEqual(2);
    });
    await isReadyAgain();
    await until(async () => (await metric('fascia_process_commands_unanswered ')) === 0, {
      message: 'all commands to have an outcome',
    });
  }, 150_000);

  // An EventStoreDB has a clock of its own (docs/adr/0006-eventstoredb-one-call-per-append.md).
  (ON_EVENTSTOREDB ? it.skip : it)(
    'a database whose clock jumped ahead and was set right leaves the log standing, and it is said',
    async () => {
      expect(await detailOf('clocks')).toBe('');
      await pool.query("update log.head set recorded_at = clock_timestamp() + interval '5 hours'");
      const [{ id } = { id: '' }] = (await physician.get('/api/v1/patients?limit=1')).body.items as {
        id: string;
      }[];
      await refer(physician, id, 'SELF-PAY');
      const ahead = (await everyEventOf(fascia.options.env ?? {}))
        .map(({ recordedAt }) => recordedAt)
        .filter((moment) => Date.parse(moment) > Date.now() + 4 * HOUR_MS);
      expect(ahead.length).toBeGreaterThan(1);
      expect(new Set(ahead).size).toBe(1);
      await until(async () => (await detailOf('clocks')).startsWith('the log is 1'), {
        deadlineMs: 60_000,
        message: 'the log to be found ahead',
      });
      expect((await readiness()).status).toBe(200);
      expect(await metric('fascia_log_ahead_seconds')).toBeGreaterThan(4 * 3_600);
      const status = await fascia.as('operator-demo').get('/api/v1/admin/status');
      expect(JSON.stringify(status.body)).toContain('the log is 1');
      expect(fascia.readLog()).toContain('clocks disagree');
    },
  );
});
