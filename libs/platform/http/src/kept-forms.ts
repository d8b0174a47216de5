/**
 * What somebody has typed and not sent, beside the log: one form of one person in one role, so that it is there again after a closed
 * tab, on another machine, after a restart. Sealed under the network's key and bound to whose it is; its row names nobody. It goes
 * when what it says is sent, and by itself once it is old.
 */
import type { Rows } from '@fascia/kernel';
import { errorName } from '@fascia/retry';
import { NETWORK, openState, SealBroken, sealState, type SubjectKeys } from '@fascia/sealing';

/** Whose form it is: the same person in another role has other forms, since another role is shown other things. */
export interface FormOwner {
  readonly sub: string;
  /** As the header Fascia-Role says it. */
  readonly role: string;
}

export interface KeptForm {
  readonly typed: unknown;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
}

export interface KeptForms {
  /** @returns nothing where there is none, or none that opens */
  find(owner: FormOwner, form: string): Promise<KeptForm | undefined>;
  /** Durable when it resolves. @returns when it was kept */
  keep(owner: FormOwner, form: string, typed: unknown): Promise<string>;
  drop(owner: FormOwner, form: string): Promise<void>;
}

/** Run once by the composing process's migrator. */
export const FORM_SQL = `
create schema if not exists form;
create table if not exists form.kept (
  -- Whose, and which of theirs: names under the network's key.
  owner bytea not null,
  form bytea not null,
  key_id text not null,
  sealed bytea not null,
  saved_at timestamptz not null default now(),
  primary key (owner, form)
);
-- What is sealed does not pack.
alter table form.kept alter column sealed set storage external;
create index if not exists kept_saved on form.kept (saved_at);`;

const FIND = `
select key_id as "keyId", sealed, saved_at as "savedAt" from form.kept
where owner = $1 and form = $2 and saved_at > now() - make_interval(days => $3)`;

const KEEP = `
insert into form.kept (owner, form, key_id, sealed) values ($1, $2, $3, $4)
on conflict (owner, form) do update set key_id = excluded.key_id, sealed = excluded.sealed, saved_at = now()
returning saved_at as "savedAt"`;

const DROP = 'delete from form.kept where owner = $1 and form = $2';

const DROP_OLD = `
delete from form.kept where saved_at <= now() - make_interval(days => $2)
or (owner = $1 and form in (select form from form.kept where owner = $1 order by saved_at desc offset $3))`;

/** DEF: of one person in one role; the oldest make room. */
const MOST = 200;

interface KeptFormsParts {
  readonly rows: Rows;
  readonly keys: SubjectKeys;
  /** A name that says nothing to whoever does not hold the keys. */
  readonly nameOf: (...parts: readonly string[]) => Promise<Buffer>;
  /** After which a form that nobody sent is gone. */
  readonly days: number;
  /** Codes and names only. */
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

const placeOf = ({ sub, role }: FormOwner, form: string): string =>
  JSON.stringify(['kept-form', sub, role, form]);

export const postgresKeptForms = ({ rows, keys, nameOf, days, log }: KeptFormsParts): KeptForms => {
  const names = ({ sub, role }: FormOwner, form: string): Promise<Buffer[]> =>
    Promise.all([nameOf('form-owner', sub, role), nameOf('form', sub, role, form)]);

  return {
    find: async (owner, form) => {
      const [row] = await rows.query<{ keyId: string; sealed: Buffer; savedAt: Date }>(FIND, [
        ...(await names(owner, form)),
        days,
      ]);
      const key = row && (await keys.find(NETWORK, row.keyId));
      if (row === undefined || key === undefined || key === 'erased') return undefined;
      try {
        const typed: unknown = JSON.parse(openState(key, placeOf(owner, form), row.sealed).toString('utf8'));
        return { typed, savedAt: row.savedAt.toISOString() };
      } catch (error) {
        // Nothing depends on it: whoever finds nothing types it again.
        if (!(error instanceof SealBroken)) throw error;
        log('a form that was kept does not open', { error: errorName(error) });
        return undefined;
      }
    },
    keep: async (owner, form, typed) => {
      const key = await keys.keyFor(NETWORK);
      const sealed = sealState(key, placeOf(owner, form), Buffer.from(JSON.stringify(typed), 'utf8'));
      const [whose, which] = await names(owner, form);
      const [kept] = await rows.query<{ savedAt: Date }>(KEEP, [whose, which, key.id, sealed]);
      await rows.query(DROP_OLD, [whose, days, MOST]);
      return (kept?.savedAt ?? new Date()).toISOString();
    },
    drop: async (owner, form) => {
      await rows.query(DROP, await names(owner, form));
    },
  };
};
