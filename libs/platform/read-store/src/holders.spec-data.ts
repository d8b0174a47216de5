/** Holders of one slice that get their events when the spec says so, and stores that answer when it says so. */
import type { Delivery } from '@fascia/delivery';
import type { EventStore, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { FlakyStore } from '@fascia/testkit';

/** Shut until it is opened. */
export class Gate {
  #open = Promise.withResolvers<void>();
  /** How many have come to it. */
  arrived = 0;

  open(): void {
    this.#open.resolve();
  }
  shut(): void {
    this.#open = Promise.withResolvers();
  }

  pass(): Promise<void> {
    this.arrived += 1;
    return this.#open.promise;
  }
}

/** The one slice of a topic with one partition, whose events come through a gate. */
export const gatedDelivery = (store: EventStore, gate: Gate): Delivery => ({
  follow: async (_follower, follow) => {
    const stop = new AbortController();
    const running = follow(
      {
        partition: 0,
        partitions: 1,
        whole: false,
        async *subscribe(after: Position, signal: AbortSignal) {
          const ended = new Promise((resolve) => {
            signal.addEventListener('abort', resolve, { once: true });
          });
          for await (const batch of store.subscribe(after, signal)) {
            await Promise.race([gate.pass(), ended]);
            if (signal.aborted) return;
            yield batch;
          }
        },
      },
      stop.signal,
    );
    return {
      stop: async () => {
        stop.abort();
        await running;
      },
    };
  },
});

/** A store whose pages come through a gate while the spec holds it. */
export class GatedStore extends FlakyStore {
  readonly gate = new Gate();
  held = false;

  override async readStream(
    stream: StreamName,
    from: number,
    limit: number,
  ): Promise<readonly StoredEvent[]> {
    if (this.held) await this.gate.pass();
    return super.readStream(stream, from, limit);
  }

  override async readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    if (this.held) await this.gate.pass();
    return super.readAll(after, limit);
  }
}
