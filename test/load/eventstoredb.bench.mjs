/**
 * Appends per second to the EventStoreDB that `EVENTSTOREDB_URL` names: Fascia's event store beside the bare client, which
 * sends each append as a call of its own, too. The same bytes to the same server, taking turns.
 * BENCH_ROUNDS, BENCH_SECONDS (2) and BENCH_WRITERS (1,16,64) in the environment.
 */
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { openEventStoreDb } from '@fascia/event-store';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { bytesOf, compareAppends, DATA, METADATA, ofFascia } from './appends.mjs';
import { say } from './tools.mjs';

const data = bytesOf(DATA);
/** What the store puts before the metadata takes room on the wire for both. */
const BARE_METADATA = Uint8Array.from([0x1e, ...bytesOf(METADATA), ...bytesOf('z'.repeat(230))]);

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
        data,
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

const connectionString = process.env.EVENTSTOREDB_URL ?? '';
if (connectionString === '') {
  say('Skipped: EVENTSTOREDB_URL names no server.');
} else {
  await compareAppends(
    {
      ours: ofFascia(await openEventStoreDb({ connectionString })),
      theirs: bare(connectionString),
      peer: 'bare client',
    },
    { writers: '1,16,64', how: 'one call each' },
  );
}
