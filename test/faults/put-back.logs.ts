/** Logs of every kind of store that an older copy can be put in the place of, under those who use them. */
import type { EventStore } from '@fascia/kernel';
import { copiedLog, FlakyStore, memoryStore, startTestEventStoreDb } from '@fascia/testkit';
import type { Running, RunningParts } from './running.world.js';

/** A log whose folder can be copied and put back. */
export interface Copied {
  readonly parts: RunningParts;
  /** @returns what puts the copy back, under the same name of the log */
  copy(running: Running): Promise<() => Promise<void>>;
  end(): Promise<void>;
}

const inMemory = (seen: (store: FlakyStore) => EventStore = (same) => same): Copied => {
  const log = new FlakyStore(memoryStore());
  return {
    parts: { store: () => seen(log) },
    copy: async ({ store }) => {
      const { epoch, position } = await store.head();
      return async () => {
        log.become(await copiedLog(log, { epoch, upTo: position }));
      };
    },
    end: () => Promise.resolve(),
  };
};

const onPostgres = (): Copied => ({
  parts: {},
  copy: async ({ store, pool }) => {
    const { position } = await store.head();
    return async () => {
      const client = await pool.connect();
      await client.query('begin');
      await client.query('update log.head set position = $1', [position.toString()]);
      await client.query('delete from log.event where position > $1', [position.toString()]);
      await client.query('commit');
      client.release();
    };
  },
  end: () => Promise.resolve(),
});

const onEventStoreDb = async (): Promise<Copied> => {
  const server = await startTestEventStoreDb();
  return {
    parts: { environment: { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: server.connectionString } },
    copy: () => Promise.resolve(server.backUp()),
    end: () => server.stop(),
  };
};

/** To whom any event at a position is the one that they had there: a checkpoint without a digest. */
class Undigested extends FlakyStore {
  readonly #had = new Map<bigint, Awaited<ReturnType<EventStore['readAt']>>>();

  override async readAt(position: bigint): ReturnType<EventStore['readAt']> {
    const had = this.#had.get(position) ?? (await super.readAt(position));
    this.#had.set(position, had);
    return had;
  }
}

export const LOGS = {
  memory: () => Promise.resolve(inMemory()),
  PostgreSQL: () => Promise.resolve(onPostgres()),
  EventStoreDB: onEventStoreDb,
  undigested: () => Promise.resolve(inMemory((log) => new Undigested(log))),
} as const satisfies Readonly<Record<string, () => Promise<Copied>>>;
