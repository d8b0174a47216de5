/**
 * The log's tables and the one function that writes them.
 *
 * Why a head row: every append locks it, so positions are given and committed in one order, gapless, and
 * whoever reads `position > n order by position` never meets a later event before an earlier one. A
 * sequence gives numbers in one order and commits in another.
 */
import type { Migrations } from './migrate.js';

const TABLES = `
create table log.event (
  position bigint not null,
  stream text collate "C" not null,
  version integer not null,
  id uuid not null,
  type text collate "C" not null,
  key_hash integer not null,
  command_id uuid not null,
  request_digest text collate "C" not null,
  recorded_at timestamptz(3) not null,
  data bytea not null,
  metadata bytea not null,
  digest bytea not null,
  constraint event_pkey primary key (position),
  constraint event_stream_version unique (stream, version),
  constraint event_id unique (id)
);
-- Command ids are all but unique, so the stream need not widen this index.
create index event_command on log.event (command_id);

create table log.head (
  one boolean primary key default true check (one),
  position bigint not null,
  recorded_at timestamptz(3) not null
) with (fillfactor = 10);
insert into log.head (position, recorded_at) values (0, 'epoch');
`;

/**
 * One call judges and stores one batch: at most one command per stream and per command id (the caller's duty).
 * - The lock and the reading are two statements on purpose: under READ COMMITTED the second one sees what
 *   was committed while the first one waited.
 * - The planner settings keep index lookups even when the plan was made while the table was still empty.
 * - An event id that exists is left to the unique constraint: rare, and the caller then sends one by one.
 * - A stream without events holds no earlier command, so only existing streams are searched for one.
 * - \`first\` counts a command's events before its own in the flat event arrays; \`last\` is its last position.
 */
const APPEND = `
create function log.append(
  streams text[], expected integer[], commands uuid[], requests text[], sizes integer[],
  ids uuid[], types text[], key_hashes integer[], datas bytea[], metadatas bytea[], digests bytea[]
) returns table (verdict text, version integer, "position" bigint)
language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan
as $body$
#variable_conflict use_column
declare
  head_position bigint;
  instant timestamptz(3);
begin
  select h.position, greatest(date_trunc('milliseconds', clock_timestamp()), h.recorded_at)
    into strict head_position, instant from log.head h where h.one for update;
  return query
  with command as (
    select c.*, stored.version as stored_version, stored.position as stored_position, coalesce(latest.version, 0) as actual,
      case
        when stored.version is not null and stored.request_digest = c.request then 'already'
        when stored.version is not null then 'idReused'
        when coalesce(latest.version, 0) <> c.expected then 'conflict'
        else 'appended'
      end as verdict
    from (
      select u.*, (sum(u.size) over (order by u.n rows unbounded preceding) - u.size)::integer as first
      from unnest(streams, expected, commands, requests, sizes) with ordinality as u(stream, expected, command_id, request, size, n)
    ) c
    left join lateral (
      select e.version from log.event e where e.stream = c.stream order by e.version desc limit 1
    ) latest on true
    left join lateral (
      select e.version, e.position, e.request_digest from log.event e
      where latest.version is not null and e.command_id = c.command_id and e.stream = c.stream
      order by e.version desc limit 1
    ) stored on true
  ), judged as materialized (
    select c.*, (head_position
      + sum(case c.verdict when 'appended' then c.size else 0 end) over (order by c.n rows unbounded preceding))::bigint as last
    from command c
  ), inserted as (
    insert into log.event (position, stream, version, id, type, key_hash, command_id, request_digest, recorded_at, data, metadata, digest)
    select j.last - j.size + k, j.stream, j.expected + k, ids[j.first + k], types[j.first + k], key_hashes[j.first + k], j.command_id, j.request,
      instant, datas[j.first + k], metadatas[j.first + k], digests[j.first + k]
    from judged j cross join lateral generate_series(1, j.size) k
    where j.verdict = 'appended'
  ), moved as (
    update log.head h set position = (select max(j.last) from judged j), recorded_at = instant
    where h.one and (select max(j.last) from judged j) > head_position
  )
  select j.verdict,
    case j.verdict when 'appended' then j.expected + j.size when 'already' then j.stored_version when 'conflict' then j.actual end,
    case j.verdict when 'appended' then j.last when 'already' then j.stored_position end
  from judged j order by j.n;
end
$body$;
`;

export const LOG_SCHEMA = 'log';

export const logMigrations: Migrations = { '001-log': `${TABLES}\n${APPEND}` };
