/** What the benches of appends share: what is appended, how Fascia's stores append it, and how two stores are compared by it. */
import { keyHashOf } from '@fascia/kernel';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { count, interleaved, median, quantile, ROUNDS, say } from './tools.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const WARM_UP_WRITERS = 16;
const REQUEST_DIGEST = 'a'.repeat(64);

export const DATA = { note: 'x'.repeat(135) };
export const METADATA = { actor: 'y'.repeat(135) };
export const bytesOf = (value) => new TextEncoder().encode(JSON.stringify(value));
const [data, metadata] = [bytesOf(DATA), bytesOf(METADATA)];

export const ofFascia = (store) => ({
  append: async (id, expectedVersion) => {
    const { kind } = await store.append({
      stream: `referral-${id}`,
      expectedVersion,
      commandId: randomUUID(),
      requestDigest: REQUEST_DIGEST,
      events: [{ id: randomUUID(), type: 'ReferralSent', data, metadata, keyHash: keyHashOf(id) }],
    });
    if (kind !== 'appended') throw new Error(`an append was answered ${kind}`);
  },
  close: () => store.close(),
});

/** Each writer goes on as fast as it is answered; `existing` keeps to one stream per writer, else a new one each time. */
const measure = async (store, writers, existing) => {
  const latencies = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async () => {
      let [id, version] = [randomUUID(), 0];
      while (performance.now() < start + SECONDS * 1_000) {
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

const row = async ({ ours, theirs, peer }, writers, existing) => {
  const results = await interleaved(
    ROUNDS,
    () => measure(ours, writers, existing),
    () => measure(theirs, writers, existing),
  );
  const [fasciaRate, peerRate] = results.map((rounds) => median(rounds.map(({ perSecond }) => perSecond)));
  const latency = (rounds) =>
    [0, 1, 2].map((at) => median(rounds.map(({ ms }) => ms[at])).toFixed(2)).join(' / ');
  return {
    writers,
    streams: existing ? 'existing' : 'new',
    'Fascia/s': count(fasciaRate),
    [`${peer}/s`]: count(peerRate),
    ratio: `${(fasciaRate / peerRate).toFixed(2)} x`,
    'Fascia p50/p95/p99 ms': latency(results[0]),
    [`${peer} p50/p95/p99 ms`]: latency(results[1]),
  };
};

/** @param writers how many at once, one row of the table for each, on new streams and on existing ones. Closes both stores */
export const compareAppends = async (stores, { writers, how }) => {
  const wanted = (process.env.BENCH_WRITERS ?? writers).split(',').map(Number);
  const both = [stores.ours, stores.theirs];
  for (const store of both) await measure(store, WARM_UP_WRITERS, false);
  const rows = [];
  for (const several of wanted)
    for (const existing of [false, true]) rows.push(await row(stores, several, existing));
  say(`Appends of one event of about 300 bytes with a version check, ${how}, one Node process.`);
  say(`Median of ${ROUNDS} interleaved rounds of ${SECONDS} s against ${stores.peer}.`);
  console.table(rows);
  for (const store of both) await store.close();
};
