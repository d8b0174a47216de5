/** A server whose settings could lose acknowledged events is refused at start-up. */
import type { Pool } from 'pg';

/** The server does not keep what it acknowledges. */
export class UnsafeServer extends Error {
  override readonly name = 'UnsafeServer';
}

const SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** @throws UnsafeServer naming each setting that is off. */
export const assertSafeServer = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ name: string }>(
    'select name from unnest($1::text[]) as name where current_setting(name) = $2',
    [SETTINGS, 'off'],
  );
  if (rows.length === 0) return;
  const names = rows.map((row) => row.name).join(', ');
  throw new UnsafeServer(
    `PostgreSQL runs with ${names} off: acknowledged events could be lost. Switch on and start again.`,
  );
};
