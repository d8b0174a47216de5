/** Kafka as the source: the partitions that the group gives to this process, each as a slice. */
import type { Broker } from '@fascia/broker';
import type { EventStore, Rows } from '@fascia/kernel';
import { Backoff, errorName, pause } from '@fascia/retry';
import { PartitionFeed, SILENCE_MS, type DeliveryCounts } from './partition-feed.js';
import { recordKey, type RecordKey } from './record-key.js';
import { readProgress, type RelayProgress } from './relay-progress.js';
import type { Delivery, Follow, Following } from './slice.js';

export interface BrokerDeliveryParts {
  readonly broker: Broker;
  readonly store: EventStore;
  readonly rows: Rows;
  readonly silenceMs?: number;
  /** Name of a follower's consumer group, as Kafka's tools show it. */
  readonly groupOf: (follower: string) => string;
  readonly countsOf: (follower: string) => DeliveryCounts;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

/** A partition that is here, and what still runs of when it was here before. */
interface Held {
  readonly feed: PartitionFeed;
  readonly stop: AbortController;
}

class Assignments {
  readonly #held = new Map<number, Held>();
  readonly #running = new Map<number, Promise<void>>();
  #ended = false;

  constructor(
    private readonly make: (partition: number) => PartitionFeed,
    private readonly follow: Follow,
  ) {}

  feed(partition: number): PartitionFeed | undefined {
    return this.#held.get(partition)?.feed;
  }

  assigned(partition: number): void {
    // Until the group is left it may still be dealt out: nobody would wait for what is begun then.
    if (this.#ended || this.#held.has(partition)) return;
    const held: Held = { feed: this.make(partition), stop: new AbortController() };
    this.#held.set(partition, held);
    const before = this.#running.get(partition) ?? Promise.resolve();
    this.#running.set(
      partition,
      before.then(() => (held.stop.signal.aborted ? undefined : this.follow(held.feed, held.stop.signal))),
    );
  }

  revoked(partition: number): void {
    const held = this.#held.get(partition);
    this.#held.delete(partition);
    held?.stop.abort();
    held?.feed.close();
  }

  async end(): Promise<void> {
    this.#ended = true;
    for (const partition of [...this.#held.keys()]) this.revoked(partition);
    await Promise.all(this.#running.values());
  }
}

/** Partitions that are quiet ask at about the same time: one question serves them all. */
const sharedProgress = ({
  rows,
  silenceMs = SILENCE_MS,
}: BrokerDeliveryParts): (() => Promise<RelayProgress | undefined>) => {
  let last: { readonly at: number; readonly progress: Promise<RelayProgress | undefined> } | undefined;
  return () => {
    if (last === undefined || performance.now() - last.at > silenceMs / 4)
      last = { at: performance.now(), progress: readProgress(rows) };
    return last.progress;
  };
};

/** Seldom, and worth knowing also when the process that says it is gone. */
const HEALED = 'records did not come and were read from the store';
const REFUSED = 'records are not signed as the relay signs, and were passed over';

/** The broker may come later than this process. @returns nothing when it is told to stop before */
const partitionsOf = async (
  { broker, log }: BrokerDeliveryParts,
  signal: AbortSignal,
): Promise<number | undefined> => {
  const publisher = broker.publisher();
  const backoff = new Backoff();
  try {
    while (!signal.aborted) {
      try {
        return await publisher.partitions();
      } catch (error) {
        const waitMs = backoff.next();
        log('the broker cannot be reached', {
          error: errorName(error),
          waitMs,
        });
        await pause(waitMs, signal);
      }
    }
    return undefined;
  } finally {
    await publisher.close();
  }
};

/** Made once and never changed. */
const knownKey = (rows: Rows): (() => Promise<RecordKey>) => {
  let known: RecordKey | undefined;
  return async () => (known ??= await recordKey(rows));
};

const join = async (
  parts: BrokerDeliveryParts,
  follower: string,
  follow: Follow,
  signal: AbortSignal,
): Promise<Following | undefined> => {
  const { broker, store, silenceMs, countsOf, log } = parts;
  const partitions = await partitionsOf(parts, signal);
  if (partitions === undefined) return undefined;
  const tally = countsOf(follower);
  const counts: DeliveryCounts = {
    skipped: (events) => {
      tally.skipped(events);
    },
    healed: (events) => {
      log(HEALED, { follower, events });
      tally.healed(events);
    },
    refused: (records) => {
      log(REFUSED, { follower, records });
      tally.refused(records);
    },
  };
  const progress = sharedProgress(parts);
  const key = knownKey(parts.rows);
  let said = false;
  const cutOtherwise = (): void => {
    if (!said)
      parts.log('the topic is cut otherwise than when this process started: start it again', {
        follower,
        partitions,
      });
    said = true;
  };
  const assignments = new Assignments(
    (partition) =>
      new PartitionFeed(
        { store, progress, counts, cutOtherwise, key, ...(silenceMs === undefined ? {} : { silenceMs }) },
        partition,
        partitions,
      ),
    follow,
  );
  const consumer = broker.consumer(parts.groupOf(follower));
  await consumer.start({
    assigned: (partition) => {
      assignments.assigned(partition);
    },
    revoked: (partition) => {
      assignments.revoked(partition);
    },
    handle: (partition, records) =>
      assignments.feed(partition)?.push(records) ??
      Promise.reject(new Error('nobody takes this partition any more')),
  });
  return {
    stop: async () => {
      await assignments.end();
      await consumer.close();
    },
  };
};

export const brokerDelivery = (parts: BrokerDeliveryParts): Delivery => ({
  follow: async (follower, follow) => {
    const stop = new AbortController();
    const joining = join(parts, follower, follow, stop.signal);
    return {
      stop: async () => {
        stop.abort();
        await (await joining)?.stop();
      },
    };
  },
});
