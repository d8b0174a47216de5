/** Events of another log into the tables, with the times they were recorded at. */
import type { StoredEvent } from '@fascia/kernel';
import type { PoolClient } from 'pg';
import { LogsDiffer } from '../copy-log.js';

const LOCK_HEAD =
  'select h.position::text, (select e.id::text from log.event e where e.position = h.position) as last from log.head h where h.one for update';

const INSERT = `
insert into log.event (position, stream, version, id, type, key_hash, command_id, request_digest, recorded_at, data, metadata, digest)
select $1::bigint + n, stream, version, id, type, key_hash, command_id, request_digest, recorded_at, data, metadata, digest
from unnest($2::text[], $3::int[], $4::uuid[], $5::text[], $6::int[], $7::uuid[], $8::text[], $9::timestamptz[], $10::bytea[], $11::bytea[], $12::bytea[])
  with ordinality as e(stream, version, id, type, key_hash, command_id, request_digest, recorded_at, data, metadata, digest, n)`;

const MOVE_HEAD =
  'update log.head h set position = h.position + $1, recorded_at = greatest(h.recorded_at, $2::timestamptz) where h.one';

/** Inside the caller's transaction; nobody appends meanwhile. */
export const copyIntoLog = async (
  client: PoolClient,
  events: readonly StoredEvent[],
  after: string | undefined,
): Promise<void> => {
  const { rows } = await client.query<{ position: string; last: string | null }>(LOCK_HEAD);
  const [head] = rows;
  if ((head?.last ?? undefined) !== after) throw new LogsDiffer('somebody else writes to the target');
  await client.query(INSERT, [
    head?.position ?? '0',
    events.map(({ stream }) => stream),
    events.map(({ version }) => version),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ keyHash }) => keyHash),
    events.map(({ commandId }) => commandId),
    events.map(({ requestDigest }) => requestDigest),
    events.map(({ recordedAt }) => recordedAt),
    events.map(({ data }) => Buffer.from(data)),
    events.map(({ metadata }) => Buffer.from(metadata)),
    events.map(({ digest }) => Buffer.from(digest, 'hex')),
  ]);
  await client.query(MOVE_HEAD, [events.length, events.at(-1)?.recordedAt]);
};
