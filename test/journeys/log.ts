/**
 * The log of a journey: in its PostgreSQL, or, with `FASCIA_JOURNEYS_ON=eventstoredb`, in an EventStoreDB of its own that others
 * have used for long. Specs read it through the port, so that every journey runs on both.
 */
import { openEventStoreDb, PostgresEventStore } from '@fascia/event-store';
import type { EventStore, StoredEvent } from '@fascia/kernel';
import { startEmptyEventStoreDb } from '@fascia/testkit';
import type { FasciaOptions } from './harness.js';

const OTHERS = 200_000;
const PAGE = 1_000;

export const ON_EVENTSTOREDB = process.env['FASCIA_JOURNEYS_ON'] === 'eventstoredb';

type Beside = Required<Pick<FasciaOptions, 'env' | 'end'>>;

/** On a server that others use too. */
export const besideOthers = async (): Promise<Beside> => {
  const server = await startEmptyEventStoreDb();
  if (server.kind === 'test server') await server.others(OTHERS);
  return {
    env: { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: server.connectionString },
    end: () => server.stop(),
  };
};

/** @param env of a product that keeps its lists in a database of its own */
export const besideItsDatabase = async (env: FasciaOptions['env'] = {}): Promise<Beside> => {
  const { env: more, end } = ON_EVENTSTOREDB
    ? await besideOthers()
    : { env: {}, end: () => Promise.resolve() };
  return { env: { ...env, ...more }, end };
};

/** As the product that runs with these settings has it. */
const opened = ({
  EVENTSTOREDB_URL: address,
  DATABASE_URL: database = '',
}: Readonly<Record<string, string>>): Promise<EventStore & { close(): Promise<void> }> =>
  address === undefined
    ? PostgresEventStore.open({ database, migrate: false })
    : openEventStoreDb({ connectionString: address });

export const everyEventOf = async (
  env: Readonly<Record<string, string>>,
): Promise<readonly StoredEvent[]> => {
  const store = await opened(env);
  const events: StoredEvent[] = [];
  try {
    for (;;) {
      const page = await store.readAll(events.at(-1)?.position ?? 0n, PAGE);
      events.push(...page);
      if (page.length < PAGE) return events;
    }
  } finally {
    await store.close();
  }
};
