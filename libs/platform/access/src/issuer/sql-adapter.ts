/** Where the development issuer keeps sessions, grants and refresh tokens, so that people stay signed in. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** The little that is needed of a database client. */
export interface IssuerSql {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** For the caller's migrations; safe to run again. */
export const ISSUER_TABLE_SQL = `
create table if not exists issuer_records (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  uid text,
  user_code text,
  expires_at timestamptz,
  primary key (model, id)
);
create index if not exists issuer_records_grant on issuer_records (grant_id) where grant_id is not null;
create index if not exists issuer_records_uid on issuer_records (model, uid) where uid is not null;
create index if not exists issuer_records_expiry on issuer_records (expires_at);
`;

const ALIVE = '(expires_at is null or expires_at > now())';
const SWEEP_EVERY = 200;

class SqlAdapter implements Adapter {
  #writes = 0;

  constructor(
    private readonly model: string,
    private readonly sql: IssuerSql,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.sql.query(
      `insert into issuer_records (model, id, payload, grant_id, uid, user_code, expires_at)
       values ($1, $2, $3::jsonb, $4, $5, $6, now() + make_interval(secs => $7))
       on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id, uid = excluded.uid,
         user_code = excluded.user_code, expires_at = excluded.expires_at`,
      [
        this.model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.uid ?? null,
        payload.userCode ?? null,
        expiresIn ?? null,
      ],
    );
    this.#writes += 1;
    if (this.#writes % SWEEP_EVERY === 0)
      await this.sql.query('delete from issuer_records where expires_at < now()');
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.#one('id = $2', id);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#one('uid = $2', uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#one('user_code = $2', userCode);
  }

  async consume(id: string): Promise<void> {
    await this.sql.query(
      `update issuer_records set payload = jsonb_set(payload, '{consumed}', to_jsonb(floor(extract(epoch from now())))) where model = $1 and id = $2`,
      [this.model, id],
    );
  }

  async destroy(id: string): Promise<void> {
    await this.sql.query('delete from issuer_records where model = $1 and id = $2', [this.model, id]);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    // Of its own kind: a sign-in that is on its way names the grant before it, and goes on.
    await this.sql.query('delete from issuer_records where model = $1 and grant_id = $2', [
      this.model,
      grantId,
    ]);
  }

  async #one(where: string, value: string): Promise<AdapterPayload | undefined> {
    const { rows } = await this.sql.query(
      `select payload from issuer_records where model = $1 and ${where} and ${ALIVE}`,
      [this.model, value],
    );
    return (rows[0] as { payload: AdapterPayload } | undefined)?.payload;
  }
}

export const sqlAdapter =
  (sql: IssuerSql): AdapterFactory =>
  (model) =>
    new SqlAdapter(model, sql);
