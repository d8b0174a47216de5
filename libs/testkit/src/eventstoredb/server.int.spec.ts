/** The test server as the published client sees it: what holds here is what the client of a real server meets. */
import {
  AccessDeniedError,
  BACKWARDS,
  binaryEvent,
  END,
  EventStoreDBClient,
  eventTypeFilter,
  MaxAppendSizeExceededError,
  NO_STREAM,
  StreamNotFoundError,
  streamNameFilter,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { Filter, Position } from '@eventstore/db-client';
import { until } from '../until.js';
import { startTestEventStoreDb, type TestEventStoreDb } from './start-event-store-db.js';

let server: TestEventStoreDb;
let client: EventStoreDBClient;

beforeAll(async () => {
  server = await startTestEventStoreDb({ maxAppendBytes: 1024 * 1024 });
  client = EventStoreDBClient.connectionString(server.connectionString);
});

afterAll(async () => {
  await client.dispose();
  await server.stop();
});

const event = (bytes = 10, type = 'Happened') => binaryEvent({ type, data: new Uint8Array(bytes) });

/** With credentials the client makes a call for each append, without them it sends all of them through one. */
const WAYS = [
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
  ['BatchAppend', {}],
] as const;

const streamOf = (way: string): string => `${way}-${crypto.randomUUID()}`;

const collect = async <E>(stream: AsyncIterable<E>): Promise<readonly E[]> => {
  const events: E[] = [];
  for await (const one of stream) events.push(one);
  return events;
};

describe.each(WAYS)('%s', (way, options) => {
  it('answers revision and position of the last event, and the first position to a repetition', async () => {
    const stream = streamOf(way);
    const events = [event(), event(), event()];
    const first = await client.appendToStream(stream, events, { ...options, expectedRevision: NO_STREAM });
    const read = await collect(client.readStream(stream));
    expect(first).toEqual({ success: true, nextExpectedRevision: 2n, position: read[2]?.event?.position });
    expect(await client.appendToStream(stream, events, { ...options, expectedRevision: NO_STREAM })).toEqual({
      ...first,
      position: read[0]?.event?.position,
    });
  });

  it('names the current revision when another was expected', async () => {
    const stream = streamOf(way);
    await client.appendToStream(stream, [event(), event()], options);
    const error: unknown = await client
      .appendToStream(stream, event(), { ...options, expectedRevision: 7n })
      .catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ actualVersion: 1n, expectedVersion: 7n, streamName: stream });
    const missing: unknown = await client
      .appendToStream(streamOf(way), event(), { ...options, expectedRevision: 0n })
      .catch((refused: unknown) => refused);
    expect(missing).toMatchObject({ actualVersion: 'no_stream' });
  });

  it('refuses what is larger than its limit', async () => {
    const error: unknown = await client
      .appendToStream(streamOf(way), event(1024 * 1024), options)
      .catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1024 * 1024 });
  });
});

describe('reading', () => {
  it('a stream goes both ways from a revision, which is part of the page', async () => {
    const stream = streamOf('read');
    await client.appendToStream(
      stream,
      Array.from({ length: 5 }, () => event()),
    );
    const revisions = async (options: Parameters<typeof client.readStream>[1]) =>
      (await collect(client.readStream(stream, options))).map((one) => Number(one.event?.revision));
    expect(await revisions({ fromRevision: 2n, maxCount: 2 })).toEqual([2, 3]);
    expect(await revisions({ fromRevision: 2n, direction: BACKWARDS })).toEqual([2, 1, 0]);
    expect(await revisions({ fromRevision: END, direction: BACKWARDS, maxCount: 1 })).toEqual([4]);
    expect(await revisions({ fromRevision: 9n })).toEqual([]);
    await expect(collect(client.readStream('no-such-stream'))).rejects.toThrow(StreamNotFoundError);
  });

  it('$all begins at a position forwards and before it backwards', async () => {
    const { position } = await client.appendToStream(streamOf('read'), [event(), event()]);
    const newest = await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }));
    expect(newest[0]?.event?.position).toEqual(position);
    const at = position as Position;
    expect(
      (await collect(client.readAll({ fromPosition: at, maxCount: 5 }))).map((one) => one.event?.position),
    ).toEqual([at]);
    expect(
      (await collect(client.readAll({ fromPosition: at, direction: BACKWARDS, maxCount: 1 }))).map(
        (one) => one.event?.position,
      ),
    ).toEqual([newest[1]?.event?.position]);
  });

  it('comes to what others wrote, of every kind of theirs', async () => {
    const own = await startTestEventStoreDb();
    await own.others(9_000);
    const caller = EventStoreDBClient.connectionString(own.connectionString);
    const kinds = new Map<string, number>();
    for (const { event: one } of await collect(caller.readAll()))
      kinds.set(one?.type ?? '', (kinds.get(one?.type ?? '') ?? 0) + 1);
    expect(kinds.get('Measured')).toBe(7_000);
    expect(kinds.get('$>')).toBe(1_000);
    expect(kinds.get('$ProjectionCheckpoint')).toBe(1_000);
    const { sent } = await own.work();
    expect(sent).toBeGreaterThanOrEqual(9_000);
    await caller.dispose();
    await own.stop();
  });
});

