/**
 * The bytes of documents, beside the log: each sealed under the key of the person whom it is about, and bound to its id and digest. With
 * a person's key go their documents.
 */
import { createHash } from 'node:crypto';
import type { Rows } from '@fascia/kernel';
import { openState, SealBroken, sealState, SubjectErased, type SubjectKeys } from '@fascia/sealing';

/** Which document, whose, and what its event says of it. */
export interface Filed {
  readonly id: string;
  readonly patientId: string;
  /** Hex. */
  readonly sha256: string;
}

/** The bytes are not here, or are not those that were filed: a restored database, a damaged disk. */
export class ContentMissing extends Error {
  override readonly name = 'ContentMissing';
}

export interface DocumentContents {
  /** Durable when it resolves; the same again changes nothing. @throws SubjectErased */
  put(filed: Filed, bytes: Uint8Array): Promise<void>;
  /** @throws SubjectErased, ContentMissing */
  get(filed: Filed): Promise<Buffer>;
}

/** Run once by the composing process's migrator, after that of the people's keys: with a key goes what it sealed. */
export const DOCUMENT_SQL = `
create schema if not exists document;
create table if not exists document.content (
  id uuid primary key,
  -- Under whose key it is sealed, and under which.
  subject text not null,
  key_id text not null,
  sealed bytea not null,
  stored_at timestamptz not null default now()
);
-- What is sealed does not pack.
alter table document.content alter column sealed set storage external;
create index if not exists content_subject on document.content (subject);
create or replace function document.goes_with_key() returns trigger language plpgsql as $$
begin
  delete from document.content where subject = new.subject;
  return null;
end $$;
create or replace trigger document_goes_with_key after insert or update on sealing.subject_key
  for each row when (new.wrapped is null) execute function document.goes_with_key();`;

/** Who was erased is not written about again; who is being erased is waited for, and whoever erases waits for this. */
const PUT = `
insert into document.content (id, subject, key_id, sealed)
select $1, $2, $3, $4
from sealing.subject_key k where k.subject = $2 and k.key_id = $3 and k.wrapped is not null for share
on conflict (id) do nothing`;

const IS_THERE = 'select 1 from document.content where id = $1 and subject = $2';

const GET = 'select key_id as "keyId", sealed from document.content where id = $1 and subject = $2';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const subjectOf = ({ patientId }: Filed): string => `patient-${patientId}`;
const placeOf = ({ id, sha256 }: Filed): string => JSON.stringify(['document', id, sha256]);

const opened = (key: Parameters<typeof openState>[0], filed: Filed, sealed: Buffer): Buffer => {
  try {
    return openState(key, placeOf(filed), sealed);
  } catch (error) {
    if (error instanceof SealBroken) throw new ContentMissing('the bytes of a document do not open');
    throw error;
  }
};

export const postgresContents = (rows: Rows, keys: SubjectKeys): DocumentContents => ({
  put: async (filed, bytes) => {
    const key = await keys.keyFor(subjectOf(filed));
    const sealed = sealState(key, placeOf(filed), Buffer.from(bytes));
    const at = [filed.id, subjectOf(filed)];
    await rows.query(PUT, [...at, key.id, sealed]);
    // The key went while it was sealed: nothing is kept that nobody could open, and that is not called kept.
    if ((await rows.query(IS_THERE, at)).length === 0) throw new SubjectErased(filed.patientId);
  },
  get: async (filed) => {
    const [row] = await rows.query<{ readonly keyId: string; readonly sealed: Buffer }>(GET, [
      filed.id,
      subjectOf(filed),
    ]);
    const key = await keys.find(subjectOf(filed), row?.keyId);
    if (key === 'erased') throw new SubjectErased(filed.patientId);
    if (row === undefined || key === undefined)
      throw new ContentMissing('the bytes of a document are not here');
    return opened(key, filed, row.sealed);
  },
});
