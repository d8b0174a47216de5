/** The store itself as the source: one slice, the whole log, in this process. */
import type { EventStore } from '@fascia/kernel';
import type { Delivery, Slice } from './slice.js';

export const storeDelivery = (store: EventStore): Delivery => {
  const whole: Slice = {
    partition: 0,
    partitions: 1,
    whole: true,
    subscribe: (after, signal) => store.subscribe(after, signal),
  };
  return {
    follow: async (_follower, follow) => {
      const stop = new AbortController();
      const running = follow(whole, stop.signal);
      return {
        stop: async () => {
          stop.abort();
          await running;
        },
      };
    },
  };
};
