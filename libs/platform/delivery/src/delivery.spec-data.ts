/** A broker whose every record is dealt by hand, over a log in memory: what comes, when, twice or never is the spec's to say. */
import { randomUUID } from 'node:crypto';
import type { Broker, ConsumerHandlers, DeliveredRecord, LogPublisher, LogRecord } from '@fascia/broker';
import { streamOf, type EventStore, type Position, type Rows, type StoredEvent } from '@fascia/kernel';
import { appendPlain, FlakyStore, memoryStore, until } from '@fascia/testkit';
import { brokerDelivery } from './broker-delivery.js';
import { partitionOf } from './partition.js';
import { recordsOf } from './relay.js';
import { notBegun, type RelayProgress } from './relay-progress.js';
import { markOf } from './history.js';
import type { Following } from './slice.js';

export const PARTITIONS = 3;

const refused = (): never => {
  throw new Error('not asked in these stories');
};

export class HandBroker implements Broker {
  handlers: ConsumerHandlers | undefined;
  partitions = PARTITIONS;
  /** What comes while the group is left. */
  onClose: () => void = () => undefined;
  readonly published: LogRecord[] = [];
  /** What becomes of a batch before it is stored. */
  onPublish: (records: readonly LogRecord[]) => Promise<void> | void = () => undefined;

  publisher(): LogPublisher {
    return {
      partitions: () => Promise.resolve(this.partitions),
      publish: async (records) => {
        await this.onPublish(records);
        this.published.push(...records);
      },
      close: () => Promise.resolve(),
    };
  }

  consumer() {
    return {
      start: (handlers: ConsumerHandlers) => {
        this.handlers = handlers;
        return Promise.resolve();
      },
      close: () => {
        this.onClose();
        return Promise.resolve();
      },
    };
  }

  lag(): never {
    return refused();
  }
  ping(): never {
    return refused();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

class RenamedStore extends FlakyStore {
  epoch: string | undefined;

  override async head() {
    const head = await super.head();
    return { ...head, epoch: this.epoch ?? head.epoch };
  }
}

export const KEY = Buffer.alloc(32, 7);

/** The relay's row and the key of its records, as the tables hold them. */
class ProgressRow implements Rows {
  progress: RelayProgress | undefined;

  query<T extends object>(text: string): Promise<readonly T[]> {
    const { progress } = this;
    const row = text.includes('record_key')
      ? { key: KEY.toString('hex') }
      : progress && {
          ...progress,
          position: progress.position.toString(),
          last: progress.last.map(String),
        };
    return Promise.resolve((row === undefined ? [] : [row]) as unknown as readonly T[]);
  }
}

const positionsOf = (events: readonly StoredEvent[]): readonly Position[] =>
  events.map(({ position }) => position);

export class World {
  readonly #log = new RenamedStore(memoryStore(randomUUID()));
  readonly store: EventStore = this.#log;
  readonly broker = new HandBroker();
  readonly row = new ProgressRow();
  readonly heard = new Map<number, StoredEvent[]>();
  readonly counts = { skipped: 0, healed: 0, refused: 0 };
  /** Where each follower begins, and what it does with a batch. */
  after: Position = 0n;
  onBatch: (batch: readonly StoredEvent[]) => void = () => undefined;
  onRefused: (records: number) => void = () => undefined;
  #offset = 0n;
  #following: Following | undefined;

  async start(): Promise<void> {
    const { store, broker, row } = this;
    const delivery = brokerDelivery({
      broker,
      store,
      rows: row,
      silenceMs: 20,
      log: () => undefined,
      groupOf: (follower) => follower,
      countsOf: () => ({
        skipped: (n) => {
          this.counts.skipped += n;
        },
        healed: (n) => {
          this.counts.healed += n;
        },
        refused: (n) => {
          this.onRefused(n);
          this.counts.refused += n;
        },
      }),
    });
    this.#following = await delivery.follow('spec', async (slice, signal) => {
      const heard = this.heard.get(slice.partition) ?? [];
      this.heard.set(slice.partition, heard);
      while (!signal.aborted) {
        try {
          for await (const batch of slice.subscribe(heard.at(-1)?.position ?? this.after, signal)) {
            this.onBatch(batch);
            heard.push(...batch);
          }
        } catch {
          // As a follower does: from where it stands.
        }
      }
    });
    await until(() => broker.handlers !== undefined, { message: 'the consumer to start' });
    for (let partition = 0; partition < PARTITIONS; partition += 1) broker.handlers?.assigned(partition);
  }

  async stop(): Promise<void> {
    await this.#following?.stop();
  }

  /** A server of the store failed, another took over: the same events under another name. */
  failOver(): void {
    this.#log.epoch = randomUUID();
  }

  /** Another log is put in its place. */
  becomes(store: EventStore): void {
    this.#log.become(store);
  }

  /** Stores events of so many patients. */
  async write(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      await appendPlain(
        this.store,
        streamOf('referral', randomUUID()),
        [{ type: 'ReferralSent', data: { n } }],
        { patientId: `patient-${String(n % 7)}` },
      );
    }
  }

  /** What a relay that stands there would send of everything after. */
  async records(from?: RelayProgress): Promise<readonly LogRecord[]> {
    const { epoch } = await this.store.head();
    const progress = from ?? notBegun(epoch, PARTITIONS);
    const batch = await this.store.readAll(progress.position, 10_000);
    const { records, last } = recordsOf(batch, progress, KEY);
    const end = batch.at(-1);
    this.row.progress = { ...(end === undefined ? progress : markOf(epoch, end)), last };
    return records;
  }

  /** Resolves when the batch was dealt with. */
  async deal(records: readonly LogRecord[]): Promise<void> {
    await Promise.all(
      Array.from({ length: PARTITIONS }, async (_, partition) => {
        const own = records
          .filter((record) => record.partition === partition)
          .map((record): DeliveredRecord => ({ ...record, offset: (this.#offset += 1n) }));
        if (own.length > 0) await this.broker.handlers?.handle(partition, own);
      }),
    );
  }

  async expected(partition: number): Promise<readonly Position[]> {
    return positionsOf(
      (await this.store.readAll(this.after, 10_000)).filter(
        (event) => partitionOf(event, PARTITIONS) === partition,
      ),
    );
  }

  /** Every partition has heard each of its events once, in order. */
  async allHeard(): Promise<void> {
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      const expected = await this.expected(partition);
      await until(() => (this.heard.get(partition)?.length ?? 0) >= expected.length, {
        message: `partition ${String(partition)} to hear ${String(expected.length)} events`,
      });
      expect(positionsOf(this.heard.get(partition) ?? [])).toEqual(expected);
    }
  }
}
