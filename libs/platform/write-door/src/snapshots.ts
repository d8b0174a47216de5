/**
 * States of long streams, kept beside the log so that a process that remembers nothing need not read them whole. Each is sealed under
 * the key of the person whose texts are in it (the network's where nobody's are), and is of one event, of one log, and of the code that
 * folded it. One that does not fit is passed over: it can always be thrown away.
 */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Rows, StreamName } from '@fascia/kernel';
import { NETWORK, openState, sealState, type SubjectKeys } from '@fascia/sealing';
import type { Folding, Known } from './folding.js';

/** Nothing of it is ever waited for in vain: what cannot be found or kept now is told, and done without. */
export interface Snapshots {
  find<S>(stream: StreamName, folding: Folding<S>): Promise<Known<S> | undefined>;
  put<S>(stream: StreamName, folding: Folding<S>, known: Known<S>): Promise<void>;
}

/** Run once by the composing process's migrator, after that of the people's keys: with a key goes what it sealed. */
export const SNAPSHOT_SQL = `
create schema if not exists snapshot;
create table if not exists snapshot.state (
  stream text not null,
  fold text not null,
  -- Of the last event that is in it, bookkeeping included.
  version integer not null,
  -- Of that event, hex.
  event_digest text not null,
  -- Of the code that folded it, hex.
  fold_digest text not null,
  -- Under whose key it is sealed, and under which.
  subject text not null,
  key_id text not null,
  sealed bytea not null,
  taken_at timestamptz not null default now(),
  primary key (stream, fold)
);
create index if not exists state_subject on snapshot.state (subject);
create or replace function snapshot.goes_with_key() returns trigger language plpgsql as $$
begin
  delete from snapshot.state where subject = new.subject;
  return null;
end $$;
create or replace trigger snapshot_goes_with_key after insert or update on sealing.subject_key
  for each row when (new.wrapped is null) execute function snapshot.goes_with_key();`;

const FIND = `
select version, event_digest as "eventDigest", subject, key_id as "keyId", sealed
from snapshot.state where stream = $1 and fold = $2 and fold_digest = $3`;

/** Who was erased is not written about again; who is being erased is waited for, and whoever erases waits for this. */
const PUT = `
insert into snapshot.state (stream, fold, fold_digest, version, event_digest, subject, key_id, sealed)
select $1, $2, $3, $4, $5, $6, $7, $8
from sealing.subject_key k where k.subject = $6 and k.key_id = $7 and k.wrapped is not null for share
on conflict (stream, fold) do update set fold_digest = excluded.fold_digest, version = excluded.version,
  event_digest = excluded.event_digest, subject = excluded.subject, key_id = excluded.key_id,
  sealed = excluded.sealed, taken_at = now()`;

type Coded = Pick<Folding<never>, 'name' | 'code'>;

interface SnapshotRow {
  readonly version: number;
  readonly eventDigest: string;
  readonly subject: string;
  readonly keyId: string;
  readonly sealed: Buffer;
}

interface SnapshotParts {
  readonly rows: Rows;
  readonly keys: SubjectKeys;
  /** Of everything that a fold may call. */
  readonly codeDigest: string;
  /** Codes and names only. */
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

/** Whose texts are in it: everybody's whose keys opened them, else the patient's whom it is about. */
const subjectsOf = ({ seals, patientId }: Known<unknown>): ReadonlySet<string> =>
  seals.size > 0
    ? new Set([...seals.keys()].map((seal) => seal.split(' ')[0] ?? ''))
    : new Set([patientId === undefined ? NETWORK : `patient-${patientId}`]);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

export const postgresSnapshots = ({ rows, keys, codeDigest, log }: SnapshotParts): Snapshots => {
  const digests = new WeakMap<Coded, string>();
  const digestOf = (folding: Coded): string => {
    const known =
      digests.get(folding) ??
      createHash('sha256')
        .update(JSON.stringify([codeDigest, folding.name, folding.code]))
        .digest('hex');
    digests.set(folding, known);
    return known;
  };
  const placeOf = (stream: StreamName, folding: Coded, version: number, digest: string): string =>
    JSON.stringify([stream, folding.name, version, digest, digestOf(folding)]);

  const opened = async <S>(stream: StreamName, folding: Folding<S>): Promise<Known<S> | undefined> => {
    const [row] = await rows.query<SnapshotRow>(FIND, [stream, folding.name, digestOf(folding)]);
    const key = row && (await keys.find(row.subject, row.keyId));
    if (row === undefined || key === undefined || key === 'erased') return undefined;
    const bytes = openState(key, placeOf(stream, folding, row.version, row.eventDigest), row.sealed);
    // What is authentic under the digest of this code was serialized by it.
    const known = deserialize(bytes) as Known<never>;
    return { ...known, taken: known.end, state: folding.unpack?.(known.state) ?? known.state };
  };

  const put = async <S>(stream: StreamName, folding: Folding<S>, known: Known<S>): Promise<void> => {
    const [subject, ...others] = subjectsOf(known);
    const { last, end, state, seals } = known;
    const allThere = [...seals.values()].every((standing) => standing === 'there');
    // Of several people none alone may keep it, and what is erased is not written down as if it had to stay.
    if (subject === undefined || others.length > 0 || last === undefined || !allThere) return;
    const key = await keys.keyFor(subject);
    const bytes = serialize({ ...known, state: folding.pack?.(state) ?? state });
    const sealed = sealState(key, placeOf(stream, folding, end, last.digest), bytes);
    const at = [stream, folding.name, digestOf(folding), end, last.digest];
    await rows.query(PUT, [...at, subject, key.id, sealed]);
  };

  return {
    find: (stream, folding) =>
      opened(stream, folding).catch((error: unknown) => {
        log('a snapshot cannot be used', { stream, error: nameOf(error) });
        return undefined;
      }),
    put: (stream, folding, known) =>
      put(stream, folding, known).catch((error: unknown) => {
        log('a snapshot was not taken', { stream, error: nameOf(error) });
      }),
  };
};
