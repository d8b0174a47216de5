import type { EventStoreDbEventStore, EventStoreDbEventStoreOptions } from './eventstoredb-event-store.js';

/**
 * Loads the client only now: whoever keeps events in PostgreSQL has no use for it.
 * @throws EventStoreDbAccessDenied, UnsuitableEventStoreDb, StoreUnavailable
 */
export const openEventStoreDb = async (
  options: EventStoreDbEventStoreOptions,
): Promise<EventStoreDbEventStore> => {
  const { EventStoreDbEventStore: Store } = await import('./eventstoredb-event-store.js');
  return Store.open(options);
};
