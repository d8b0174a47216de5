/**
 * An event as a record of the broker's log: CloudEvents 1.0, Kafka protocol binding, binary content mode. The value is
 * the stored bytes; everything else travels in headers, so that a reader has the stored event exactly.
 */
import type { LogRecord } from '@fascia/broker';
import {
  categoryOf,
  digestOf,
  keyHashOf,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { deliveryKeyOf } from './partition.js';
import { isSigned, signed, type RecordKey } from './record-key.js';

/** Who saw what stays in the store: it is for auditors, who do not ask the broker. */
export const isRelayed = (event: Pick<StoredEvent, 'stream'>): boolean =>
  categoryOf(event.stream) !== 'access';

/** Where a record stands in its partition: nothing of the partition lies between `previous` and the event. */
export interface Place {
  readonly partition: number;
  readonly partitions: number;
  readonly previous: Position;
  /** Of the log. */
  readonly epoch: string;
}

export interface DeliveredEvent extends Place {
  readonly event: StoredEvent;
  /** Whether the bytes are the ones that were stored. */
  readonly intact: boolean;
}

const text = new TextDecoder();
const utf8 = new TextEncoder();

const SOURCE = 'urn:fascia:';

/** @param key signs the record: whoever may only write to the topic cannot make one */
export const recordOf = (
  event: StoredEvent,
  { partition, partitions, previous, epoch }: Place,
  key: RecordKey,
): LogRecord => {
  const record: LogRecord = {
    partition,
    key: deliveryKeyOf(event),
    value: event.data,
    headers: {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_source: SOURCE + epoch,
      ce_type: event.type,
      ce_subject: event.stream,
      ce_time: event.recordedAt,
      'content-type': 'application/json',
      ce_position: event.position.toString(),
      ce_previous: previous.toString(),
      ce_partitions: String(partitions),
      ce_streamversion: String(event.version),
      ce_digest: event.digest,
      ce_commandid: event.commandId,
      ce_requestdigest: event.requestDigest,
      ce_metadata: text.decode(event.metadata),
    },
  };
  return signed(record, key);
};

const POSITION = /^\d{1,19}$/;

/** @returns nothing for a record that is not one of ours: what it was to say is missed and read from the store */
export const eventOf = (
  { partition, value, headers }: Pick<LogRecord, 'partition' | 'value' | 'headers'>,
  key: RecordKey,
): DeliveredEvent | undefined => {
  const {
    ce_position: position,
    ce_previous: previous,
    ce_partitions: partitions,
    ce_source: source,
    ce_digest: digest,
    ce_metadata: metadata,
  } = headers;
  if (
    !isSigned({ partition, headers }, key) ||
    !POSITION.test(position ?? '') ||
    !POSITION.test(previous ?? '') ||
    metadata === undefined ||
    source?.startsWith(SOURCE) !== true
  )
    return undefined;
  const bytes = utf8.encode(metadata);
  const stream = (headers['ce_subject'] ?? '') as StreamName;
  return {
    partition,
    partitions: Number(partitions),
    previous: BigInt(previous ?? 0),
    epoch: source.slice(SOURCE.length),
    intact: digestOf(value, bytes).toString('hex') === digest,
    event: {
      position: BigInt(position ?? 0),
      stream,
      version: Number(headers['ce_streamversion']),
      id: headers['ce_id'] ?? '',
      type: headers['ce_type'] ?? '',
      commandId: headers['ce_commandid'] ?? '',
      requestDigest: headers['ce_requestdigest'] ?? '',
      recordedAt: headers['ce_time'] ?? '',
      data: value,
      metadata: bytes,
      keyHash: keyHashOf(deliveryKeyOf({ stream, metadata: bytes })),
      digest: digest ?? '',
    },
  };
};
