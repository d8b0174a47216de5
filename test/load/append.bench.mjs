/**
 * Appends per second: Fascia's PostgreSQL event store beside Emmett's, on one embedded server, each in a
 * database of its own, taking turns. Ratios are the result; absolute figures belong to the machine.
 *
 *   node test/load/append.bench.mjs [--rounds 5] [--seconds 2] [--writers 1,16,64,256]
 *
 * Needs the built packages (`tsc -b`).
 */
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { EmbeddedPostgres, PostgresEventStore } from '@fascia/event-store';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    writers: { type: 'string', default: '1,16,64,256' },
  },
});

const DATA = { note: 'x'.repeat(135) };
const METADATA = { actor: 'y'.repeat(135) };
const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value));
const [DATA_BYTES, METADATA_BYTES] = [bytesOf(DATA), bytesOf(METADATA)];
const REQUEST_DIGEST = 'a'.repeat(64);

const fascia = async (connectionString) => {
  const store = await PostgresEventStore.open({ database: connectionString });
  return {
    append: async (id, expectedVersion) => {
      const { kind } = await store.append({
        stream: `referral-${id}`,
        expectedVersion,
        commandId: randomUUID(),
        requestDigest: REQUEST_DIGEST,
        events: [{ id: randomUUID(), type: 'ReferralSent', data: DATA_BYTES, metadata: METADATA_BYTES }],
      });
      if (kind !== 'appended') throw new Error(`an append was answered ${kind}`);
    },
    close: () => store.close(),
  };
};

const emmett = async (connectionString) => {
  const store = getPostgreSQLEventStore(connectionString);
  await store.schema.migrate();
  return {
    append: async (id, expectedVersion) => {
      await store.appendToStream(
        `referral-${id}`,
        [{ type: 'ReferralSent', data: DATA, metadata: METADATA }],
        {
          expectedStreamVersion: expectedVersion === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(expectedVersion),
        },
      );
    },
    close: () => store.close(),
  };
};

/** Each writer goes on as fast as it is answered; `existing` keeps to one stream per writer, else a new one each time. */
const measure = async (store, writers, existing, seconds) => {
  const latencies = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      let [id, version] = [randomUUID(), 0];
      while (performance.now() < end) {
        const before = performance.now();
        await store.append(id, version);
        latencies.push(performance.now() - before);
        [id, version] = existing ? [id, version + 1] : [randomUUID(), 0];
      }
    }),
  );
  const perSecond = latencies.length / ((performance.now() - start) / 1_000);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return { perSecond, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const medians = (results) =>
  Object.fromEntries(
    Object.keys(results[0]).map((figure) => [figure, median(results.map((result) => result[figure]))]),
  );

const databaseOn = async (server, name) => {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.connectionStringFor(name);
};

const compare = async (stores, writers, existing) => {
  const results = stores.map(() => []);
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
      results[index].push(await measure(stores[index], writers, existing, Number(options.seconds)));
    }
  }
  const [ours, theirs] = results.map(medians);
  const milliseconds = ({ p50, p95, p99 }) => [p50, p95, p99].map((ms) => ms.toFixed(2)).join(' / ');
  return {
    writers,
    streams: existing ? 'existing' : 'new',
    'Fascia/s': Math.round(ours.perSecond),
    'Emmett/s': Math.round(theirs.perSecond),
    ratio: `${(ours.perSecond / theirs.perSecond).toFixed(1)} x`,
    'Fascia p50/p95/p99 ms': milliseconds(ours),
    'Emmett p50/p95/p99 ms': milliseconds(theirs),
  };
};

const dataDir = mkdtempSync(join(tmpdir(), 'fascia-bench-'));
chmodSync(dataDir, 0o755);
const server = new EmbeddedPostgres({ dataDir });
await server.start();
try {
  const stores = [
    await fascia(await databaseOn(server, 'fascia_bench')),
    await emmett(await databaseOn(server, 'emmett_bench')),
  ];
  for (const store of stores) await measure(store, 16, false, 1);
  const rows = [];
  for (const writers of options.writers.split(',').map(Number)) {
    for (const existing of [false, true]) rows.push(await compare(stores, writers, existing));
  }
  process.stdout.write(
    `Appends of one event of about 300 bytes with a version check, durable (fsync on), one Node process.\n`,
  );
  process.stdout.write(
    `Median of ${options.rounds} interleaved rounds of ${options.seconds} s against Emmett's PostgreSQL store.\n`,
  );
  console.table(rows);
  for (const store of stores) await store.close();
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
