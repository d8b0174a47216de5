/** Commands and events for checking an event store; ids are fresh, bytes are the caller's. */
import { randomUUID } from 'node:crypto';
import type {
  AppendRequest,
  AppendResult,
  EventStore,
  NewEvent,
  Position,
  StoredEvent,
  StreamName,
} from '@fascia/kernel';

const utf8 = new TextEncoder();

export const freshStream = (): StreamName => `referral-${randomUUID()}`;

/** Any 64 hex digits: which request it stands for is the caller's to say. */
export const requestDigest = (of: string | number): string => String(of).padStart(64, '0');

export const newEvent = (more: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'ReferralSent',
  data: utf8.encode('{"note":"sent"}'),
  metadata: utf8.encode('{"actor":{"sub":"physician"}}'),
  keyHash: -7,
  ...more,
});

export interface RequestShape extends Partial<AppendRequest> {
  /** How many events when none are given; default 1. */
  readonly count?: number;
}

export const newRequest = ({ count = 1, ...more }: RequestShape = {}): AppendRequest => ({
  stream: freshStream(),
  expectedVersion: 0,
  commandId: randomUUID(),
  requestDigest: requestDigest(1),
  events: Array.from({ length: count }, () => newEvent()),
  ...more,
});

const PAGE = 500;

export const everythingAfter = async (
  store: EventStore,
  after: Position,
): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readAll(events.at(-1)?.position ?? after, PAGE);
    if (page.length === 0) return events;
    events.push(...page);
  }
};

/** Versions in the order they are read. */
export const versionsOf = async (store: EventStore, stream: StreamName): Promise<readonly number[]> =>
  (await store.readStream(stream, 1, PAGE)).map((event) => event.version);

/** Appends to a stream until it succeeds, deciding anew on the version each conflict names. */
export const appendInsisting = async (store: EventStore, stream: StreamName): Promise<AppendResult> => {
  for (let expectedVersion = 0; ;) {
    const result = await store.append(newRequest({ stream, expectedVersion }));
    if (result.kind !== 'conflict') return result;
    expectedVersion = result.actual;
  }
};
