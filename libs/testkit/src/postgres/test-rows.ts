/** A database of a spec's own, with its tables, asked as the product asks. */
import type { Rows } from '@fascia/kernel';
import { Pool } from 'pg';
import { testDatabase } from './shared-postgres.js';

export interface TestRows {
  readonly pool: Pool;
  readonly rows: Rows;
  readonly connectionString: string;
  close(): Promise<void>;
}

/** @param sql what makes the tables */
export const testRows = async (...sql: readonly string[]): Promise<TestRows> => {
  const database = await testDatabase();
  const pool = new Pool({ connectionString: database.connectionString });
  pool.on('error', () => undefined);
  for (const one of sql) await pool.query(one);
  return {
    pool,
    connectionString: database.connectionString,
    rows: {
      query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
        (await pool.query<T>(text, [...values])).rows,
    },
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
