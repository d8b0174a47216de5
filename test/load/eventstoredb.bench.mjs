/**
 * Appends per second to the EventStoreDB that `EVENTSTOREDB_URL` names: Fascia's event store beside the bare client, which
 * sends each append as a call of its own, too. The same bytes to the same server, taking turns.
 *
 *   EVENTSTOREDB_URL=esdb://… BENCH_WRITERS=1,16,64 node test/load/eventstoredb.bench.mjs
 *
 * Needs the built packages (`tsc -b`).
 */
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { EventStoreDbEventStore } from '@fascia/event-store';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { count, interleaved, median, quantile, ROUNDS, say } from './tools.mjs';

const MS = 1_000 * Number(process.env.BENCH_SECONDS ?? 2);
const WRITERS = (process.env.BENCH_WRITERS ?? '1,16,64').split(',').map(Number);
const REQUEST_DIGEST = 'a'.repeat(64);
const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value));
const DATA = bytesOf({ note: 'x'.repeat(135) });
const METADATA = bytesOf({ actor: 'y'.repeat(135) });
/** What the store puts before the metadata takes room on the wire for both. */
const BARE_METADATA = Uint8Array.from([0x1e, ...METADATA, ...bytesOf('z'.repeat(230))]);

const fascia = async (connectionString) => {
  const store = await EventStoreDbEventStore.open({ connectionString });
  return {
    append: async (id, expectedVersion) => {
      const { kind } = await store.append({
        stream: `referral-${id}`,
        expectedVersion,
        commandId: randomUUID(),
        requestDigest: REQUEST_DIGEST,
        events: [{ id: randomUUID(), type: 'ReferralSent', data: DATA, metadata: METADATA, keyHash: 7 }],
      });
      if (kind !== 'appended') throw new Error(`an append was answered ${kind}`);
    },
    close: () => store.close(),
  };
};

/** Credentials given with the call make it one of its own. */
const credentialsIn = (connectionString) => {
  const [, username, password] = /^[a-z+]+:\/\/([^:/@]+):([^@]+)@/.exec(connectionString) ?? [];
  return username === undefined
    ? { username: 'nobody', password: 'nothing' }
    : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
};

const bare = (connectionString) => {
  const client = EventStoreDBClient.connectionString(connectionString);
  const options = { credentials: credentialsIn(connectionString), requiresLeader: true };
  return {
    append: async (id, expectedVersion) => {
      const event = {
        id: randomUUID(),
        type: 'ReferralSent',
        contentType: 'application/octet-stream',
        data: DATA,
        metadata: BARE_METADATA,
      };
      await client.appendToStream(`bare-${id}`, event, {
        ...options,
        expectedRevision: expectedVersion === 0 ? NO_STREAM : BigInt(expectedVersion - 1),
      });
    },
    close: () => client.dispose(),
  };
};

/** Each writer goes on as fast as it is answered; `existing` keeps to one stream per writer, else a new one each time. */
const measure = async (store, writers, existing) => {
  const latencies = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      let [id, version] = [randomUUID(), 0];
      while (performance.now() < start + MS) {
        const before = performance.now();
        await store.append(id, version);
        latencies.push(performance.now() - before);
        [id, version] = existing ? [id, version + 1] : [randomUUID(), 0];
      }
    }),
  );
  const perSecond = latencies.length / ((performance.now() - start) / 1_000);
  return { perSecond, ms: [0.5, 0.95, 0.99].map((share) => quantile(latencies, share)) };
};

const row = async ([ours, theirs], writers, existing) => {
  const results = await interleaved(
    ROUNDS,
    () => measure(ours, writers, existing),
    () => measure(theirs, writers, existing),
  );
  const [fasciaRate, bareRate] = results.map((rounds) => median(rounds.map(({ perSecond }) => perSecond)));
  const latency = (rounds) =>
    [0, 1, 2].map((at) => median(rounds.map(({ ms }) => ms[at])).toFixed(2)).join(' / ');
  return {
    writers,
    streams: existing ? 'existing' : 'new',
    'Fascia/s': count(fasciaRate),
    'bare client/s': count(bareRate),
    ratio: (fasciaRate / bareRate).toFixed(2),
    'Fascia p50/p95/p99 ms': latency(results[0]),
    'bare p50/p95/p99 ms': latency(results[1]),
  };
};

const connectionString = process.env.EVENTSTOREDB_URL ?? '';
if (connectionString === '') {
  say('Skipped: EVENTSTOREDB_URL names no server.');
} else {
  const stores = [await fascia(connectionString), bare(connectionString)];
  for (const store of stores) await measure(store, 16, false);
  const rows = [];
  for (const writers of WRITERS)
    for (const existing of [false, true]) rows.push(await row(stores, writers, existing));
  say(`Appends of one event of about 300 bytes with a version check, one call each, one Node process.`);
  say(`Median of ${ROUNDS} interleaved rounds of ${MS / 1_000} s against the bare client.`);
  console.table(rows);
  for (const store of stores) await store.close();
}
