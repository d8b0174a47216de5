/** What an error from PostgreSQL says about whether the statement took effect. */
import { StoreUnavailable } from '@fascia/kernel';
import { DatabaseError } from 'pg';

/** Classes of SQLSTATE after which the server is going or gone: 08 connection, 57P shutdown, 58 system, XX internal. */
const LOST = /^(?:08|57P|58|XX)/;

/** Data exceptions and constraint violations: one command's fault. */
const BAD_COMMAND = /^2[23]/;

/** The command was refused in full, and nothing of it can be stored. */
const REFUSED_FOR_NOW = /^(?:25006|40|53|55|57014)/;

const sqlstate = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

/** Anything that is not a plain answer of the server leaves the outcome unknown. */
export const isConnectionLost = (error: unknown): boolean => {
  const code = sqlstate(error);
  return code === undefined || LOST.test(code);
};

export const isBadCommand = (error: unknown): boolean => BAD_COMMAND.test(sqlstate(error) ?? '');

export const isTransient = (error: unknown): boolean => REFUSED_FOR_NOW.test(sqlstate(error) ?? '');

/** For who asks PostgreSQL beside the log: what may pass is told as such, so that nobody is answered "broken". */
export const unavailableOr = (error: unknown): unknown =>
  isConnectionLost(error) || isTransient(error)
    ? new StoreUnavailable('PostgreSQL cannot be reached', { cause: error })
    : error;

export const violates = (error: unknown, constraint: string): boolean =>
  error instanceof DatabaseError && error.code === '23505' && error.constraint === constraint;
