/** What is due, on a real database: in order, once, by one of several; parked alone, and tried again when somebody asks. */
import { randomUUID } from 'node:crypto';
import { StoreUnavailable } from '@fascia/kernel';
import { SetClock, testRows, until, type TestRows } from '@fascia/testkit';
import { FOLLOWER_SQL } from './checkpoint.js';
import { DueRunner, type DueRow } from './due-runner.js';
import { parkedSubjects, retryParked } from './parking-place.js';

const HOUR_MS = 3_600_000;

let database: TestRows;
let pool: TestRows['pool'];
let rows: TestRows['rows'];

beforeAll(async () => {
  database = await testRows(FOLLOWER_SQL);
  ({ pool, rows } = database);
});
afterAll(() => database.close());

/** Each look at what is due begins with one at the clock. */
class LookedAt extends SetClock {
  looks = 0;

  override now(): Date {
    this.looks += 1;
    return super.now();
  }
}

class Office {
  readonly name = `spec-${randomUUID()}`;
  readonly table = `public.due_${randomUUID().replaceAll('-', '')}`;
  readonly clock = new LookedAt('2026-04-01T12:00:00.000Z');
  readonly done: string[] = [];
  readonly logged: string[] = [];
  readonly troubles = new Map<string, Error>();
  readonly #runners: DueRunner<DueRow>[] = [];
  /** As a read model does, a moment later; or not yet. */
  forgets = true;

  async open(): Promise<void> {
    await pool.query(`create table ${this.table} (id text primary key, due_at text, set_by text)`);
  }

  start(): void {
    const runner = new DueRunner<DueRow>({
      name: this.name,
      table: this.table,
      pool,
      rows,
      clock: this.clock,
      run: async ({ id, set_by }) => {
        const trouble = this.troubles.get(id);
        if (trouble !== undefined) throw trouble;
        this.done.push(id);
        if (this.forgets)
          void pool.query(`delete from ${this.table} where id = $1 and set_by = $2`, [id, set_by]);
        await Promise.resolve();
      },
      passes: (error) => error instanceof StoreUnavailable,
      log: (what) => {
        this.logged.push(what);
      },
    });
    runner.start();
    this.#runners.push(runner);
  }

  get leads(): boolean {
    return this.#runners.some((runner) => runner.leads);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#runners.splice(0).map((runner) => runner.stop()));
  }

  async due(id: string, hours: number): Promise<void> {
    const at = new Date(this.clock.now().getTime() + hours * HOUR_MS).toISOString();
    await pool.query(
      `insert into ${this.table} values ($1, $2, $3) on conflict (id) do update set due_at = excluded.due_at, set_by = excluded.set_by`,
      [id, at, randomUUID()],
    );
  }

  doneAre(...ids: readonly string[]): Promise<unknown> {
    return until(() => this.done.length >= ids.length, {
      message: () => `${ids.join(', ')} to be done, not only ${this.done.join(', ')}`,
      deadlineMs: 60_000,
    }).then(() => {
      expect(this.done).toEqual(ids);
    });
  }

  /** A whole look after what was done last. */
  async looksAgain(): Promise<void> {
    const before = this.clock.looks;
    await until(() => this.clock.looks >= before + 2, { message: 'another look', deadlineMs: 60_000 });
  }

  async parked(): Promise<readonly string[]> {
    return (await parkedSubjects(rows))
      .filter(({ follower }) => follower === this.name)
      .map(({ subject }) => subject);
  }
}

let office: Office;
beforeEach(async () => {
  office = new Office();
  await office.open();
});
afterEach(() => office.stop());

describe('what is due', () => {
  it('is done after downtime once and in order, and what is not due waits for the clock', async () => {
    await office.due('third', -1);
    await office.due('first', -72);
    await office.due('second', -2);
    await office.due('later', 1);
    office.start();
    await office.doneAre('first', 'second', 'third');
    await office.due('fourth', -1);
    await office.doneAre('first', 'second', 'third', 'fourth');
    await office.looksAgain();
    await office.doneAre('first', 'second', 'third', 'fourth');
    office.clock.advance(HOUR_MS);
    await office.doneAre('first', 'second', 'third', 'fourth', 'later');
  });

  it('is done once by two that run at a time, also while its row is still there', async () => {
    office.forgets = false;
    const ids = Array.from({ length: 45 }, (_, n) => `id-${String(n).padStart(2, '0')}`);
    for (const [index, id] of ids.entries()) await office.due(id, index - 100);
    office.start();
    office.start();
    await office.doneAre(...ids);
    await office.due('again', -1);
    await office.doneAre(...ids, 'again');
  });

  it('is done again when it is made due again', async () => {
    await office.due('one', -1);
    office.start();
    await office.doneAre('one');
    await office.due('one', -1);
    await office.doneAre('one', 'one');
  });

  it('waits in order while something is down', async () => {
    office.troubles.set('first', new StoreUnavailable('down'));
    await office.due('first', -2);
    await office.due('second', -1);
    office.start();
    await until(() => office.logged.filter((what) => what === 'what is due waits').length > 3, {
      message: 'several tries',
      deadlineMs: 60_000,
    });
    expect(office.done).toEqual([]);
    office.troubles.clear();
    await office.doneAre('first', 'second');
    expect(await office.parked()).toEqual([]);
  });

  it('is parked alone when it cannot be done, and done when somebody asks after it was mended', async () => {
    office.troubles.set('broken', new TypeError('its own fault'));
    await office.due('broken', -2);
    await office.due('sound', -1);
    office.start();
    await office.doneAre('sound');
    const [parked = ''] = await office.parked();
    expect(parked).toMatch(/^broken /);
    office.troubles.clear();
    await retryParked(rows, parked);
    await office.doneAre('sound', 'broken');
    expect(await office.parked()).toEqual([]);
  });

  it('is done when it was set anew, though it is parked as it was set before', async () => {
    office.troubles.set('broken', new TypeError('its own fault'));
    await office.due('broken', -2);
    office.start();
    await until(async () => (await office.parked()).length > 0, {
      message: 'it to be parked',
      deadlineMs: 60_000,
    });
    office.troubles.clear();
    await office.due('broken', -1);
    await office.doneAre('broken');
  });

  it('goes on under another leader when the database lets the first one go', async () => {
    office.start();
    office.start();
    await until(() => office.leads, { message: 'a leader', deadlineMs: 60_000 });
    await pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`,
    );
    await office.due('one', -1);
    await office.doneAre('one');
  });
});
