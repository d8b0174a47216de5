/**
 * Reads of $all. Events of others are sieved by the server: the protocol knows filters for reads as for subscriptions, only
 * the client's own `readAll` has no word for them, so that one request is put together here.
 */
import type {
  AllStreamRecordedEvent,
  AllStreamResolvedEvent,
  EventStoreDBClient,
  Filter,
  StreamingRead,
} from '@eventstore/db-client';
import { BACKWARDS, END, START, streamNameFilter } from '@eventstore/db-client';
import { ReadStream } from '@eventstore/db-client/dist/streams/utils/ReadStream.js';
import { convertGrpcEvent } from '@eventstore/db-client/dist/utils/convertGrpcEvent.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { CATEGORIES } from '@fascia/kernel';
import type { Position } from '@fascia/kernel';
import type { CallOptions, Connection } from './connection.js';
import { isNoPosition } from './failures.js';
import { positionOf } from './recorded.js';

const PREFIXES = CATEGORIES.map((category) => `${category}-`);

/** Events that the server looks at in one go. */
const WINDOW = 2_000;

/** An event of anybody, found again by its place and the server's id. */
export interface Mark {
  readonly position: Position;
  readonly id: string;
}

/** Up to the mark the last event of ours is the one at the position; 0n for none. */
export interface Looked {
  readonly ours: Position;
  readonly mark: Mark;
}

export const markOf = (event: AllStreamRecordedEvent): Mark => ({
  position: positionOf(event),
  id: event.id,
});

/** @param checkpointEvery events that are looked at between two signs of life */
export const oursFilter = (
  checkpointEvery: number,
  checkpointReached: NonNullable<Filter['checkpointReached']>,
): Filter =>
  streamNameFilter({
    prefixes: PREFIXES,
    maxSearchWindow: checkpointEvery,
    checkpointInterval: 1,
    checkpointReached,
  });

export const placeOf = (position: Position): typeof START | { commit: bigint; prepare: bigint } =>
  position === 0n ? START : { commit: position, prepare: position };

const requestOf = (from: Position, maxCount: number) => {
  const { Options } = streams.ReadReq;
  const all = new Options.AllOptions();
  if (from === 0n) all.setStart(new shared.Empty());
  else
    all.setPosition(
      new Options.Position().setCommitPosition(from.toString()).setPreparePosition(from.toString()),
    );
  const filter = new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setPrefixList(PREFIXES))
    .setMax(WINDOW)
    .setCheckpointintervalmultiplier(1);
  return new streams.ReadReq().setOptions(
    new Options()
      .setAll(all)
      .setReadDirection(Options.ReadDirection.FORWARDS)
      .setResolveLinks(false)
      .setCount(String(maxCount))
      .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
      .setFilter(filter),
  );
};

const readSieved = (
  client: EventStoreDBClient,
  options: CallOptions,
  request: InstanceType<typeof streams.ReadReq>,
): StreamingRead<AllStreamResolvedEvent> => {
  const open = client['GRPCStreamCreator'](services.StreamsClient, 'readAll', (grpc) =>
    grpc.read(request, ...client['callArguments'](options, { deadline: Infinity })),
  );
  return new ReadStream(open, convertGrpcEvent<AllStreamResolvedEvent>, {});
};

/**
 * From the position on, which is part of the page: events of streams that are named as ours are.
 * @param to where the page ends early: the server would go on to look for more through all that others wrote
 */
export const oursFrom = async (
  connection: Connection,
  { from, to, maxCount }: { readonly from: Position; readonly to?: Position; readonly maxCount: number },
): Promise<readonly AllStreamRecordedEvent[]> => {
  const page = await connection.page(
    (client, options) => readSieved(client, options, requestOf(from, maxCount)),
    ({ event }) => event !== undefined && to !== undefined && positionOf(event) >= to,
  );
  return page.flatMap(({ event }) => event ?? []);
};

/** The newest events, whoever wrote them; the newest first. */
export const newestOf = async (
  connection: Connection,
  maxCount: number,
): Promise<readonly AllStreamRecordedEvent[]> => {
  const page = await connection.page((client, options) =>
    client.readAll({ ...options, direction: BACKWARDS, fromPosition: END, maxCount }),
  );
  return page.flatMap(({ event }) => event ?? []);
};

/** The event that stands exactly there, whoever wrote it. */
export const eventAt = async (
  connection: Connection,
  position: Position,
): Promise<AllStreamRecordedEvent | undefined> => {
  const page = await connection
    .page((client, options) => client.readAll({ ...options, fromPosition: placeOf(position), maxCount: 1 }))
    .catch((error: unknown) => {
      // Between two events, such as a position of another log.
      if (isNoPosition(error)) return [];
      throw error;
    });
  const [event] = page.flatMap(({ event: found }) => found ?? []);
  return event !== undefined && positionOf(event) === position ? event : undefined;
};
