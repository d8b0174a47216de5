/**
 * The tables that keep read models in step with the log. A slice is a projection's share of the log (the whole of it,
 * or one partition); all live models of a projection stand where its slices stand. A model that is new, of another
 * version, or asked for again is built as a new generation in schema `read_next` while the old one serves; when every
 * slice has caught up, one row switches and the new table takes the old one's place.
 */
import { MARK_SQL } from '@fascia/delivery';

const SLICES = `
create schema if not exists read;
create schema if not exists read_next;
create table read.slice (
  projection text not null,
  partition integer not null,
  partitions integer not null,${MARK_SQL},
  -- Raised by whatever changes a slice without moving it, so that another holder notices.
  stamp integer not null default 0,
  -- Generations that are true up to the position, as model/generation: code that does not know one leaves it behind.
  carries text[] not null default '{}',
  primary key (projection, partition)
);
create table read.model (
  name text primary key,
  version integer not null,
  -- Of the columns that the table was made with.
  fingerprint text not null,
  generation integer not null,
  since timestamptz not null default now()
);
create table read.building (
  model text not null,
  partition integer not null,
  version integer not null,
  fingerprint text not null,
  generation integer not null,
  position bigint not null,
  -- Moves together with the slice from here on.
  ready boolean not null default false,
  primary key (model, partition)
);
create table read.parked (
  model text not null,
  generation integer not null,
  stream text not null,
  partition integer not null,
  from_version integer not null,
  error text not null,
  since timestamptz not null default now(),
  retry boolean not null default false,
  -- Whose health data the stream is; null when nobody's.
  patient_id text,
  -- Whether its events are held back from from_version on. Otherwise some were passed over: rows are there, and incomplete.
  held boolean not null default true,
  -- Events were passed over: it is taken again from the beginning of the stream.
  whole boolean not null default false,
  primary key (model, generation, stream)
);
create index parked_patient on read.parked (patient_id);`;

/** For the composing process's migrator, in schema `read`. */
export const READ_MIGRATIONS = { '0001-slices': SLICES };
