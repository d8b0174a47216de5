/**
 * The event store port. Every adapter keeps these promises, and one behaviour suite holds it to them:
 * - an append is atomic for its stream, and an acknowledged append survives `kill -9`;
 * - versions of a stream start at 1 and are contiguous; a wrong expected version is a value, never an exception;
 * - `readAll` and `subscribe` never show a later event before an earlier one, and never skip one;
 * - the same command id with the same request digest in a stream answers `already` with the first result;
 * - one command is at most 1 MiB (`AppendTooLarge` before anything is sent).
 */
import { hash } from 'node:crypto';
import type { StreamName } from './stream.js';

/** Opaque, ordered, unique over the whole log. Decimal text in JSON. `0n` is before the first event. */
export type Position = bigint;

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  /** Canonical JSON (RFC 8785), personal fields sealed. */
  readonly data: Uint8Array;
  /** Canonical JSON (RFC 8785) of {@link EventMetadata}. */
  readonly metadata: Uint8Array;
  /** Of its partition key, signed 32 bits: which slice of the log it is for, without opening it. */
  readonly keyHash: number;
}

export interface AppendRequest {
  readonly stream: StreamName;
  /** Version of the stream that the decision was made on; 0 for a stream that does not exist yet. */
  readonly expectedVersion: number;
  readonly commandId: string;
  /** Hex, of what was asked, under a key (docs/adr/0017-the-stored-format.md): tells a retry from another request under the same id. */
  readonly requestDigest: string;
  /** At least one. */
  readonly events: readonly NewEvent[];
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly version: number; readonly position: Position }
  /** This command was stored before: the version and position of its last event then. */
  | { readonly kind: 'already'; readonly version: number; readonly position: Position }
  | { readonly kind: 'conflict'; readonly actual: number }
  /** The command id (or an event id) stands for another request. */
  | { readonly kind: 'idReused' };

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** SHA-256 over the SHA-256 of `data` followed by the SHA-256 of `metadata`. */
export const digestOf = (data: Uint8Array, metadata: Uint8Array): Buffer =>
  sha256(Buffer.concat([sha256(data), sha256(metadata)]));

export interface StoredEvent extends NewEvent {
  readonly position: Position;
  readonly stream: StreamName;
  readonly version: number;
  /** Set by the store, never decreasing along the log. */
  readonly recordedAt: string;
  readonly commandId: string;
  readonly requestDigest: string;
  /** See {@link digestOf}; hex. */
  readonly digest: string;
}

export interface LogHead {
  readonly position: Position;
  /** Names the log itself: changes on fail-over, restore or a data directory copied back. */
  readonly epoch: string;
}

export interface EventStore {
  /** Whether positions count up by one. */
  readonly contiguousPositions: boolean;
  /** Where an event id that exists is refused with `idReused`: EventStoreDB knows ids only within the stream appended to. */
  readonly eventIds: 'log' | 'stream';
  append(request: AppendRequest): Promise<AppendResult>;
  /** From version `from` (inclusive, 1 is the first) upwards; at most `limit` events. */
  readStream(stream: StreamName, from: number, limit: number): Promise<readonly StoredEvent[]>;
  /** After position `after` (exclusive); at most `limit` events. */
  readAll(after: Position, limit: number): Promise<readonly StoredEvent[]>;
  /** The event that stands exactly there; nothing when none does. */
  readAt(position: Position): Promise<StoredEvent | undefined>;
  /** Batches in order, without end, until the signal aborts. */
  subscribe(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]>;
  head(): Promise<LogHead>;
}

/** More than 1 MiB in one command. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** The bounded queue of appends is full, or the store cannot be reached: nothing was stored, try again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The connection broke after sending: stored or not is not known. Safe to send again with the same ids. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

export const APPEND_LIMIT_BYTES = 1024 * 1024;
