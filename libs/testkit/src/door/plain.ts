/** Events written and read as plain JSON, without contract or sealing: for specs of what reads the log. */
import { randomUUID } from 'node:crypto';
import {
  keyHashOf,
  partitionKeyOf,
  type Envelope,
  type EventMetadata,
  type EventStore,
  type NewEvent,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import { accepted } from '../event-store/check.js';
import { newRequest } from '../event-store/requests.js';

export interface PlainEvent {
  readonly type: string;
  readonly data: object;
}

const METADATA: EventMetadata = {
  occurredAt: '2026-04-01T09:00:00.000Z',
  actor: { sub: 'spec', role: 'system' },
  correlationId: 'c',
  causationId: 'd',
  commandId: 'e',
  requestDigest: 'f',
  schemaVersion: 1,
};

const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');

const plain = (
  stream: StreamName,
  { type, data }: PlainEvent,
  metadata: Partial<EventMetadata>,
): NewEvent => ({
  id: randomUUID(),
  type,
  data: bytes(data),
  metadata: bytes({ ...METADATA, ...metadata }),
  keyHash: keyHashOf(partitionKeyOf({ ...metadata, stream })),
});

/** Appends to the end of a stream. @returns position of the last event */
export const appendPlain = async (
  store: EventStore,
  stream: StreamName,
  events: readonly PlainEvent[],
  metadata: Partial<EventMetadata> = {},
): Promise<Position> => {
  const expectedVersion = (await store.readStream(stream, 1, 1_000)).length;
  return (
    await accepted(
      store,
      newRequest({ stream, expectedVersion, events: events.map((event) => plain(stream, event, metadata)) }),
    )
  ).position;
};

export const decodePlain = (stored: StoredEvent): Promise<Envelope> => {
  const json = (some: Uint8Array): object => JSON.parse(Buffer.from(some).toString('utf8')) as object;
  const { position, stream, version, id, recordedAt, type, data, metadata } = stored;
  return Promise.resolve({
    ...(json(metadata) as EventMetadata),
    position,
    stream,
    version,
    id,
    recordedAt,
    type,
    data: json(data),
  });
};
