/** Brokers with one deliberate defect each, built around the one in memory, and the check that has to notice it. */
import { memoryBroker } from '@fascia/broker';
import type {
  Broker,
  ConsumerHandlers,
  DeliveredRecord,
  LogConsumer,
  LogPublisher,
  LogRecord,
} from '@fascia/broker';
import { CHECK_PARTITIONS } from './broker-check.js';
import type { BrokerFactory } from './broker-check.js';

/** The right one needs a few milliseconds. */
const MEMORY_MS = 1_000;

interface Defect {
  /** What is stored instead of a batch; a promise keeps the acknowledgement back. */
  readonly publish?: (records: readonly LogRecord[], inner: LogPublisher) => Promise<void>;
  readonly handlers?: (handlers: ConsumerHandlers) => ConsumerHandlers;
  readonly group?: (name: string) => string;
}

const brokenBroker = ({ publish, handlers, group = (name) => name }: Defect): Broker => {
  const inner = memoryBroker({ partitions: CHECK_PARTITIONS });
  const publisher = (): LogPublisher => {
    const real = inner.publisher();
    return {
      partitions: () => real.partitions(),
      publish: (records) => publish?.(records, real) ?? real.publish(records),
      close: () => real.close(),
    };
  };
  const consumer = (name: string): LogConsumer => {
    const real = inner.consumer(group(name));
    return { start: (given) => real.start(handlers?.(given) ?? given), close: () => real.close() };
  };
  return {
    publisher,
    consumer,
    lag: (name) => inner.lag(name),
    ping: () => inner.ping(),
    close: () => inner.close(),
  };
};

const changing = (change: (records: readonly LogRecord[]) => readonly LogRecord[]): Defect => ({
  publish: (records, inner) => inner.publish(change(records)),
});

const changingEach = (change: (record: LogRecord) => LogRecord): Defect =>
  changing((records) => records.map(change));

const handling = (handle: (given: ConsumerHandlers) => ConsumerHandlers['handle']): Defect => ({
  handlers: (given) => ({
    assigned: (partition) => given.assigned(partition),
    revoked: (partition) => given.revoked(partition),
    handle: handle(given),
  }),
});

/** Acknowledges at once and stores when it finds time; what was not stored by then is lost when it is closed. */
const acknowledgesEarly = (): Defect => {
  const waiting: (readonly LogRecord[])[] = [];
  let busy = false;
  return {
    publish: async (records, inner) => {
      waiting.push(records);
      setImmediate(() => {
        if (busy) return;
        busy = true;
        const drain = async (): Promise<void> => {
          for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
            await inner.publish(next);
          busy = false;
        };
        void drain();
      });
    },
  };
};

const firstBatchLost = (): Defect => {
  let lost = false;
  return changing((records) => {
    if (lost || records.length < 2) return records;
    lost = true;
    return records.slice(0, -1);
  });
};

/** Every rejected batch comes back with one record less. */
const shrinking = (): Defect =>
  handling((given) => {
    let failures = 0;
    return async (partition, records) => {
      try {
        await given.handle(partition, records.slice(Math.min(failures, records.length - 1)));
      } catch (error) {
        failures += 1;
        throw error;
      }
    };
  });

/** While a partition fails, nothing else is handed over. */
const oneStopsAll = (): Defect =>
  handling((given) => {
    let stuck = false;
    return async (partition, records) => {
      if (stuck && partition !== 0) throw new Error('another partition failed');
      await given.handle(partition, records).catch((error: unknown) => {
        stuck = true;
        throw error;
      });
      stuck = false;
    };
  });

let groups = 0;
const ownGroup = (name: string): string => `${name}-${(groups += 1)}`;

const repeats =
  (given: ConsumerHandlers): ConsumerHandlers['handle'] =>
  async (partition, records) => {
    await given.handle(partition, records);
    await given.handle(partition, records);
  };

const concurrently =
  (given: ConsumerHandlers): ConsumerHandlers['handle'] =>
  async (partition, records) => {
    const halves: readonly (readonly DeliveredRecord[])[] = [
      records.slice(0, Math.ceil(records.length / 2)),
      records.slice(Math.ceil(records.length / 2)),
    ];
    await Promise.all(halves.filter((half) => half.length > 0).map((half) => given.handle(partition, half)));
  };

export interface WrongBroker {
  readonly defect: string;
  readonly factory: BrokerFactory;
  /** Name of a check that has to fail. */
  readonly caughtBy: string;
}

const ARRIVES = 'every record arrives once, in order within its partition';
const EXACT = 'value, key and headers arrive as they were given';
const AGAIN = 'a batch that was rejected comes again, the same';
const SHARED = 'members share the partitions, and take over from one that leaves';

const row = (defect: string, broken: () => Defect, caughtBy: string): WrongBroker => ({
  defect,
  factory: async () => {
    const broker = brokenBroker(broken());
    return { broker, deliveryMs: MEMORY_MS, close: () => broker.close() };
  },
  caughtBy,
});

export const wrongBrokers: readonly WrongBroker[] = [
  row('the last record of a batch lost', firstBatchLost, ARRIVES),
  row('a batch stored in another order', () => changing((records) => [...records].reverse()), ARRIVES),
  row('every batch handed over twice', () => handling(repeats), ARRIVES),
  row('acknowledged before it is stored', acknowledgesEarly, 'what is acknowledged is stored'),
  row(
    'overlapping publishes taken',
    acknowledgesEarly,
    'a second publish while one is outstanding is refused',
  ),
  row(
    'values read as text',
    () =>
      changingEach((record) => ({
        ...record,
        value: Buffer.from(Buffer.from(record.value).toString('utf8')),
      })),
    EXACT,
  ),
  row(
    'names of headers in lower case',
    () =>
      changingEach((record) => ({
        ...record,
        headers: Object.fromEntries(
          Object.entries(record.headers).map(([name, text]) => [name.toLowerCase(), text]),
        ),
      })),
    EXACT,
  ),
  row(
    'empty headers left out',
    () =>
      changingEach((record) => ({
        ...record,
        headers: Object.fromEntries(Object.entries(record.headers).filter(([, text]) => text !== '')),
      })),
    EXACT,
  ),
  row(
    'keys as ASCII',
    () => changingEach((record) => ({ ...record, key: Buffer.from(record.key, 'ascii').toString('ascii') })),
    EXACT,
  ),
  row(
    'only the first megabyte of a batch',
    () => changing((records) => records.slice(0, 50)),
    'many megabytes go in one batch, and a record of 1 MiB',
  ),
  row(
    'a rejected batch passed over',
    () =>
      handling((given) => (partition, records) => given.handle(partition, records).catch(() => undefined)),
    AGAIN,
  ),
  row('another batch after a rejection', shrinking, AGAIN),
  row('a failing partition stops all', oneStopsAll, 'a partition that fails does not stop the others'),
  row(
    'the next batch before the last was handled',
    () => handling(concurrently),
    'the batches of a partition never overlap',
  ),
  row('a partition handed to two members', () => ({ group: ownGroup }), SHARED),
  row('a group that forgets where it stood', () => ({ group: ownGroup }), 'a group goes on where it stood'),
  row('one group for all', () => ({ group: () => 'one' }), 'each group gets everything'),
];
