/** What an operator can do with read models: list, rebuild, verify against a rebuild from zero, retry parked streams. */
import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Envelope, EventStore, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { applyBatch } from './apply.js';
import { loadCheckpoint, resetModel } from './checkpoints.js';
import type { ProjectionHost } from './projection-host.js';
import { tableSql, type ReadModel } from './read-model.js';
import { inTransaction } from './transaction.js';

export interface ModelStatus {
  readonly name: string;
  readonly version: number;
  readonly rows: number;
  /** Decimal text. */
  readonly position: string;
  readonly behind: string;
  readonly parked: readonly { readonly stream: string; readonly fromVersion: number; readonly error: string; readonly since: string }[];
}

export interface Verification {
  readonly name: string;
  readonly rows: number;
  readonly position: string;
  readonly live: string;
  readonly rebuilt: string;
  readonly same: boolean;
}

interface AdminParts {
  readonly store: EventStore;
  readonly decode: (stored: StoredEvent) => Promise<Envelope>;
  readonly pool: Pool;
  readonly host: ProjectionHost;
}

const BATCH = 500;

/** Order-independent of insertion: rows by id, each as its canonical text. */
const tableDigest = async (client: PoolClient, table: string): Promise<{ rows: number; digest: string }> => {
  const hash = createHash('sha256');
  const found = await client.query<{ line: string }>(`select to_jsonb(t)::text as line from ${table} t order by id collate "C"`);
  for (const { line } of found.rows) hash.update(line).update('\n');
  return { rows: found.rows.length, digest: hash.digest('hex') };
};

export class ModelAdmin {
  readonly #parts: AdminParts;

  constructor(parts: AdminParts) {
    this.#parts = parts;
  }

  find(name: string): ReadModel | undefined {
    return this.#parts.host.models.find((model) => model.name === name);
  }

  async list(): Promise<readonly ModelStatus[]> {
    const { position: head } = await this.#parts.store.head();
    return Promise.all(this.#parts.host.models.map((model) => this.#status(model, head)));
  }

  async #status(model: ReadModel, head: Position): Promise<ModelStatus> {
    const counted = await this.#parts.pool.query<{ rows: string }>(`select count(*) as rows from read.${model.name}`);
    const parked = await this.#parts.pool.query<{ stream: string; fromVersion: number; error: string; since: Date }>(
      'select stream, from_version as "fromVersion", error, since from read.parked where model = $1 order by since',
      [model.name],
    );
    const { position } = this.#parts.host;
    return {
      name: model.name,
      version: model.version,
      rows: Number(counted.rows[0]?.rows ?? 0),
      position: position.toString(),
      behind: (head > position ? head - position : 0n).toString(),
      parked: parked.rows.map((row) => ({ ...row, since: row.since.toISOString() })),
    };
  }

  /** From zero to where the other models stand; other models wait meanwhile. */
  rebuild(model: ReadModel): Promise<void> {
    const { host, pool } = this.#parts;
    return host.exclusively(async () => {
      await inTransaction(pool, (client) => resetModel(client, model, host.epoch));
      host.setParked(model.name, new Set());
      await host.catchUp([model], 0n, host.position);
    });
  }

  /** Folds the log again beside the live table and compares both by digest. */
  async verify(model: ReadModel): Promise<Verification> {
    return inTransaction(
      this.#parts.pool,
      async (client) => {
        const checkpoint = await loadCheckpoint(client, model);
        const position = checkpoint?.position ?? 0n;
        const live = await tableDigest(client, `read.${model.name}`);
        await client.query(tableSql('pg_temp', { ...model, indexes: [] }));
        const parkedStreams = new Set<string>();
        for await (const events of this.#span(model, position)) await applyBatch(client, model, events, { schema: 'pg_temp', parkedStreams });
        const rebuilt = await tableDigest(client, `pg_temp.${model.name}`);
        await client.query(`drop table pg_temp.${model.name}`);
        return {
          name: model.name, rows: live.rows, position: position.toString(),
          live: live.digest, rebuilt: rebuilt.digest, same: live.digest === rebuilt.digest,
        };
      },
      'isolation level repeatable read',
    );
  }

  async *#span(model: ReadModel, to: Position): AsyncIterable<readonly Envelope[]> {
    for (let at = 0n; at < to; ) {
      const page = (await this.#parts.store.readAll(at, BATCH)).filter((event) => event.position <= to);
      const last = page.at(-1);
      if (last === undefined) return;
      yield await Promise.all(page.filter((event) => model.takes.includes(event.type)).map((event) => this.#parts.decode(event)));
      at = last.position;
    }
  }

  /** Applies what parked streams held back, from the first event that did not fit. @returns streams still parked */
  retry(model: ReadModel): Promise<readonly string[]> {
    const { host, pool } = this.#parts;
    return host.exclusively(async () => {
      const parked = await pool.query<{ stream: StreamName; from_version: number }>(
        'select stream, from_version from read.parked where model = $1',
        [model.name],
      );
      const still: string[] = [];
      for (const { stream, from_version } of parked.rows) {
        if (!(await this.#retryStream(model, stream, from_version))) still.push(stream);
      }
      host.setParked(model.name, new Set(still));
      return still;
    });
  }

  async #retryStream(model: ReadModel, stream: StreamName, fromVersion: number): Promise<boolean> {
    const { store, decode, pool, host } = this.#parts;
    const events: Envelope[] = [];
    for (let from = fromVersion; ; from += BATCH) {
      const page = await store.readStream(stream, from, BATCH);
      events.push(...(await Promise.all(page.filter((event) => event.position <= host.position).map(decode))));
      if (page.length < BATCH) break;
    }
    return inTransaction(pool, async (client) => {
      const [again] = await applyBatch(client, model, events, { schema: 'read', parkedStreams: new Set() });
      if (again === undefined) await client.query('delete from read.parked where model = $1 and stream = $2', [model.name, stream]);
      else {
        await client.query('update read.parked set from_version = $3, error = $4 where model = $1 and stream = $2', [
          model.name, stream, again.version, again.error,
        ]);
      }
      return again === undefined;
    });
  }
}
