import type { EventStore, StoredEvent, StreamName } from '@fascia/kernel';

const PAGE = 500;

/** A whole stream, page by page. */
export const readWhole = async (store: EventStore, stream: StreamName): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readStream(stream, events.length + 1, PAGE);
    events.push(...page);
    if (page.length < PAGE) return events;
  }
};