describe.each(['23.10', '24.10'] as const)('a position of $all at which nothing stands, in %s', (release) => {
  const started = async () => {
    const own = await startTestEventStoreDb({ release });
    const caller = EventStoreDBClient.connectionString(own.connectionString);
    const { position } = await caller.appendToStream(streamOf('read'), event());
    const { commit } = position as Position;
    const stop = async () => {
      await caller.dispose();
      await own.stop();
    };
    return { caller, commit, stop };
  };
  const code = release === '23.10' ? 2 : 3;

  it('between two events is refused, to a page and to a subscription', async () => {
    const { caller, commit, stop } = await started();
    const fromPosition = { commit: commit - 1n, prepare: commit - 1n };
    const page: unknown = await collect(caller.readAll({ fromPosition })).catch((error: unknown) => error);
    expect(page).toBeInstanceOf(UnknownError);
    expect(page).toMatchObject({ code });
    const refused = await new Promise((resolve) => {
      caller.subscribeToAll({ fromPosition }).on('error', resolve).resume();
    });
    expect(refused).toMatchObject({ code });
    await stop();
  });

  it('beyond the end is nothing, for ever', async () => {
    const { caller, commit, stop } = await started();
    const fromPosition = { commit: commit + 1n, prepare: commit + 1n };
    expect(await collect(caller.readAll({ fromPosition }))).toEqual([]);
    const heard: unknown[] = [];
    const [beyond, at] = [fromPosition, { commit, prepare: commit }].map((from) =>
      caller.subscribeToAll({ fromPosition: from }),
    );
    beyond?.on('data', (one) => heard.push(one));
    const come = new Promise((resolve) => at?.on('data', resolve));
    await caller.appendToStream(streamOf('read'), event());
    await come;
    expect(heard).toEqual([]);
    await stop();
  });
});

describe('a leader that wakes up deposed', () => {
  it('says that another version stands where the expected one does', async () => {
    const stream = streamOf('deposed');
    await client.appendToStream(stream, event());
    await server.faults.wakeDeposed(1);
    const error: unknown = await client
      .appendToStream(stream, event(), { expectedRevision: 0n })
      .catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ actualVersion: 0n, expectedVersion: 0n });
    expect(await client.appendToStream(stream, event(), { expectedRevision: 0n })).toMatchObject({
      success: true,
    });
  });
});

describe('a subscription', () => {
  const follow = (fromPosition: Position, filter: Omit<Filter, 'checkpointReached'>) => {
    const [types, checkpoints, caughtUp]: [string[], Position[], true[]] = [[], [], []];
    const subscription = client.subscribeToAll({
      fromPosition,
      filter: { ...filter, checkpointReached: (_, position) => void checkpoints.push(position) } as Filter,
    });
    subscription.on('data', (one) => types.push(one.event?.type ?? ''));
    subscription.on('caughtUp', () => caughtUp.push(true));
    return { types, checkpoints, caughtUp, subscription };
  };

  it('passes by what the filter leaves out, says where it is, and when it has caught up', async () => {
    const { position } = await client.appendToStream(streamOf('before'), event());
    await client.appendToStream(
      streamOf('noise'),
      Array.from({ length: 100 }, () => event(1, 'Noise')),
    );
    const byStream = follow(
      position as Position,
      streamNameFilter({ prefixes: ['wanted-'], checkpointInterval: 1 }),
    );
    const byType = follow(
      position as Position,
      eventTypeFilter({ regex: '^Wanted', maxSearchWindow: 10, checkpointInterval: 1 }),
    );
    await until(() => byStream.caughtUp.length === 1 && byType.caughtUp.length === 1, {
      message: 'both to catch up',
    });
    expect(byStream.types).toEqual([]);
    // 100 events passed by: every 32, every 10, and where they stood at the end.
    expect(byStream.checkpoints.length).toBeGreaterThanOrEqual(4);
    expect(byType.checkpoints.length).toBeGreaterThanOrEqual(11);
    await client.appendToStream(streamOf('wanted'), [event(1, 'Wanted'), event(1, 'Other')]);
    await until(() => byStream.types.length === 2 && byType.types.length === 1, { message: 'live events' });
    expect([byStream.types, byType.types]).toEqual([['Wanted', 'Other'], ['Wanted']]);
    await Promise.all([byStream, byType].map(({ subscription }) => subscription.unsubscribe()));
  });

  it('to a stream begins after the revision', async () => {
    const stream = streamOf('followed');
    await client.appendToStream(stream, [event(), event(), event()]);
    const revisions: bigint[] = [];
    const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
    subscription.on('data', (one) => revisions.push(one.event?.revision ?? -1n));
    await until(() => revisions.length === 2, { message: 'the two after the first' });
    await client.appendToStream(stream, event());
    await until(() => revisions.length === 3, { message: 'the live one' });
    expect(revisions).toEqual([1n, 2n, 3n]);
    await subscription.unsubscribe();
  });
});

describe('who calls', () => {
  it('has to be known where the connection is encrypted', async () => {
    const closed = await startTestEventStoreDb({ tls: { user: 'admin', password: 'secret' } });
    const rights = [
      closed.connectionString,
      closed.connectionString.replace('secret', 'wrong'),
      closed.connectionString.replace('admin:secret@', ''),
    ];
    const outcomes = await Promise.all(
      rights.map(async (connectionString) => {
        const caller = EventStoreDBClient.connectionString(connectionString);
        const outcome: unknown = await collect(caller.readAll({ maxCount: 1 })).then(
          () => 'read',
          (error: unknown) => error,
        );
        await caller.dispose();
        return outcome;
      }),
    );
    expect(outcomes).toEqual(['read', expect.any(AccessDeniedError), expect.any(AccessDeniedError)]);
    await closed.stop();
  });
});
