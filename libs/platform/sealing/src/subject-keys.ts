/**
 * A key for every person, and one for the network, made at first use and wrapped by the installation's master key. A person is
 * erased, from every copy of the log, by taking the key out of the row; the row stays, so that nobody makes another. The master
 * key never enters the database.
 */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Rows } from '@fascia/kernel';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { SealBroken, type SubjectKey } from './sealer.js';
import type { MasterKeys } from './master-keys.js';

/** The subject whose key is for what belongs to no person. */
export const NETWORK = 'network';

export interface SubjectKeys {
  /** Makes the key durably when there is none. @throws SubjectErased */
  keyFor(subject: string): Promise<SubjectKey>;
  /**
   * @param keyId the one that something is sealed under; absent: the one that is used now
   * @returns nothing where it was never made, or is not there
   */
  find(subject: string, keyId?: string): Promise<SubjectKey | 'erased' | undefined>;
}

export interface ErasableKeys extends SubjectKeys {
  /** For good: nobody makes another key for this subject. Other processes go on with theirs for {@link ERASED_WITHIN_MS}. */
  erase(subject: string): Promise<void>;
}

/** Nothing more is written about a person who was erased. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
}

/** Run once by the composing process's migrator. */
export const SUBJECT_KEY_SQL = `
create schema if not exists sealing;
create table if not exists sealing.subject_key (
  subject text not null,
  key_id text not null,
  master_key_id text not null,
  -- Absent once the subject was erased.
  wrapped bytea,
  made_at timestamptz not null default now(),
  erased_at timestamptz,
  -- One that was lost and put back beside the one made since opens what was sealed under it.
  is_current boolean not null default true,
  primary key (subject, key_id),
  check ((wrapped is null) = (erased_at is not null))
);
create unique index if not exists subject_key_current on sealing.subject_key (subject) where is_current;`;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 8;

export const wrap = (master: KeyObject, subject: string, secret: Buffer): Buffer => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(subject, 'utf8'));
  const body = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
};

/** @throws SealBroken when it was wrapped under another key, or for another subject, or is damaged */
export const unwrap = (master: KeyObject, subject: string, wrapped: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(subject, 'utf8'))
      .setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    throw new SealBroken(`the key of ${subject} does not open`);
  }
};

export const freshKey = (): SubjectKey => ({
  id: randomBytes(KEY_ID_BYTES).toString('base64url'),
  secret: randomBytes(32),
});

interface KeyRow {
  readonly subject: string;
  readonly key_id: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer | null;
  readonly is_current: boolean;
}

/**
 * Who asks in the same moment shares one query: the events of a page are opened all at once. Rows are not remembered here: that
 * there is no key yet is true for that moment only.
 */
const askingTogether = (rows: Rows): DataLoader<string, readonly KeyRow[]> =>
  new DataLoader(
    async (subjects) => {
      const found = await rows.query<KeyRow>(
        'select subject, key_id, master_key_id, wrapped, is_current from sealing.subject_key where subject = any($1)',
        [[...new Set(subjects)]],
      );
      const bySubject = Map.groupBy(found, (row) => row.subject);
      return subjects.map((subject) => bySubject.get(subject) ?? []);
    },
    { cache: false },
  );

/** How many opened keys are remembered. */
const REMEMBERED = 20_000;
/** How long a key is used after it was taken away elsewhere: opened keys are asked for again after it. */
export const ERASED_WITHIN_MS = 60_000;

export const postgresSubjectKeys = (
  rows: Rows,
  masters: Pick<MasterKeys, 'current' | 'byId'>,
  rememberMs = ERASED_WITHIN_MS,
): ErasableKeys => {
  const opened = new LRUCache<string, SubjectKey>({ max: REMEMBERED, ttl: rememberMs });

  const keyRows = askingTogether(rows);
  const nameOf = (subject: string, keyId = ''): string => `${subject} ${keyId}`;

  const remember = (subject: string, key: SubjectKey): SubjectKey => {
    opened.set(nameOf(subject), key);
    opened.set(nameOf(subject, key.id), key);
    return key;
  };

  const find = async (subject: string, keyId?: string): Promise<SubjectKey | 'erased' | undefined> => {
    const known = opened.get(nameOf(subject, keyId));
    if (known !== undefined) return known;
    const found = await keyRows.load(subject);
    if (found.some(({ wrapped }) => wrapped === null)) return 'erased';
    const row = found.find((one) => (keyId === undefined ? one.is_current : one.key_id === keyId));
    if (row?.wrapped === undefined || row.wrapped === null) return undefined;
    const secret = unwrap(masters.byId(row.master_key_id), subject, row.wrapped);
    const key = { id: row.key_id, secret };
    if (row.is_current) return remember(subject, key);
    opened.set(nameOf(subject, key.id), key);
    return key;
  };

  return {
    find,
    keyFor: async (subject) => {
      const known = await find(subject);
      if (known === 'erased') throw new SubjectErased('what is known of this person was erased');
      if (known !== undefined) return known;
      const fresh = freshKey();
      const { id, key } = masters.current;
      // Two first uses at once: the first row wins, and the other reads it back below.
      const made = await rows.query<{ subject: string }>(
        `insert into sealing.subject_key (subject, key_id, master_key_id, wrapped) values ($1, $2, $3, $4)
         on conflict (subject) where is_current do nothing returning subject`,
        [subject, fresh.id, id, wrap(key, subject, fresh.secret)],
      );
      if (made.length > 0) return remember(subject, fresh);
      const theirs = await find(subject);
      if (theirs === 'erased') throw new SubjectErased('what is known of this person was erased');
      if (theirs === undefined) throw new Error('a subject key vanished as it was made');
      return theirs;
    },
    erase: async (subject) => {
      await rows.query(
        `with gone as (
           update sealing.subject_key set wrapped = null, erased_at = coalesce(erased_at, now()) where subject = $1 returning 1
         )
         insert into sealing.subject_key (subject, key_id, master_key_id, wrapped, erased_at)
         select $1, '', '', null, now() where not exists (select 1 from gone) on conflict do nothing`,
        [subject],
      );
      for (const name of opened.keys()) if (name.startsWith(nameOf(subject))) opened.delete(name);
    },
  };
};

/** For tests and tools: keys that live as long as the process. */
export const memorySubjectKeys = (): ErasableKeys => {
  const keys = new Map<string, SubjectKey | 'erased'>();
  return {
    find: (subject) => Promise.resolve(keys.get(subject)),
    keyFor: async (subject) => {
      const key = keys.get(subject) ?? freshKey();
      if (key === 'erased') throw new SubjectErased('what is known of this person was erased');
      keys.set(subject, key);
      return key;
    },
    erase: async (subject) => {
      keys.set(subject, 'erased');
    },
  };
};
