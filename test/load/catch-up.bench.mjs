/**
 * All read models of care built from the start of the log, against a reader of the same log that only parses the data
 * of each event.
 */
import { CARE, careModels, projectionOf } from '@fascia/composition';
import { storeDelivery } from '@fascia/delivery';
import { migrate } from '@fascia/event-store';
import { READ_MIGRATIONS } from '@fascia/read-store/host';
import process from 'node:process';
import { careLog } from './logs.mjs';
import { count, foundationOn, interleaved, median, ROUNDS, say, withPostgres } from './tools.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000);
const PAGE = 1_000;
const text = new TextDecoder();

/** As a process does that has just started: no key is known yet. */
const rebuild = async (url, dir, events) => {
  const foundation = await foundationOn(url, { dir });
  await foundation.pool.query('drop schema read, read_next cascade');
  await migrate(foundation.pool, { schema: 'read', migrations: READ_MIGRATIONS });
  const host = projectionOf(foundation, CARE, careModels, storeDelivery(foundation.store));
  const start = performance.now();
  await host.start();
  const seconds = (performance.now() - start) / 1_000;
  await host.stop();
  await foundation.stop();
  return events / seconds;
};

const read = async ({ store }, events) => {
  const start = performance.now();
  for (
    let page = await store.readAll(0n, PAGE);
    page.length > 0;
    page = await store.readAll(page.at(-1).position, PAGE)
  ) {
    for (const { data } of page) JSON.parse(text.decode(data));
  }
  return events / ((performance.now() - start) / 1_000);
};

await withPostgres(async ({ dir, database }) => {
  const url = await database('catch_up');
  const foundation = await foundationOn(url, { dir });
  await (
    await careLog(foundation)
  )(EVENTS);
  const events = Number((await foundation.store.head()).position);
  await rebuild(url, dir, events);
  const [built, bare] = (
    await interleaved(
      ROUNDS,
      () => rebuild(url, dir, events),
      () => read(foundation, events),
    )
  ).map(median);
  const {
    rows: [{ rows }],
  } = await foundation.pool.query(
    `select (${careModels.map(({ name }) => `(select count(*) from read.${name})`).join(' + ')})::int as rows`,
  );
  say(`Ratio to a bare reader: ${(built / bare).toFixed(2)}`);
  say(
    `${count(built)} events/s into ${String(careModels.length)} read models (${count(rows)} rows), bare reader ${count(bare)}/s (${count(events)} events, median of ${String(ROUNDS)})`,
  );
  say(
    'Limit: in halves, PostgreSQL storing rows and their indexes, and this thread opening sealed fields and folding.',
  );
  await foundation.stop();
});
