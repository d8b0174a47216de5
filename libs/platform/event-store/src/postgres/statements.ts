/** The statements of the PostgreSQL adapter, named so that each connection prepares them once. */
import {
  digestOf,
  type AppendRequest,
  type AppendResult,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import type { QueryArrayConfig } from 'pg';
import { byteaArray, int4Array, textArray, uuidArray } from './binary-arrays.js';

interface ArrayStatement extends QueryArrayConfig<unknown[]> {
  readonly name: string;
}

export const appendStatement = (batch: readonly AppendRequest[]): ArrayStatement => {
  const events = batch.flatMap((request) => request.events);
  return {
    name: 'log.append',
    text: 'select verdict, version, position::text from log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    rowMode: 'array',
    values: [
      textArray(batch.map((request) => request.stream)),
      int4Array(batch.map((request) => request.expectedVersion)),
      uuidArray(batch.map((request) => request.commandId)),
      textArray(batch.map((request) => request.requestDigest)),
      int4Array(batch.map((request) => request.events.length)),
      uuidArray(events.map((event) => event.id)),
      textArray(events.map((event) => event.type)),
      int4Array(events.map((event) => event.keyHash)),
      byteaArray(events.map((event) => event.data)),
      byteaArray(events.map((event) => event.metadata)),
      byteaArray(events.map((event) => digestOf(event.data, event.metadata))),
    ],
  };
};

/** Columns as text: bigint stays exact without touching the driver's global parsers. */
export const resultOf = ([kind, version, position]: readonly unknown[]): AppendResult => {
  switch (kind) {
    case 'appended':
    case 'already':
      return { kind, version: version as number, position: BigInt(position as string) };
    case 'conflict':
      return { kind, actual: version as number };
    case 'idReused':
      return { kind };
    default:
      throw new Error(`log.append answered ${String(kind)}`);
  }
};

// Ordered by `e.position`, never by a bare `position`: that would be the text of it in the select list.
const SELECT = `select e.position::text, e.stream, e.version, e.id::text, e.type, e.command_id::text, e.request_digest,
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e.data, e.metadata, encode(e.digest, 'hex'), e.key_hash
  from log.event e`;

export const readStreamStatement = (stream: StreamName, from: number, limit: number): ArrayStatement => ({
  name: 'log.read_stream',
  text: `${SELECT} where e.stream = $1 and e.version >= $2 order by e.version limit $3`,
  rowMode: 'array',
  values: [stream, from, limit],
});

export const readAllStatement = (after: Position, limit: number): ArrayStatement => ({
  name: 'log.read_all',
  text: `${SELECT} where e.position > $1 order by e.position limit $2`,
  rowMode: 'array',
  values: [after.toString(), limit],
});

export const readAtStatement = (position: Position): ArrayStatement => ({
  name: 'log.read_at',
  text: `${SELECT} where e.position = $1`,
  rowMode: 'array',
  values: [position.toString()],
});

type Row = readonly [
  string,
  StreamName,
  number,
  string,
  string,
  string,
  string,
  string,
  Buffer,
  Buffer,
  string,
  number,
];

// The same class as the memory adapter's, so that nobody comes to lean on Buffer's methods.
const bytes = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);

export const eventOf = (row: readonly unknown[]): StoredEvent => {
  const [
    position,
    stream,
    version,
    id,
    type,
    commandId,
    requestDigest,
    recordedAt,
    data,
    metadata,
    digest,
    keyHash,
  ] = row as Row;
  return {
    position: BigInt(position),
    stream,
    version,
    id,
    type,
    commandId,
    requestDigest,
    recordedAt,
    data: bytes(data),
    metadata: bytes(metadata),
    keyHash,
    digest,
  };
};

/**
 * The epoch names this log: system identifier, timeline and database. The timeline is the one being written;
 * a replica, which cannot tell, answers the one of its last checkpoint.
 */
export const HEAD_STATEMENT: ArrayStatement = {
  name: 'log.head',
  text: `select h.position::text, concat_ws('-',
      (select system_identifier from pg_control_system()),
      case when pg_is_in_recovery() then (select timeline_id from pg_control_checkpoint())
        else ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer end,
      (select oid from pg_database where datname = current_database()))
    from log.head h where h.one`,
  rowMode: 'array',
};
