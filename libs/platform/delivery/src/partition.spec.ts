import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import { keyHashOf, murmur2, partitionKeyOf } from '@fascia/kernel';
import { partitionOf, partitionOfKey } from './partition.js';

/** As kafkajs computes it, as Java does. */
const theirs = (key: string, partitions: number): number =>
  kafkajs.Partitioners.DefaultPartitioner()({
    topic: 'any',
    message: { key, value: null },
    partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 0,
      replicas: [],
      isr: [],
    })),
  });

describe('the partition of a key', () => {
  it.each([
    ['', 275_646_681],
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
  ])("hashes %j as Kafka's own test vectors say", (key, hash) => {
    expect(murmur2(new TextEncoder().encode(key))).toBe(hash);
  });

  it("is the one that Kafka's default partitioner gives", () => {
    for (let n = 0; n < 500; n += 1) {
      const key = randomBytes(n % 41).toString('base64');
      for (const partitions of [1, 2, 12, 50])
        expect(partitionOfKey(key, partitions)).toBe(theirs(key, partitions));
    }
    expect(partitionOfKey('佐藤 🩺', 12)).toBe(theirs('佐藤 🩺', 12));
  });

  it("is the patient's where there is one, else the stream's", () => {
    const event = (whose: { patientId?: string }) => ({
      keyHash: keyHashOf(partitionKeyOf({ ...whose, stream: 'task-1' })),
    });
    expect(partitionOf(event({ patientId: 'p' }), 12)).toBe(partitionOfKey('p', 12));
    expect(partitionOf(event({}), 12)).toBe(partitionOfKey('task-1', 12));
    expect(partitionOf(event({}), 1)).toBe(0);
  });
});
