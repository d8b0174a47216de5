/** Moves a log from one store to another: the same events, byte for byte, in the same order, at the times they were recorded. */
import { createHash } from 'node:crypto';
import { digestOf, type EventStore, type Position, type StoredEvent } from '@fascia/kernel';

/** A store that takes events of another log as they are. */
export interface LogTarget extends EventStore {
  /**
   * In order, all or none where the store can, only behind the event named: nobody else may write meanwhile.
   * Ids, times and bytes stay; positions are this log's own.
   * @param after id of the last event stored so far; undefined for an empty log
   * @throws LogsDiffer when that is not the last event
   */
  copyIn(events: readonly StoredEvent[], after: string | undefined): Promise<void>;
}

/** The target holds something that the source does not, or other bytes: it is not a copy of it, or not any more. */
export class LogsDiffer extends Error {
  override readonly name = 'LogsDiffer';
}

export interface CopyProgress {
  readonly copied: number;
  readonly position: Position;
}

export interface Copied {
  /** Events that this run copied. */
  readonly copied: number;
  readonly events: number;
  /** SHA-256 over every event of the source up to its end, and of the target. */
  readonly from: string;
  readonly to: string;
  readonly same: boolean;
}

const PAGE = 500;

/** The last event, however the store numbers positions. */
const lastOf = async (store: EventStore): Promise<StoredEvent | undefined> => {
  const { position } = await store.head();
  return position === 0n ? undefined : store.readAt(position);
};

/** Where a copy that was broken off goes on. */
const resumeAt = async (from: EventStore, last: StoredEvent | undefined): Promise<Position> => {
  if (last === undefined) return 0n;
  const [there] = await from.readStream(last.stream, last.version, 1);
  if (there?.id !== last.id || there.digest !== last.digest)
    throw new LogsDiffer(`the target's last event, in ${last.stream}, is not in the source`);
  return there.position;
};

/** Everything about an event but its position; its digest as stored and as its bytes have it. */
const lineOf = ({
  stream,
  version,
  id,
  type,
  commandId,
  requestDigest,
  recordedAt,
  keyHash,
  digest,
  data,
  metadata,
}: StoredEvent): string =>
  `${JSON.stringify([stream, version, id, type, commandId, requestDigest, recordedAt, keyHash, digest, digestOf(data, metadata).toString('hex')])}\n`;

const digestOfLog = async (store: EventStore, events: number): Promise<string> => {
  const hash = createHash('sha256');
  let left = events;
  for (let at = 0n; left > 0;) {
    const page = await store.readAll(at, Math.min(PAGE, left));
    const last = page.at(-1);
    if (last === undefined) break;
    for (const event of page) hash.update(lineOf(event));
    left -= page.length;
    at = last.position;
  }
  return `${hash.digest('hex')}${left === 0 ? '' : ` (${String(left)} events short)`}`;
};

/** Safe to run again after it was broken off: it goes on where the target ends. */
export const copyLog = async (
  from: EventStore,
  to: LogTarget,
  told: (progress: CopyProgress) => void,
): Promise<Copied> => {
  let last = await lastOf(to);
  let at = await resumeAt(from, last);
  let copied = 0;
  for (;;) {
    const page = await from.readAll(at, PAGE);
    const end = page.at(-1);
    if (end === undefined) break;
    await to.copyIn(page, last?.id);
    last = end;
    at = end.position;
    copied += page.length;
    told({ copied, position: at });
  }
  const events = await countOf(from);
  const [source, target] = [await digestOfLog(from, events), await digestOfLog(to, events)];
  return {
    copied,
    events,
    from: source,
    to: target,
    same: source === target && (await lastOf(to))?.id === last?.id,
  };
};

const countOf = async (store: EventStore): Promise<number> => {
  let count = 0;
  for (let at = 0n; ;) {
    const page = await store.readAll(at, PAGE);
    const end = page.at(-1);
    if (end === undefined) return count;
    count += page.length;
    at = end.position;
  }
};
