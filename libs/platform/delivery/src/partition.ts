/** Which slice an event belongs to: the patient's, else its stream's. Kafka's own hash, so that others can compute it. */
import type { StoredEvent } from '@fascia/kernel';

const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const SIGN = 0x7fffffff;

/** MurmurHash2, 32 bits, with the seed of Kafka's default partitioner. @returns a signed number, as Java has it */
export const murmur2 = (bytes: Uint8Array): number => {
  let hash = SEED ^ bytes.length;
  const words = bytes.length - (bytes.length % 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < words; at += 4) {
    let word = Math.imul(view.getInt32(at, true), M);
    word = Math.imul(word ^ (word >>> 24), M);
    hash = Math.imul(hash, M) ^ word;
  }
  const rest = bytes.length - words;
  if (rest > 0) {
    for (let index = rest - 1; index >= 0; index -= 1) hash ^= view.getUint8(words + index) << (8 * index);
    hash = Math.imul(hash, M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
};

const utf8 = new TextEncoder();
const text = new TextDecoder();

export const partitionOfKey = (key: string, partitions: number): number =>
  partitions === 1 ? 0 : (murmur2(utf8.encode(key)) & SIGN) % partitions;

/** What keeps events together and in order: whose health data they are, or else the stream they stand in. */
export const deliveryKey = ({
  patientId,
  stream,
}: {
  readonly patientId?: string;
  readonly stream: string;
}): string => patientId ?? stream;

export const deliveryKeyOf = ({ stream, metadata }: Pick<StoredEvent, 'stream' | 'metadata'>): string => {
  const { patientId } = JSON.parse(text.decode(metadata)) as { patientId?: string };
  return deliveryKey({ stream, ...(patientId === undefined ? {} : { patientId }) });
};

export const partitionOf = (event: StoredEvent, partitions: number): number =>
  partitions === 1 ? 0 : partitionOfKey(deliveryKeyOf(event), partitions);
