/** Whether every row (or group of rows) of every read model is made of events of one key only: then slices of a log can make them side by side. */
import { careModels } from '@fascia/composition';
import { deliveryKeyOf } from '@fascia/delivery';
import type { Envelope, EventMetadata, StoredEvent } from '@fascia/kernel';
import { groupsOf, type ReadModel } from '@fascia/read-store';

/** Rows and groups are named by ids, which are never sealed. */
const readable = (stored: StoredEvent): Envelope => {
  const json = (bytes: Uint8Array): object => JSON.parse(Buffer.from(bytes).toString('utf8')) as object;
  return { ...stored, ...(json(stored.metadata) as EventMetadata), data: json(stored.data) };
};

/** `model/row` with the keys that touch it, where there are several. */
export const rowsOfSeveralKeys = (
  events: readonly StoredEvent[],
  models: readonly ReadModel[] = careModels,
): readonly string[] => {
  const keys = new Map<string, Set<string>>();
  for (const stored of events) {
    const event = readable(stored);
    for (const model of models.filter(({ takes }) => takes.includes(event.type))) {
      for (const row of groupsOf(model).of(event)) {
        const place = `${model.name}/${row}`;
        keys.set(place, (keys.get(place) ?? new Set()).add(deliveryKeyOf(stored)));
      }
    }
  }
  return [...keys]
    .filter(([, several]) => several.size > 1)
    .map(([place, several]) => `${place}: ${[...several].join(', ')}`);
};
