/** What is wrong with a log, or with the server that it is on: named to those who load no client of it. */

/** The user of the connection string is not known to the server, or may not do this. */
export class EventStoreDbAccessDenied extends Error {
  override readonly name = 'EventStoreDbAccessDenied';
}

/** What is needed to be an event store of ours is missing: in the server, or in the connection string. */
export class UnsuitableEventStoreDb extends Error {
  override readonly name = 'UnsuitableEventStoreDb';
}

/** Events are missing from a stream, or were not written by Fascia: a damaged log is not read past. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
}

/** No event of ours stands there: a position of another log, of one that was put back, or beyond the head. */
export class NoSuchPosition extends Error {
  override readonly name = 'NoSuchPosition';

  constructor(position: bigint) {
    super(`no event of the log stands at ${String(position)}`);
  }
}
