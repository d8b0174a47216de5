import type { EventStore, StoredEvent, StreamName } from '@fascia/kernel';

const PAGE = 500;

/** A stream from its beginning, no more of it at a time than a page. */
export async function* pagesOf(
  store: EventStore,
  stream: StreamName,
): AsyncGenerator<readonly StoredEvent[], void> {
  for (let from = 1; ; from += PAGE) {
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
