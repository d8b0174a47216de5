/** What keeps events together and in order, and its 32-bit hash: Kafka's own, so that others can compute it. */

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

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

export const keyHashOf = (partitionKey: string): number => murmur2(utf8.encode(partitionKey));

/** Whose health data an event is, or else the stream it stands in. */
export const partitionKeyOf = ({
  patientId,
  stream,
}: {
  readonly patientId?: string;
  readonly stream: string;
}): string => patientId ?? stream;
