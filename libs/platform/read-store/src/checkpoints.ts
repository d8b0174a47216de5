/** Where each read model stands, moved by compare-and-set in the transaction that writes its rows. */
import type { Pool, PoolClient } from 'pg';
import type { Position, StoredEvent } from '@fascia/kernel';
import { tableSql, type ReadModel } from './read-model.js';

export const READ_SQL = `
create schema if not exists read;
create table if not exists read.checkpoint (
  model text primary key,
  version integer not null,
  position bigint not null,
  epoch text not null,
  digest text not null
);
create table if not exists read.parked (
  model text not null,
  stream text not null,
  from_version integer not null,
  error text not null,
  since timestamptz not null default now(),
  primary key (model, stream)
);`;

export interface Checkpoint {
  readonly position: Position;
  readonly epoch: string;
  /** Digest of the event at the position; empty before the first. */
  readonly digest: string;
}

/** Another process moved the checkpoint: this one must start again from what it finds. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

type Row = { model: string; version: number; position: string; epoch: string; digest: string };

export const loadCheckpoint = async (db: Pool | PoolClient, model: ReadModel): Promise<(Checkpoint & { version: number }) | undefined> => {
  const found = await db.query<Row>('select * from read.checkpoint where model = $1', [model.name]);
  const row = found.rows[0];
  return row && { version: row.version, position: BigInt(row.position), epoch: row.epoch, digest: row.digest };
};

export const moveCheckpoint = async (
  client: PoolClient,
  moves: readonly { readonly model: string; readonly from: Position }[],
  to: Checkpoint,
): Promise<void> => {
  const moved = await client.query(
    `update read.checkpoint c set position = $3, epoch = $4, digest = $5
     from unnest($1::text[], $2::bigint[]) as m(model, at) where c.model = m.model and c.position = m.at`,
    [moves.map(({ model }) => model), moves.map(({ from }) => from.toString()), to.position.toString(), to.epoch, to.digest],
  );
  if (moved.rowCount !== moves.length) throw new CheckpointMoved('a read model was moved by another process');
};

/** Makes or empties a model's table and sets it to the beginning of the log. */
export const resetModel = async (client: PoolClient, model: ReadModel, epoch: string): Promise<void> => {
  await client.query(`drop table if exists read.${model.name}`);
  await client.query(tableSql('read', model));
  await client.query('delete from read.parked where model = $1', [model.name]);
  await client.query(
    `insert into read.checkpoint (model, version, position, epoch, digest) values ($1, $2, 0, $3, '')
     on conflict (model) do update set version = excluded.version, position = 0, epoch = excluded.epoch, digest = ''`,
    [model.name, model.version, epoch],
  );
};

/** Whether a checkpoint still belongs to this log: same log, and the event there is the one it saw. */
export const belongsTo = (checkpoint: Checkpoint, epoch: string, eventThere: StoredEvent | undefined): boolean =>
  checkpoint.epoch === epoch && (checkpoint.position === 0n || eventThere?.digest === checkpoint.digest);
