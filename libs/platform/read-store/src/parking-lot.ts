/** Streams whose events a fold could not take: they wait here, by model and generation, until a retry succeeds. */
import type { Pool, PoolClient } from 'pg';
import type { StreamName } from '@fascia/kernel';
import type { Parked } from './apply.js';
import { nameOf, type Generation } from './checkpoints.js';

export class ParkingLot {
  readonly #streams = new Map<string, Set<string>>();

  constructor(
    private readonly pool: Pool,
    private readonly partition: number,
  ) {}

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

  async add(client: PoolClient, generation: Generation, parked: readonly Parked[]): Promise<void> {
    for (const { stream, version, error, patientId } of parked) {
      // Another process may have parked it; whether this one may go on is for the slice's position to say.
      await client.query(
        `insert into read.parked (model, generation, stream, partition, from_version, error, patient_id) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (model, generation, stream) do nothing`,
        [generation.model, generation.generation, stream, this.partition, version, error, patientId],
      );
      this.#add(generation, stream);
    }
  }

  /** Tries what an operator asked to be tried. @param attempt answers whether the stream was taken */
  async retry(
    generation: Generation,
    attempt: (stream: StreamName, fromVersion: number) => Promise<boolean>,
  ): Promise<void> {
    const { rows } = await this.pool.query<{ stream: StreamName; from_version: number }>(
      'select stream, from_version from read.parked where model = $1 and generation = $2 and partition = $3 and retry',
      [generation.model, generation.generation, this.partition],
    );
    for (const { stream, from_version } of rows) {
      if (await attempt(stream, from_version)) this.#streams.get(nameOf(generation))?.delete(stream);
    }
  }

  /** It was taken, all of it. */
  async release(client: PoolClient, { model, generation }: Generation, stream: string): Promise<void> {
    await client.query('delete from read.parked where model = $1 and generation = $2 and stream = $3', [
      model,
      generation,
      stream,
    ]);
  }

  /** It was taken up to a version, and the rest still is to be. */
  async moveOn(
    client: PoolClient,
    { model, generation }: Generation,
    stream: string,
    fromVersion: number,
  ): Promise<void> {
    await client.query(
      'update read.parked set from_version = $4 where model = $1 and generation = $2 and stream = $3',
      [model, generation, stream, fromVersion],
    );
  }

  /** It was refused once more. */
  async waitAgain(
    client: PoolClient,
    { model, generation }: Generation,
    { stream, version, error }: Parked,
  ): Promise<void> {
    await client.query(
      'update read.parked set from_version = $4, error = $5, retry = false where model = $1 and generation = $2 and stream = $3',
      [model, generation, stream, version, error],
    );
  }

  #add(generation: Generation, stream: string): void {
    const name = nameOf(generation);
    const known = this.#streams.get(name) ?? new Set<string>();
    this.#streams.set(name, known.add(stream));
  }
}
