/**
 * Streams whose events a fold could not take wait here, by model and generation, until a retry succeeds. Those of whose events some
 * were passed over are here as well: their rows are there, and incomplete.
 */
import type { Pool, PoolClient } from 'pg';
import type { StreamName } from '@fascia/kernel';
import type { Parked } from './apply.js';
import { nameOf, type Generation } from './checkpoints.js';
import type { Passed } from './opening.js';

/** As the table says why a stream is here; the type is a word of code. */
export const passedFor = ({ type }: Pick<Passed, 'type'>): string => `NotKnown ${type}`;

/** A stream that waits, as its row has it. */
export interface ParkedStream {
  readonly stream: StreamName;
  readonly fromVersion: number;
  /** Whether its events are held back; they are folded otherwise, without those that were passed over. */
  readonly held: boolean;
  /** Whether it has to be taken from its beginning. */
  readonly whole: boolean;
}

const THIS = 'model = $1 and generation = $2 and stream = $3';
const keyOf = ({ model, generation }: Generation, stream: string): readonly unknown[] => [
  model,
  generation,
  stream,
];

export class ParkingLot {
  readonly #streams = new Map<string, Set<string>>();
  #tried = false;

  constructor(
    private readonly pool: Pool,
    readonly partition: number,
  ) {}

  /** The streams whose events are held back. */
  of(generation: Generation): ReadonlySet<string> {
    return this.#streams.get(nameOf(generation)) ?? new Set();
  }

  async load(): Promise<void> {
    this.#streams.clear();
    const { rows } = await this.pool.query<Generation & { stream: string }>(
      'select model, generation, stream from read.parked where held',
    );
    for (const row of rows) this.#add(row, row.stream);
  }

  /** What was passed over is tried once by every process that begins: its code may know more. */
  async tryPassed(models: readonly string[]): Promise<void> {
    if (this.#tried) return;
    await this.pool.query(
      'update read.parked set retry = true where not held and partition = $1 and model = any($2)',
      [this.partition, models],
    );
    this.#tried = true;
  }

  /** What is held back from now on. One of whose events some were passed over is to be taken from its beginning. */
  async add(client: PoolClient, generation: Generation, parked: readonly Parked[]): Promise<void> {
    for (const { stream, version, error, patientId } of parked) {
      // Another process may have parked it; whether this one may go on is for the slice's position to say.
      await client.query(
        `insert into read.parked (model, generation, stream, partition, from_version, error, patient_id) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (model, generation, stream) do update set held = true, error = excluded.error, retry = false,
           from_version = least(parked.from_version, excluded.from_version) where not parked.held`,
        [...keyOf(generation, stream), this.partition, version, error, patientId],
      );
      this.#add(generation, stream);
    }
  }

  /** An event was passed over. @returns whether it is the first of its stream */
  async pass(client: PoolClient, generation: Generation, event: Passed): Promise<boolean> {
    const { rowCount } = await client.query(
      `insert into read.parked (model, generation, stream, partition, from_version, error, patient_id, held, whole)
       values ($1, $2, $3, $4, $5, $6, $7, false, true) on conflict (model, generation, stream) do nothing`,
      [...keyOf(generation, event.stream), this.partition, event.version, passedFor(event), event.patientId],
    );
    return rowCount === 1;
  }

  /** What somebody asked to be tried. */
  async asked({ model, generation }: Generation): Promise<readonly ParkedStream[]> {
    const { rows } = await this.pool.query<ParkedStream>(
      `select stream, from_version as "fromVersion", held, whole from read.parked
       where model = $1 and generation = $2 and partition = $3 and retry`,
      [model, generation, this.partition],
    );
    return rows;
  }

  /** It is tried no longer, and stays as it was. */
  async leave(client: PoolClient, generation: Generation, stream: string): Promise<void> {
    await client.query(`update read.parked set retry = false where ${THIS}`, [...keyOf(generation, stream)]);
  }

  /** Its rows were taken away: it is held back from its beginning on. */
  async startOver(client: PoolClient, generation: Generation, stream: string): Promise<void> {
    await client.query(`update read.parked set held = true, whole = false, from_version = 1 where ${THIS}`, [
      ...keyOf(generation, stream),
    ]);
    this.#add(generation, stream);
  }

  /** It was taken up to a version, and the rest still is to be. */
  async moveOn(
    client: PoolClient,
    generation: Generation,
    stream: string,
    { fromVersion, passed }: { readonly fromVersion: number; readonly passed: boolean },
  ): Promise<void> {
    await client.query(`update read.parked set from_version = $4, whole = whole or $5 where ${THIS}`, [
      ...keyOf(generation, stream),
      fromVersion,
      passed,
    ]);
  }

  /** It was refused once more. */
  async waitAgain(
    client: PoolClient,
    generation: Generation,
    { stream, version, error }: Parked,
    passed: boolean,
  ): Promise<void> {
    await client.query(
      `update read.parked set from_version = $4, error = $5, whole = whole or $6, retry = false where ${THIS}`,
      [...keyOf(generation, stream), version, error, passed],
    );
  }

  /** It was taken, all of it, or without an event that was passed over. */
  async release(
    client: PoolClient,
    generation: Generation,
    stream: string,
    passed: Passed | undefined,
  ): Promise<void> {
    if (passed === undefined)
      await client.query(`delete from read.parked where ${THIS}`, [...keyOf(generation, stream)]);
    else
      await client.query(
        `update read.parked set held = false, whole = true, from_version = $4, error = $5, retry = false where ${THIS}`,
        [...keyOf(generation, stream), passed.version, passedFor(passed)],
      );
  }

  /** After the transaction: its events are held back no longer. */
  follow(generation: Generation, stream: string): void {
    this.#streams.get(nameOf(generation))?.delete(stream);
  }

  #add(generation: Generation, stream: string): void {
    const name = nameOf(generation);
    const known = this.#streams.get(name) ?? new Set<string>();
    this.#streams.set(name, known.add(stream));
  }
}
