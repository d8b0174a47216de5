/**
 * What the door itself notes in a stream, because only inside one stream can every store judge order and sameness.
 * Such an event has a version like any other; folds, lists and ETags pass over it, and a stream that holds nothing
 * else does not exist.
 */
import { z } from 'zod';
import { event, type Actor, type EventStore, type StoredEvent, type StreamName } from '@fascia/kernel';

export const BOOKKEEPING_CONTRACT = {
  /** Somebody took over a claim of this stream: what was to be appended at this version comes too late. */
  ClaimLapsed: event(z.strictObject({ claimId: z.uuid(), register: z.string() })),
  /** A command under a key of the caller's changed nothing, and was told so. */
  CommandAnswered: event(z.strictObject({})),
};

/** Who keeps the books: nobody's name is put into the stream of somebody else. */
export const BOOKKEEPER: Actor = { sub: 'write-door', role: 'system' };

export const isBookkeeping = ({ type }: Pick<StoredEvent, 'type'>): boolean =>
  Object.hasOwn(BOOKKEEPING_CONTRACT, type);

const PAGE = 10;

/** What a stream begins with, bookkeeping apart; nothing when it does not exist. */
export const firstFactOf = async (
  store: EventStore,
  stream: StreamName,
): Promise<StoredEvent | undefined> => {
  for (let from = 1; ; from += PAGE) {
    const page = await store.readStream(stream, from, PAGE);
    const first = page.find((stored) => !isBookkeeping(stored));
    if (first !== undefined || page.length < PAGE) return first;
  }
};
