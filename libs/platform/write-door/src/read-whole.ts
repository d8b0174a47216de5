import type { EventStore, StoredEvent, StreamName } from '@fascia/kernel';

/** Of events that are held at once. */
export const PAGE = 500;

/** A stream from a version on, no more of it at a time than a page. */
export async function* pagesOf(
  store: EventStore,
  stream: StreamName,
  first = 1,
): AsyncGenerator<readonly StoredEvent[], void> {
  for (let from = first; ; from += PAGE) {
    const page = await store.readStream(stream, from, PAGE);
    yield page;
    if (page.length < PAGE) return;
  }
}

/** A whole stream at once, for who shows all of it. */
export const readWhole = async (store: EventStore, stream: StreamName): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of pagesOf(store, stream)) events.push(...page);
  return events;
};
