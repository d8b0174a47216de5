/**
 * Reads the partitions of one assignment: one fetch per broker at a time, of the partitions that have nothing in
 * hand. A batch that takes long stays out of the next fetches, so it holds up no other partition.
 */
import { findErrorBy, ListOffsetTimestamps } from '@platformatic/kafka';
import type { Consumer } from '@platformatic/kafka';
import type { Delivery } from '../delivery.js';
import type { DeliveredRecord } from '../ports.js';
import { FETCH_WAIT_MS, PATIENCE_MS } from '../settings.js';
import { aborted, endedWithin } from '../within.js';

type FetchResponsePartition = Awaited<
  ReturnType<Consumer['fetch']>
>['responses'][number]['partitions'][number];

const MIB = 1_048_576;
const MOST_BYTES = 16 * MIB;
/** Records that the broker writes for itself (transaction markers). */
const IS_CONTROL = 0b10_0000;
const ANY_EPOCH = -1;

const recordsOf = (
  { partitionIndex: partition, records }: FetchResponsePartition,
  from: bigint,
): readonly DeliveredRecord[] =>
  (records ?? [])
    .filter(({ attributes }) => (attributes & IS_CONTROL) === 0)
    .flatMap((batch) =>
      batch.records.map(({ offsetDelta, key, value, headers }) => ({
        partition,
        offset: batch.firstOffset + BigInt(offsetDelta),
        key: key?.toString('utf8') ?? '',
        value: value ?? new Uint8Array(),
        headers: Object.fromEntries(
          headers.map(([name, text]) => [name?.toString('utf8') ?? '', text?.toString('utf8') ?? '']),
        ),
      })),
    )
    .filter(({ offset }) => offset >= from); // a fetch answers whole batches

const endOf = ({ records }: FetchResponsePartition): bigint | undefined => {
  const last = records?.at(-1);
  return last === undefined ? undefined : last.firstOffset + BigInt(last.lastOffsetDelta) + 1n;
};

export interface Reading {
  readonly consumer: Consumer;
  readonly topic: string;
  readonly delivery: Delivery;
  readonly partitions: readonly number[];
  /** Aborted when the partitions are taken away. */
  readonly over: AbortSignal;
}

export class Reader {
  readonly #positions = new Map<number, bigint>();
  readonly #inHand = new Map<number, Promise<unknown>>();

  constructor(private readonly reading: Reading) {}

  /** Resolves when it is over; rejects when the session has to begin anew. */
  async run(): Promise<void> {
    const { consumer, topic, partitions, over } = this.reading;
    try {
      const { topics } = await consumer.metadata({ topics: [topic], forceUpdate: true });
      const found = topics.get(topic);
      if (found === undefined) throw new Error('the topic is gone');
      await this.#startWhereTheGroupStood();
      const byLeader = Map.groupBy(
        partitions,
        (partition) => found.partitions[partition]?.leader ?? ANY_EPOCH,
      );
      await Promise.all([...byLeader].map(([node, led]) => this.#follow(node, found.id, led)));
    } catch (error) {
      if (!over.aborted) throw error;
    }
  }

  async #startWhereTheGroupStood(): Promise<void> {
    const { consumer, topic, partitions } = this.reading;
    const committed =
      (await consumer.listCommittedOffsets({ topics: [{ topic, partitions: [...partitions] }] })).get(
        topic,
      ) ?? [];
    for (const partition of partitions) this.#positions.set(partition, committed[partition] ?? -1n);
    await this.#mend(partitions.filter((partition) => this.#positionOf(partition) < 0n));
  }

  async #follow(node: number, topicId: string, partitions: readonly number[]): Promise<void> {
    const { over } = this.reading;
    const ended = aborted(over);
    while (!over.aborted) {
      const free = partitions.filter((partition) => !this.#inHand.has(partition));
      if (free.length === 0)
        await Promise.race([ended, ...partitions.map((partition) => this.#inHand.get(partition))]);
      else
        await endedWithin(
          PATIENCE_MS,
          Promise.race([ended, Promise.all(await this.#fetch(node, topicId, free))]),
        );
    }
  }

  /** @returns the work that the fetch gave */
  async #fetch(
    node: number,
    topicId: string,
    partitions: readonly number[],
  ): Promise<readonly Promise<unknown>[]> {
    const { consumer, over } = this.reading;
    const wanted = partitions.map((partition) => ({
      partition,
      fetchOffset: this.#positionOf(partition),
      currentLeaderEpoch: ANY_EPOCH,
      lastFetchedEpoch: ANY_EPOCH,
      partitionMaxBytes: MIB,
    }));
    try {
      const { responses } = await consumer.fetch({
        node,
        minBytes: 1,
        maxBytes: MOST_BYTES,
        maxWaitTime: FETCH_WAIT_MS,
        topics: [{ topicId, partitions: wanted }],
      });
      if (over.aborted) return [];
      // An answer can still hold a partition of an earlier fetch.
      return responses
        .flatMap((response) => response.partitions)
        .filter(({ partitionIndex }) => partitions.includes(partitionIndex))
        .map((answer) => this.#handOver(answer));
    } catch (error) {
      if (!(error instanceof Error) || findErrorBy(error, 'apiId', 'OFFSET_OUT_OF_RANGE') === null)
        throw error;
      await this.#mend(partitions);
      return [];
    }
  }

  async #handOver(answer: FetchResponsePartition): Promise<void> {
    const { consumer, topic, delivery } = this.reading;
    const { partitionIndex: partition } = answer;
    const end = endOf(answer);
    if (end === undefined) return;
    const records = recordsOf(answer, this.#positionOf(partition));
    if (records.length === 0) {
      this.#positions.set(partition, end);
      return;
    }
    const work = delivery
      .deliver(partition, records, async () => {
        this.#positions.set(partition, end);
        await consumer.commit({ offsets: [{ topic, partition, offset: end, leaderEpoch: ANY_EPOCH }] });
      })
      .finally(() => this.#inHand.delete(partition));
    this.#inHand.set(partition, work);
    await work;
  }

  /** Positions that the topic does not have become the earliest that it has. */
  async #mend(partitions: readonly number[]): Promise<void> {
    if (partitions.length === 0) return;
    const [earliest, latest] = await Promise.all([
      this.#offsetsAt(ListOffsetTimestamps.EARLIEST, partitions),
      this.#offsetsAt(ListOffsetTimestamps.LATEST, partitions),
    ]);
    for (const partition of partitions) {
      const [first = 0n, end = 0n, position] = [
        earliest[partition],
        latest[partition],
        this.#positionOf(partition),
      ];
      if (position < first || position > end) this.#positions.set(partition, first);
    }
  }

  async #offsetsAt(
    timestamp: bigint,
    partitions: readonly number[],
  ): Promise<readonly (bigint | undefined)[]> {
    const { consumer, topic } = this.reading;
    return (
      (
        await consumer.listOffsets({ topics: [topic], partitions: { [topic]: [...partitions] }, timestamp })
      ).get(topic) ?? []
    );
  }

  #positionOf(partition: number): bigint {
    return this.#positions.get(partition) ?? -1n;
  }
}
