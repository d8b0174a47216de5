/** A whole network in one process: log and broker in memory, tables on PostgreSQL, and a seed that says what befalls it. */
import { setImmediate as turn } from 'node:timers/promises';
import { CARE, careModels, readingOf, TIMERS, timerModels } from '@fascia/composition';
import { DAY_MS } from '@fascia/clinical/calendar';
import { DEFAULT_TIMES, PROCESS_COMMANDS, PROCESS_INPUTS } from '@fascia/coordination';
import {
  BEGINNING_SQL,
  DELIVERY_SQL,
  FOLLOWER_SQL,
  readProgress,
  RECORD_KEY_SQL,
  recordKey,
} from '@fascia/delivery';
import { openPool } from '@fascia/event-store';
import { StoreUnavailable, type Rows } from '@fascia/kernel';
import type { ReadModel } from '@fascia/read-store';
import { ModelAdmin, READ_MIGRATIONS } from '@fascia/read-store/host';
import { FlakyStore, testDatabase, until, type TestDatabase } from '@fascia/testkit';
import type { Pool } from 'pg';
import { World } from './coordinator.world.js';
import { UnreliableBroker, type BrokerDefects } from './simulation.broker.js';
import { hearingViolations, heardModel, logViolations, type Heard } from './simulation.checks.js';
import { Dice } from './simulation.dice.js';
import { KINDS, Members } from './simulation.members.js';
import { Stories } from './simulation.stories.js';

/** Deliberate mistakes, for the checks to find. */
export interface Defects extends BrokerDefects {
  readonly movesAlways?: boolean;
}

const PARTITIONS = 3;
const CONNECTIONS = 10;
const STEPS = 60;
const AT_ONCE = 4;
const BROKEN_APPENDS = 0.05;
const REST_MS = 60_000;
const MOST_BEHIND = 20;
const MOST_QUESTIONS = 200;
const MOST_DAYS = 12;

const schema = [...Object.values(READ_MIGRATIONS), DELIVERY_SQL, FOLLOWER_SQL, RECORD_KEY_SQL, BEGINNING_SQL];

export class Simulation {
  readonly dice: Dice;
  readonly #broker: UnreliableBroker;
  readonly #world: World;
  readonly #store: FlakyStore;
  readonly #members: Members;
  readonly #stories: Stories;
  readonly #models: readonly ReadModel[];
  readonly #admin: ModelAdmin;
  readonly #poisoned = new Set<string>();
  #going: readonly Promise<unknown>[] = [];
  #troubled = false;

