/**
 * How an event of ours lies in EventStoreDB. Data are the caller's bytes. The custom metadata begin with a line of our own:
 * a record separator, canonical JSON, a newline (RFC 7464); the caller's metadata follow verbatim. The separator keeps the
 * whole from being JSON, or the client would read it and its bytes would be lost.
 *
 * The id that the server sees is made for one call of `append` and stays the same while that is sent again; ours is in the
 * line. The server calls two appends the same by ids alone: it must not take another request under the same ids, or the
 * same one of another process, for a repetition and answer it as stored.
 */
import type { AllStreamResolvedEvent, BinaryEventData, ResolvedEvent } from '@eventstore/db-client';
import { digestOf, parseStream } from '@fascia/kernel';
import type { AppendRequest, NewEvent, Position, StoredEvent, StreamName } from '@fascia/kernel';
import { DamagedLog, UnsuitableEventStoreDb } from './troubles.js';

/** The line before the caller's metadata. Keys in this order are canonical JSON. */
interface Line {
  readonly commandId: string;
  readonly id: string;
  readonly keyHash: number;
  /** Of an event that was copied from another log, which the server's own time would make younger. */
  readonly recordedAt?: string;
  readonly requestDigest: string;
}

type Recorded = NonNullable<ResolvedEvent['event']> | NonNullable<AllStreamResolvedEvent['event']>;

/** What is needed to judge a repetition. */
export interface Known extends Line {
  readonly version: number;
  readonly position: Position;
}

const SEPARATOR = 0x1e;
const NEWLINE = 0x0a;

/** What a server says for a position that it does not know. */
const NO_POSITION = 2n ** 64n - 1n;

/** A command of another log, as it was stored there. */
export interface CopyRequest extends AppendRequest {
  readonly recordedAt: string;
}

export const eventDataOf = (request: AppendRequest | CopyRequest, event: NewEvent): BinaryEventData => {
  const { commandId, requestDigest } = request;
  const line: Line = {
    commandId,
    id: event.id,
    keyHash: event.keyHash,
    ...('recordedAt' in request ? { recordedAt: request.recordedAt } : {}),
    requestDigest,
  };
  const head = Buffer.from(`${String.fromCharCode(SEPARATOR)}${JSON.stringify(line)}\n`, 'utf8');
  return {
    id: crypto.randomUUID(),
    type: event.type,
    contentType: 'application/octet-stream',
    // Plain arrays of bytes: the client takes a Buffer's metadata for an object and writes it as JSON.
    data: Uint8Array.from(event.data),
    metadata: Uint8Array.from(Buffer.concat([head, event.metadata])),
  };
};

/** Other streams than ours are nobody's business here. */
export const isOurs = (stream: string): stream is StreamName => parseStream(stream) !== undefined;

const lineOf = ({ streamId, revision, metadata }: Recorded): { line: Line; rest: Uint8Array } => {
  const bytes = metadata instanceof Uint8Array ? metadata : new Uint8Array();
  const end = bytes.indexOf(NEWLINE);
  try {
    if (bytes[0] !== SEPARATOR) throw new SyntaxError('no separator');
    return {
      line: JSON.parse(Buffer.from(bytes.subarray(1, end)).toString('utf8')) as Line,
      rest: bytes.slice(end + 1),
    };
  } catch (error) {
    throw new DamagedLog(`event ${revision} of ${streamId} was not written by Fascia`, { cause: error });
  }
};

/** The commit position: of what is written through this protocol the prepare position is the same. */
export const positionOf = ({ position }: Recorded): Position => {
  if (position === undefined || position.commit === NO_POSITION) {
    throw new UnsuitableEventStoreDb(
      'this EventStoreDB does not say where the events of a stream stand; 22.6 and later do',
    );
  }
  return position.commit;
};

export const knownOf = (event: Recorded): Known => ({
  ...lineOf(event).line,
  version: Number(event.revision) + 1,
  position: positionOf(event),
});

export const storedOf = (event: Recorded): StoredEvent => {
  const { line, rest } = lineOf(event);
  const data = event.data as Uint8Array;
  return {
    position: positionOf(event),
    stream: event.streamId as StreamName,
    version: Number(event.revision) + 1,
    id: line.id,
    type: event.type,
    recordedAt: line.recordedAt ?? event.created.toISOString(),
    commandId: line.commandId,
    requestDigest: line.requestDigest,
    data: data.slice(),
    metadata: rest,
    keyHash: line.keyHash,
    digest: digestOf(data, rest).toString('hex'),
  };
};
