/** Which slice an event belongs to: as Kafka's default partitioner deals its key out. */
import { keyHashOf, partitionKeyOf, type StoredEvent } from '@fascia/kernel';

const SIGN = 0x7fffffff;

const dealtOut = (keyHash: number, partitions: number): number => (keyHash & SIGN) % partitions;

export const partitionOfKey = (key: string, partitions: number): number =>
  dealtOut(keyHashOf(key), partitions);

const text = new TextDecoder();

export const deliveryKeyOf = ({ stream, metadata }: Pick<StoredEvent, 'stream' | 'metadata'>): string => {
  const { patientId } = JSON.parse(text.decode(metadata)) as { patientId?: string };
  return partitionKeyOf({ stream, ...(patientId === undefined ? {} : { patientId }) });
};

/** The event need not be opened for it. */
export const partitionOf = ({ keyHash }: Pick<StoredEvent, 'keyHash'>, partitions: number): number =>
  dealtOut(keyHash, partitions);