  private constructor(
    seed: number,
    private readonly database: TestDatabase,
    private readonly pool: Pool,
    private readonly rows: Rows,
    defects: Defects,
  ) {
    this.dice = new Dice(seed);
    this.#world = new World({
      query: (text, values) => rows.query(text, values),
      forget: () => Promise.resolve(),
      close: () => Promise.resolve(),
    });
    this.#store = new FlakyStore(this.#world.log);
    const luck = this.dice.another();
    this.#store.breakOn(() =>
      this.#troubled && luck.happens(BROKEN_APPENDS) ? luck.oneOf(['before', 'after'] as const) : undefined,
    );
    this.#broker = new UnreliableBroker(this.dice.another(), defects, () => recordKey(rows), PARTITIONS);
    this.#models = [...careModels, heardModel((event) => this.#poisoned.has(event.stream))];
    this.#members = new Members(
      {
        world: this.#world,
        store: this.#store,
        broker: this.#broker,
        rows,
        connectionString: database.connectionString,
        models: this.#models,
        movesAlways: defects.movesAlways ?? false,
        log: () => undefined,
      },
      this.dice.another(),
    );
    this.#stories = new Stories(this.#world, this.#store, this.dice.another());
    this.#admin = new ModelAdmin({
      store: this.#world.log,
      reading: readingOf(this.#world.codec),
      pool,
      patienceMs: 0,
      projections: [
        {
          projection: CARE,
          models: this.#models,
          standing: () => Promise.resolve({ position: 0n, behind: 0n, behindSeconds: null }),
        },
        {
          projection: TIMERS,
          models: timerModels,
          standing: () => Promise.resolve({ position: 0n, behind: 0n, behindSeconds: null }),
        },
      ],
    });
  }

  static async make(seed: number, defects: Defects = {}): Promise<Simulation> {
    const database = await testDatabase();
    const pool = openPool({
      url: database.connectionString,
      purpose: 'simulation',
      connections: CONNECTIONS,
    });
    for (const sql of schema) await pool.query(sql);
    const rows: Rows = {
      query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
        (
          await pool.query<T>(text, [...values]).catch((error: unknown) => {
            throw new StoreUnavailable('PostgreSQL', { cause: error });
          })
        ).rows,
    };
    return new Simulation(seed, database, pool, rows, defects);
  }

  /** Deeds and troubles, drawn one after another; what they set off goes on beside them. */
  async run(): Promise<void> {
    for (const kind of KINDS) this.#members.come(kind);
    await until(async () => (await this.#followed()) !== undefined, {
      deadlineMs: REST_MS,
      message: 'the tables to be made',
    });
    this.#troubled = true;
    this.#broker.troubled = true;
    const stories: (readonly (() => Promise<void>)[])[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      while (stories.length < AT_ONCE) stories.push(this.#stories.next());
      const at = this.dice.below(stories.length);
      const [deed, ...later] = stories[at] ?? [];
      await deed?.();
      if (later.length === 0) stories.splice(at, 1);
      else stories[at] = later;
      if (this.dice.happens(0.5)) await this.#trouble();
      await this.#aWhile();
    }
  }

  async #trouble(): Promise<void> {
    const kind = this.dice.oneOf(KINDS);
    const troubles: readonly (() => Promise<unknown> | void)[] = [
      () => {
        this.#members.come(kind);
      },
      () => this.#meanwhile(this.#members.go(kind)),
      () => {
        this.#members.come('projector');
      },
      () => this.#meanwhile(this.#members.go('projector')),
      () => {
        this.#broker.letGo();
      },
      () => this.#admin.rebuild(this.dice.oneOf(this.#models)),
      () => this.#poison(),
      () => this.#world.clock.advance(this.dice.below(MOST_DAYS) * DAY_MS),
      () => this.#admin.retry(this.dice.oneOf(this.#models)),
      () =>
        this.rows.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        ),
    ];
    await Promise.resolve(this.dice.oneOf(troubles)()).catch((error: unknown) => {
      // A wish that fell into the trouble of another one is lost, as an operator's would be.
      if (this.#troubled) return;
      throw error;
    });
  }

  #meanwhile(leaving: Promise<unknown>): void {
    this.#going = [...this.#going, leaving];
  }

  /** A stream that a fold cannot take until its code is mended, and sometimes the mending. */
  async #poison(): Promise<void> {
    const streams = (await this.#world.log.readAll(0n, 10_000)).map(({ stream }) => stream);
    if (streams.length > 0 && this.dice.happens(0.7)) this.#poisoned.add(this.dice.oneOf(streams));
    else this.#poisoned.clear();
  }

  /** Paced by what the tables have reached, and by questions where they stand still: others get on with their work. */
  async #aWhile(): Promise<void> {
    const goal = (await this.#world.log.head()).position - BigInt(this.dice.below(MOST_BEHIND));
    for (let questions = this.dice.below(MOST_QUESTIONS); questions > 0; questions -= 1) {
      await turn();
      if (((await this.#followed().catch(() => undefined)) ?? 0n) >= goal) return;
    }
  }

  /** How far the furthest slice is, once no table is being made. */
  async #followed(): Promise<bigint | undefined> {
    const { rows } = await this.pool.query<{ position: string | null }>(
      'select max(position)::text as position from read.slice where (select count(*) from read.model) = $1',
      [this.#models.length + timerModels.length],
    );
    const position = rows[0]?.position ?? undefined;
    return position === undefined ? undefined : BigInt(position);
  }

  /** Troubles end, whoever is missing comes back, and everything gets where it belongs. */
  async comesToRest(): Promise<void> {
    this.#troubled = false;
    this.#broker.troubled = false;
    this.#poisoned.clear();
    this.#broker.letGo();
    await Promise.all(this.#going);
    for (const kind of KINDS) this.#members.come(kind);
    await until(() => this.#rests(), {
      deadlineMs: REST_MS,
      message: 'the network to come to rest',
      everyMs: 20,
    });
  }

  async #rests(): Promise<boolean> {
    const { position } = await this.#world.log.head();
    const relay = await readProgress(this.rows);
    if (relay?.position !== position) return false;
    await this.pool.query('update read.parked set retry = true');
    const { rows: behind } = await this.pool.query(
      `select 1 from (select partition, position from read.slice union all select partition, position from delivery.checkpoint) s
       where s.position < ($1::bigint[])[s.partition + 1] union all select 1 from read.parked union all select 1 from read.building union all select 1 from delivery.parked
       union all select 1 from read.timer where due_at <= $4
       union all select 1 where (select count(*) from read.slice) <> 2 * $2 or (select count(*) from delivery.checkpoint where follower = any($3)) <> 2 * $2`,
      [relay.last.map(String), PARTITIONS, [PROCESS_INPUTS, PROCESS_COMMANDS], this.#now],
    );
    return behind.length === 0 && (await this.#world.log.head()).position === position;
  }

  get #now(): string {
    return this.#world.clock.now().toISOString();
  }

  /** Every draft that nobody sent grows old. */
  draftsGrowOld(): void {
    this.#world.clock.advance((DEFAULT_TIMES.draftDays + 1) * DAY_MS);
  }

  async violations(): Promise<readonly string[]> {
    const stored = await this.#world.log.readAll(0n, 10_000);
    const { rows: heard } = await this.pool.query<Heard>('select id, times from read.heard');
    const verified = await Promise.all(
      [...this.#models, ...timerModels].map((model) => this.#admin.verify(model)),
    );
    return [
      ...verified.filter(({ same }) => !same).map(({ name }) => `${name} is not what a rebuild makes`),
      ...hearingViolations(stored, heard),
      ...logViolations(stored, await this.#world.everything(), this.#stories.asked, this.#now),
    ];
  }

  get size(): Promise<number> {
    return this.#world.log.head().then(({ position }) => Number(position));
  }

  async close(): Promise<void> {
    this.#broker.letGo();
    await Promise.all(this.#going);
    await this.#members.everybodyGoes();
    await this.#broker.close();
    await this.pool.end();
    await this.database.drop();
  }
}
