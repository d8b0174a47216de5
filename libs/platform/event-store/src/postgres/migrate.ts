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

/**
 * Brings a schema to its newest shape, all pending changes in one transaction. Safe to call from several
 * processes at once: the migrator takes an advisory lock, later callers find nothing left to do.
 * @returns names of the migrations applied by this call.
 */
export const migrate = async (pool: Pool, options: MigrateOptions): Promise<readonly string[]> => {
  // Never destroyed: that would end the caller's pool.
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const changes = Object.entries(options.migrations).map(([name, change]) => [name, asMigration(change)] as const);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(changes) },
    migrationTableSchema: options.schema,
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(`schema ${options.schema} could not be migrated${failed === undefined ? '' : ` (${failed})`}`, { cause: error });
  }
  return results.map((result) => result.migrationName);
};
