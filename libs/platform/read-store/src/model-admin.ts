/**
 * What an operator can do with read models: list, rebuild, verify against a rebuild from zero, retry parked streams.
 * Wishes are rows: whichever process holds the slices carries them out.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { EventStore, Position } from '@fascia/kernel';
import { askForGeneration } from './generations.js';
import type { Pools } from './indexes.js';
import type { Reading } from './opening.js';
import type { ReadModel } from './read-model.js';
import { verifyModel, type Verification } from './verification.js';

export interface ModelStatus {
  readonly name: string;
  readonly version: number;
  readonly rows: number;
  /** Decimal text: of the slice that is furthest behind. */
  readonly position: string;
  readonly behind: string;
  readonly behindSeconds: number | null;
  readonly parked: readonly {
    readonly stream: string;
    readonly fromVersion: number;
    readonly error: string;
    readonly since: string;
    /** Whether its events are held back; otherwise some were passed over, and its rows are there without them. */
    readonly held: boolean;
    /** Whether a retry takes it from its beginning. */
    readonly whole: boolean;
    readonly aboutPatient: boolean;
  }[];
  /** While a new generation is built beside the live one. */
  readonly building: { readonly slicesReady: number; readonly slices: number } | null;
}

type ParkedRow = Omit<ModelStatus['parked'][number], 'since'> & { readonly since: Date };

/** Where the slices of a projection stand, and what they have still to come. */
export interface Standing {
  readonly position: Position;
  readonly behind: Position;
  /** Age of the oldest event that they have still to come, at least; `null` when there is none. */
  readonly behindSeconds: number | null;
}

export interface Projection {
  readonly projection: string;
  readonly models: readonly ReadModel[];
  standing(): Promise<Standing>;
  /** Tells a host in this process that somebody wished for something. */
  nudge?(): Promise<void>;
}

interface AdminParts extends Pools {
  readonly store: EventStore;
  readonly reading: Reading;
  readonly projections: readonly Projection[];
  /** How long a wish is waited for before it is left to itself; default 60 s. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** What a generation that is being built has parked is tried again when it is live. */
const OF_LIVE = 'p.model = $1 and p.generation = (select generation from read.model where name = $1)';

export class ModelAdmin {
  readonly #parts: AdminParts;
  #verifying: Promise<unknown> = Promise.resolve();

  constructor(parts: AdminParts) {
    this.#parts = parts;
  }

  find(name: string): ReadModel | undefined {
    return this.#parts.projections.flatMap(({ models }) => models).find((model) => model.name === name);
  }

  async list(): Promise<readonly ModelStatus[]> {
    const found = await Promise.all(
      this.#parts.projections.map(async (projection) => {
        const standing = await projection.standing();
        return Promise.all(projection.models.map((model) => this.#status(model, standing)));
      }),
    );
    return found.flat();
  }

  async #status(model: ReadModel, { position, behind, behindSeconds }: Standing): Promise<ModelStatus> {
    const { pool } = this.#parts;
    const counted = await pool.query<{ rows: string }>(`select count(*) as rows from read.${model.name}`);
    const parked = await pool.query<ParkedRow>(
      `select stream, from_version as "fromVersion", error, since, held, whole, patient_id is not null as "aboutPatient" from read.parked p
       where ${OF_LIVE} order by since`,
      [model.name],
    );
    const building = await pool.query<{ slices: number; ready: number }>(
      'select count(*)::int as slices, (count(*) filter (where ready))::int as ready from read.building where model = $1',
      [model.name],
    );
    const [{ slices, ready } = { slices: 0, ready: 0 }] = building.rows;
    return {
      name: model.name,
      version: model.version,
      rows: Number(counted.rows[0]?.rows ?? 0),
      position: position.toString(),
      behind: behind.toString(),
      behindSeconds,
      parked: parked.rows.map((row) => ({ ...row, since: row.since.toISOString() })),
      building: slices === 0 ? null : { slicesReady: ready, slices },
    };
  }

  /** From zero, beside the live table, which serves meanwhile. @returns whether it is done; if not, it goes on by itself */
  async rebuild(model: ReadModel): Promise<boolean> {
    const projection = this.#projectionOf(model);
    await askForGeneration(this.#parts.pool, projection.projection, model);
    await projection.nudge?.();
    return this.#gone('select 1 from read.building where model = $1', model);
  }

  /**
   * Folds the log again beside the live table and compares both by digest. One after another: each holds a connection
   * while it reads the log over a second one, and as many at once as there are connections would wait for ever.
   */
  verify(model: ReadModel): Promise<Verification> {
    const { pool, unhurried = pool, store, reading } = this.#parts;
    const verified = this.#verifying.then(() =>
      verifyModel(
        { pool: unhurried, store, reading, projection: this.#projectionOf(model).projection },
        model,
      ),
    );
    this.#verifying = verified.catch(() => undefined);
    return verified;
  }

  /** Applies what parked streams held back, from the first event that did not fit. @returns streams still parked */
  async retry(model: ReadModel): Promise<readonly string[]> {
    const { pool } = this.#parts;
    await pool.query(`update read.parked p set retry = true where ${OF_LIVE}`, [model.name]);
    await this.#projectionOf(model).nudge?.();
    await this.#gone(`select 1 from read.parked p where ${OF_LIVE} and retry`, model);
    const { rows } = await pool.query<{ stream: string }>(
      `select stream from read.parked p where ${OF_LIVE} order by since`,
      [model.name],
    );
    return rows.map(({ stream }) => stream);
  }

  #projectionOf(model: ReadModel): Projection {
    const projection = this.#parts.projections.find(
      ({ models }) => models.includes(model) || models.some(({ name }) => name === model.name),
    );
    if (projection === undefined) throw new Error(`no projection keeps ${model.name}`);
    return projection;
  }

  /** Whether a row that stands for a wish went away in time. */
  async #gone(text: string, model: ReadModel): Promise<boolean> {
    const deadline = performance.now() + (this.#parts.patienceMs ?? PATIENCE_MS);
    for (;;) {
      if ((await this.#parts.pool.query(text, [model.name])).rowCount === 0) return true;
      if (performance.now() > deadline) return false;
      await delay(LOOK_EVERY_MS);
    }
  }
}
