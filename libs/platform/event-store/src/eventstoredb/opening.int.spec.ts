/** What a connection string has to say, and what is told when it does not. */
import { newRequest, startTestEventStoreDb } from '@fascia/testkit';
import { StoreUnavailable } from '@fascia/kernel';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';
import { EventStoreDbAccessDenied, UnsuitableEventStoreDb } from './troubles.js';

const SERVER_MS = 150_000;

describe('opening', () => {
  it(
    'with wrong credentials says so, without the password',
    async () => {
      const own = await startTestEventStoreDb({ tls: { user: 'admin', password: 'right & long' } });
      const store = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
      expect((await store.append(newRequest())).kind).toBe('appended');
      await store.close();
      const wrong = own.connectionString.replace(/admin:[^@]+@/, 'admin:hunter2@');
      const refused: unknown = await EventStoreDbEventStore.open({ connectionString: wrong }).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(EventStoreDbAccessDenied);
      expect(String((refused as Error).stack) + JSON.stringify(refused)).not.toContain('hunter2');
      await own.stop();
    },
    SERVER_MS,
  );

  it.each([
    { how: 'one node', scheme: 'esdb:' },
    { how: 'a cluster', scheme: 'esdb+discover:' },
  ])(
    'says that the authority of a certificate is unknown: $how',
    async ({ scheme }) => {
      const own = await startTestEventStoreDb({ tls: { user: 'admin', password: 'right' } });
      const known = own.connectionString.replace('esdb:', scheme);
      const unknown = `${known.replace(/&tlsCAFile=[^&]+/, '')}&maxDiscoverAttempts=1`;
      const refused: unknown = await EventStoreDbEventStore.open({ connectionString: unknown }).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(UnsuitableEventStoreDb);
      expect(String(refused)).toContain('tlsCAFile');
      await own.stop();
      // Not there at all is another trouble.
      await expect(EventStoreDbEventStore.open({ connectionString: unknown })).rejects.toThrow(
        StoreUnavailable,
      );
    },
    SERVER_MS,
  );

  it.each(['esdb://host:2113', 'esdb://admin:hunter2@:', 'postgres://admin:hunter2@host/db', ''])(
    'refuses %j',
    async (connectionString) => {
      const refused: unknown = await EventStoreDbEventStore.open({ connectionString }).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(UnsuitableEventStoreDb);
      expect(String(refused)).not.toContain('hunter2');
    },
  );

  it(
    'names the log once, and each server differently',
    async () => {
      const own = await startTestEventStoreDb();
      const epochs = await Promise.all(
        [1, 2, 3].map(async () => {
          const store = await EventStoreDbEventStore.open({ connectionString: own.connectionString });
          const { epoch } = await store.head();
          await store.close();
          return epoch;
        }),
      );
      expect(new Set(epochs).size).toBe(1);
      const server = await startTestEventStoreDb();
      const another = await EventStoreDbEventStore.open({ connectionString: server.connectionString });
      expect((await another.head()).epoch).not.toBe(epochs[0]);
      await another.close();
      await Promise.all([own.stop(), server.stop()]);
    },
    SERVER_MS,
  );
});
