/** A live read model held against a fold of the log from zero, by digest. */
import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position, StoredEvent } from '@fascia/kernel';
import { partitionOf } from '@fascia/delivery';
import { applyDivided } from './dividing.js';
import { Opener, type Reading } from './opening.js';
import { tableSql, type ReadModel } from './read-model.js';
import { inTransaction } from '@fascia/delivery';

export interface Verification {
  readonly name: string;
  readonly rows: number;
  readonly position: string;
  readonly live: string;
  readonly rebuilt: string;
  readonly same: boolean;
}

interface VerifyParts {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly reading: Reading;
  readonly projection: string;
}

const PAGE = 1_000;

/** Order-independent of insertion: rows by id, each as its canonical text. */
const tableDigest = async (client: PoolClient, table: string): Promise<{ rows: number; digest: string }> => {
  const hash = createHash('sha256');
  const found = await client.query<{ line: string }>(
    `select to_jsonb(t)::text as line from ${table} t order by id collate "C"`,
  );
  for (const { line } of found.rows) hash.update(line).update('\n');
  return { rows: found.rows.length, digest: hash.digest('hex') };
};

/** Where each slice stands, in the order of partitions. */
const reachedBy = async (client: PoolClient, projection: string): Promise<readonly Position[]> => {
  const { rows } = await client.query<{ position: string }>(
    'select position from read.slice where projection = $1 order by partition',
    [projection],
  );
  return rows.map(({ position }) => BigInt(position));
};

const furthest = (positions: readonly Position[]): Position =>
  positions.reduce((most, one) => (one > most ? one : most), 0n);

/** What the slices had read when the snapshot was taken: of each its own events, up to where it stood. */
async function* readBySlices(
  store: EventStore,
  reached: readonly Position[],
): AsyncGenerator<readonly StoredEvent[]> {
  const to = furthest(reached);
  for (let at = 0n; at < to;) {
    const page = await store.readAll(at, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.filter((event) => event.position <= (reached[partitionOf(event, reached.length)] ?? 0n));
    at = last.position;
  }
}

const SNAPSHOT = 'isolation level repeatable read';

/**
 * The live table is read in a short transaction of its own: a switch of generations waits for its readers, and
 * everybody else would wait behind the switch for as long as the log is folded.
 */
export const verifyModel = async (
  { pool, store, reading, projection }: VerifyParts,
  model: ReadModel,
): Promise<Verification> => {
  const { reached, live } = await inTransaction(
    pool,
    async (client) => {
      // Before the snapshot is taken: a table that takes this one's place afterwards would show rows that the snapshot lacks.
      await client.query(`lock table read.${model.name} in access share mode`);
      return {
        reached: await reachedBy(client, projection),
        live: await tableDigest(client, `read.${model.name}`),
      };
    },
    SNAPSHOT,
  );
  const rebuilt = await inTransaction(pool, async (client) => {
    // With its indexes: what they refuse was refused in the live table too.
    await client.query(tableSql('pg_temp', model));
    const opener = new Opener(reading);
    const parkedStreams = new Set<string>();
    for await (const page of readBySlices(store, reached)) {
      const { events } = await opener.batch(page.filter(({ type }) => model.takes.includes(type)));
      const [parked = []] = await applyDivided(client, [{ model, schema: 'pg_temp', parkedStreams }], events);
      for (const { stream } of parked) parkedStreams.add(stream);
    }
    return tableDigest(client, `pg_temp.${model.name}`);
  });
  return {
    name: model.name,
    rows: live.rows,
    position: furthest(reached).toString(),
    live: live.digest,
    rebuilt: rebuilt.digest,
    same: live.digest === rebuilt.digest,
  };
};
