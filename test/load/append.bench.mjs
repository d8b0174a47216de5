/**
 * Appends per second: Fascia's PostgreSQL event store beside Emmett's, on one embedded server, each in a
 * database of its own, taking turns. Ratios are the result; absolute figures belong to the machine.
 * BENCH_ROUNDS, BENCH_SECONDS (2) and BENCH_WRITERS (1,16,64,256) in the environment.
 */
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { PostgresEventStore } from '@fascia/event-store';
import { keyHashOf } from '@fascia/kernel';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { count, median, ROUNDS, say, withPostgres } from './tools.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const WRITERS = (process.env.BENCH_WRITERS ?? '1,16,64,256').split(',').map(Number);

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
        events: [
          {
            id: randomUUID(),
            type: 'ReferralSent',
            data: DATA_BYTES,
            metadata: METADATA_BYTES,
            keyHash: keyHashOf(id),
          },
        ],
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

const medians = (results) =>
  Object.fromEntries(
    Object.keys(results[0]).map((figure) => [figure, median(results.map((result) => result[figure]))]),
  );

const compare = async (stores, writers, existing) => {
  const results = stores.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const index of round % 2 === 0 ? [0, 1] : [1, 0]) {
      results[index].push(await measure(stores[index], writers, existing, SECONDS));
    }
  }
  const [ours, theirs] = results.map(medians);
  const milliseconds = ({ p50, p95, p99 }) => [p50, p95, p99].map((ms) => ms.toFixed(2)).join(' / ');
  return {
    writers,
    streams: existing ? 'existing' : 'new',
    'Fascia/s': count(ours.perSecond),
    'Emmett/s': count(theirs.perSecond),
    ratio: `${(ours.perSecond / theirs.perSecond).toFixed(1)} x`,
    'Fascia p50/p95/p99 ms': milliseconds(ours),
    'Emmett p50/p95/p99 ms': milliseconds(theirs),
  };
};

await withPostgres(async ({ database }) => {
  const stores = [await fascia(await database('fascia_bench')), await emmett(await database('emmett_bench'))];
  for (const store of stores) await measure(store, 16, false, 1);
  const rows = [];
  for (const writers of WRITERS) {
    for (const existing of [false, true]) rows.push(await compare(stores, writers, existing));
  }
  say('Appends of one event of about 300 bytes with a version check, durable (fsync on), one Node process.');
  say(`Median of ${ROUNDS} interleaved rounds of ${SECONDS} s against Emmett's PostgreSQL store.`);
  console.table(rows);
  for (const store of stores) await store.close();
});
