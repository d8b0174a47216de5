/** A log by its address, for the commands that work without a server. */
import type { LogTarget } from '@fascia/event-store';
import { Failure } from './failure.js';

export interface OpenLog {
  readonly store: LogTarget;
  readonly close: () => Promise<void>;
}

const troubles = () => import('@fascia/composition');

/** Without what opens it. */
const nameOf = (url: string): string => url.replace(/\/\/[^/]*@/, '//');

const openPostgres = async (url: string): Promise<OpenLog> => {
  const { PostgresEventStore } = await import('@fascia/event-store');
  const store = await PostgresEventStore.open({ database: url }).catch(async (error: unknown) => {
    throw (await troubles()).databaseTrouble(error, nameOf(url));
  });
  return { store, close: () => store.close() };
};

const openEventStore = async (url: string): Promise<OpenLog> => {
  const { openEventStoreDb } = await import('@fascia/event-store');
  const store = await openEventStoreDb({ connectionString: url }).catch(async (error: unknown) => {
    throw (await troubles()).eventStoreDbTrouble(error, nameOf(url));
  });
  return { store, close: () => store.close() };
};

const openEmbedded = async (dataDir: string): Promise<OpenLog> => {
  const { EmbeddedPostgres } = await import('@fascia/event-store');
  const server = new EmbeddedPostgres({ dataDir });
  // Broken off, the command leaves no server behind, and has not done what it was for.
  const breakOff = (): void => void server.stop().finally(() => process.exit(1));
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, breakOff);
  await server.start();
  const { store, close } = await openPostgres(server.connectionString).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return {
    store,
    close: async () => {
      await close();
      await server.stop();
    },
  };
};

/** @param dataDir of the embedded PostgreSQL */
export const openLog = (address: string, dataDir: string): Promise<OpenLog> => {
  if (address === 'embedded') return openEmbedded(dataDir);
  if (/^postgres(ql)?:\/\//.test(address)) return openPostgres(address);
  if (/^esdb(\+discover)?:\/\//.test(address)) return openEventStore(address);
  throw new Failure(
    `${address.split('://', 1)[0] ?? ''}: an event store's address is postgresql://…, esdb://… or the word "embedded".`,
  );
};
