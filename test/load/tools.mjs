/** What the benches share: servers of their own, a composed product without its doors, and figures in order. */
import { loggerFor, openFoundation, settingsFrom } from '@fascia/composition';
import { EmbeddedPostgres } from '@fascia/event-store';
import { KafkaOnDemand, sharedKafka, TEST_KAFKA_MISSING } from '@fascia/testkit';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

export const say = (text) => process.stdout.write(`${text}\n`);
export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
export const quantile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
export const count = (value) => Math.round(value).toLocaleString('en-US');

/** Takes turns, so that what else the machine does meets all of them. @returns per runner, its results */
export const interleaved = async (rounds, ...runners) => {
  const results = runners.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? runners : runners.toReversed();
    for (const run of order) results[runners.indexOf(run)].push(await run(round));
  }
  return results;
};

/** What stops each server that runs at the moment. */
const servers = new Set();

export const stopServers = async () => {
  for (const stop of [...servers].toReversed())
    await stop().catch((error) => say(`not stopped: ${error.message}`));
};

/** @param stop is called once, when the work is done or the bench is told to end */
const whileRunning = async (stop, work) => {
  let stopping;
  const once = () => (stopping ??= stop().finally(() => servers.delete(once)));
  servers.add(once);
  try {
    return await work();
  } finally {
    await once();
  }
};

const GOODBYE_MS = 10_000;

/** A peer's pool says that it has ended before its connections have, and nobody hears what they say when the server goes. */
const connectionsEnded = async (server) => {
  const client = new pg.Client({ connectionString: server.connectionString });
  client.on('error', () => undefined);
  await client.connect();
  for (const deadline = Date.now() + GOODBYE_MS; Date.now() < deadline; await delay(20)) {
    const { rows } = await client.query(
      "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    if (rows.length === 0) break;
  }
  await client.end();
};

const databaseOn = async (server, name) => {
  const client = new pg.Client({ connectionString: server.connectionString });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return server.connectionStringFor(name);
};

/** An embedded PostgreSQL in a folder of its own. @param work gets the folder and what makes a database by name */
export const withPostgres = async (work) => {
  const dir = mkdtempSync(join(tmpdir(), 'fascia-bench-'));
  chmodSync(dir, 0o755);
  const server = new EmbeddedPostgres({ dataDir: join(dir, 'postgres') });
  const stop = async () => {
    await connectionsEnded(server).catch(() => undefined);
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return whileRunning(stop, async () => {
    await server.start();
    return work({ dir, database: (name) => databaseOn(server, name) });
  });
};

/** The brokers of `KAFKA_BROKERS`, else a broker of one's own; where there is none, says why and leaves the work undone. */
export const withKafka = async (work) => {
  const offered = await KafkaOnDemand.offer();
  await whileRunning(
    async () => offered?.stop(),
    async () => {
      const kafka = await sharedKafka();
      if (kafka === undefined) say(`Skipped, there is no Kafka: ${process.env[TEST_KAFKA_MISSING]}`);
      else await work(kafka.brokers);
    },
  );
};

/** What processes stand on, opened on a database of the bench. @param env settings beside it */
export const foundationOn = async (databaseUrl, { dir, poll, ...env }) => {
  const settings = settingsFrom(
    { DATABASE_URL: databaseUrl, FASCIA_DATA_DIR: dir, FASCIA_LOG: 'silent', ...env },
    0,
  );
  return openFoundation(settings, loggerFor(settings), {
    poll: poll ?? { shortestMs: 5, longestMs: 20 },
    say: () => undefined,
  });
};
