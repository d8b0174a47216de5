/**
 * Appends per second: Fascia's PostgreSQL event store beside Emmett's, on one embedded server, each in a
 * database of its own, taking turns. Ratios are the result; absolute figures belong to the machine.
 * BENCH_ROUNDS, BENCH_SECONDS (2) and BENCH_WRITERS (1,16,64,256) in the environment.
 */
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { PostgresEventStore } from '@fascia/event-store';
import { compareAppends, DATA, METADATA, ofFascia } from './appends.mjs';
import { withPostgres } from './tools.mjs';

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

await withPostgres(async ({ database }) =>
  compareAppends(
    {
      ours: ofFascia(await PostgresEventStore.open({ database: await database('fascia_bench') })),
      theirs: await emmett(await database('emmett_bench')),
      peer: 'Emmett',
    },
    { writers: '1,16,64,256', how: 'durable (fsync on)' },
  ),
);
