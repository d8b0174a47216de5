/** The format's number in a database: written before anything else is. */
import type { Pool } from 'pg';
import { FORMAT, OtherFormat } from '../format.js';
import { migrate } from './migrate.js';

const FORMAT_SQL = `create table fascia.format (number integer not null); insert into fascia.format values (${String(FORMAT)});`;

/** Schemas that were there before formats were told. */
const FOUND = `select to_regclass('fascia.format') is not null as told,
  to_regnamespace('log') is not null or to_regnamespace('sealing') is not null as used`;

/** @throws OtherFormat; a database that is empty gets this format's number */
export const assertFormat = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ told: boolean; used: boolean }>(FOUND);
  const [{ told, used } = { told: false, used: false }] = rows;
  const numbers = told
    ? (await pool.query<{ number: number }>('select number from fascia.format')).rows
    : used
      ? [{ number: 1 }]
      : [];
  const other = numbers.find(({ number }) => number !== FORMAT);
  if (other !== undefined)
    throw new OtherFormat(
      other.number,
      'Move the folder of FASCIA_DATA_DIR aside, or name another database in DATABASE_URL, and start again.',
    );
  await migrate(pool, { schema: 'fascia', migrations: { '0001-format': FORMAT_SQL } });
};
