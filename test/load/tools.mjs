/** What the benches share: servers of their own, a composed product without its doors, and figures in order. */
import { loggerFor, openFoundation, settingsFrom } from '@fascia/composition';
import { EmbeddedPostgres } from '@fascia/event-store';
import { KafkaOnDemand, sharedKafka, TEST_KAFKA_MISSING } from '@fascia/testkit';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
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

const databaseOn = async (server, name) => {
  const client = new pg.Client({ connectionString: server.connectionString });
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
  await server.start();
  try {
    return await work({ dir, database: (name) => databaseOn(server, name) });
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};

/** The brokers of `KAFKA_BROKERS`, else a broker of one's own; where there is none, says why and leaves the work undone. */
export const withKafka = async (work) => {
  const offered = await KafkaOnDemand.offer();
  try {
    const kafka = await sharedKafka();
    if (kafka === undefined) say(`Skipped, there is no Kafka: ${process.env[TEST_KAFKA_MISSING]}`);
    else await work(kafka.brokers);
  } finally {
    await offered?.stop();
  }
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
