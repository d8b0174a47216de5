/** Schema changes through Kysely's migrator; every room keeps its own schema with its own migration table. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import type { Pool } from 'pg';

/** By name, applied in the order of names: SQL text (several statements are fine) or a Kysely migration. */
export type Migrations = Readonly<Record<string, string | Migration>>;

export interface MigrateOptions {
  /** Created when missing; also holds the tables `migration` and `migration_lock`. */
  readonly schema: string;
  readonly migrations: Migrations;
}

const asMigration = (change: string | Migration): Migration =>
  typeof change === 'string' ? { up: async (db) => void (await sql.raw(change).execute(db)) } : change;

/** What a newer release has done already: an older one that starts again beside it leaves it as it is. */
const ofNewerReleases = async (
  pool: Pool,
  { schema, migrations }: MigrateOptions,
): Promise<readonly string[]> => {
  const table = `${schema}.migration`;
  const { rows } = await pool.query<{ there: string | null }>('select to_regclass($1)::text as there', [
    table,
  ]);
  if (rows[0]?.there === null) return [];
  const done = await pool.query<{ name: string }>(`select name from ${table}`);
  return done.rows.map(({ name }) => name).filter((name) => !Object.hasOwn(migrations, name));
};

const nothing: Migration = { up: async () => undefined };

/**
 * Brings a schema to its newest shape, all pending changes in one transaction. Safe to call from several
 * processes at once: the migrator takes an advisory lock, later callers find nothing left to do.
 * @returns names of the migrations applied by this call.
 */
export const migrate = async (pool: Pool, options: MigrateOptions): Promise<readonly string[]> => {
  // Never destroyed: that would end the caller's pool.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const changes = [
    ...Object.entries(options.migrations).map(([name, change]) => [name, asMigration(change)] as const),
    ...(await ofNewerReleases(pool, options)).map((name) => [name, nothing] as const),
  ];
  // All on one connection: the migrator asks a dozen times for one, and each may be a new one that can fail.
  const { error, results = [] } = await db.connection().execute((connection) =>
    new Migrator({
      db: connection,
      provider: { getMigrations: async () => Object.fromEntries(changes) },
      migrationTableSchema: options.schema,
      migrationTableName: 'migration',
      migrationLockTableName: 'migration_lock',
    }).migrateToLatest(),
  );
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(
      `schema ${options.schema} could not be migrated${failed === undefined ? '' : ` (${failed})`}`,
      { cause: error },
    );
  }
  return results.map((result) => result.migrationName);
};
