/**
 * A key for every person, made at first use and wrapped by the installation's master key. Deleting the
 * row erases the person from every copy of the log; the master key never enters the database.
 */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Rows } from '@fascia/kernel';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { SubjectKey } from './sealer.js';
import type { MasterKeys } from './master-keys.js';

export interface SubjectKeys {
  /** Makes the key durably when there is none. */
  keyFor(subject: string): Promise<SubjectKey>;
  /** Nothing for a subject whose key was erased or never made. */
  find(subject: string): Promise<SubjectKey | undefined>;
}

/** Run once by the composing process's migrator. */
export const SUBJECT_KEY_SQL = `
create schema if not exists sealing;
create table if not exists sealing.subject_key (
  subject text primary key,
  master_key_id text not null,
  wrapped bytea not null,
  made_at timestamptz not null default now()
);`;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const wrap = (master: KeyObject, subject: string, key: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(subject, 'utf8'));
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
};

const unwrap = (master: KeyObject, subject: string, wrapped: Buffer): Buffer =>
  ((decipher) =>
    Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]))(
    createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(subject, 'utf8'))
      .setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)),
  );

interface KeyRow {
  readonly subject: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/** How many opened keys are remembered. */
const REMEMBERED = 20_000;

export const postgresSubjectKeys = (rows: Rows, masters: MasterKeys): SubjectKeys => {
  const opened = new LRUCache<string, SubjectKey>({ max: REMEMBERED });

  // Who asks in the same moment shares one query: the events of a page are opened all at once. Rows are not remembered
  // here: that there is no key yet is true for that moment only.
  const keyRows = new DataLoader<string, KeyRow | undefined>(
    async (subjects) => {
      const found = await rows.query<KeyRow>(
        'select subject, master_key_id, wrapped from sealing.subject_key where subject = any($1)',
        [[...new Set(subjects)]],
      );
      const bySubject = new Map(found.map((row) => [row.subject, row]));
      return subjects.map((subject) => bySubject.get(subject));
    },
    { cache: false },
  );

  const remember = (subject: string, key: SubjectKey): SubjectKey => {
    opened.set(subject, key);
    return key;
  };

  const find = async (subject: string): Promise<SubjectKey | undefined> => {
    const known = opened.get(subject);
    if (known !== undefined) return known;
    const row = await keyRows.load(subject);
    return row === undefined
      ? undefined
      : remember(subject, unwrap(masters.byId(row.master_key_id), subject, row.wrapped));
  };

  return {
    find,
    keyFor: async (subject) => {
      const known = await find(subject);
      if (known !== undefined) return known;
      const fresh = randomBytes(32);
      // Two first uses at once: the first row wins, and the other reads it back below.
      const made = await rows.query<{ subject: string }>(
        `insert into sealing.subject_key (subject, master_key_id, wrapped) values ($1, $2, $3)
         on conflict (subject) do nothing returning subject`,
        [subject, masters.current.id, wrap(masters.current.key, subject, fresh)],
      );
      if (made.length > 0) return remember(subject, fresh);
      const theirs = await find(subject);
      if (theirs === undefined) throw new Error('a subject key vanished as it was made');
      return theirs;
    },
  };
};

/** For tests and tools: keys that live as long as the process. */
export const memorySubjectKeys = (): SubjectKeys & { erase(subject: string): void } => {
  const keys = new Map<string, SubjectKey>();
  return {
    find: (subject) => Promise.resolve(keys.get(subject)),
    keyFor: (subject) => {
      const key = keys.get(subject) ?? randomBytes(32);
      keys.set(subject, key);
      return Promise.resolve(key);
    },
    erase: (subject) => {
      keys.delete(subject);
    },
  };
};
