/** What an error from PostgreSQL says about whether the statement took effect. */
import { StoreUnavailable } from '@fascia/kernel';
import { awayBecause } from '@fascia/retry';
import { DatabaseError } from 'pg';

/** Data exceptions and constraint violations: one command's fault. */
const BAD_COMMAND = /^2[23]/;

const sqlstate = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined;

/** Anything that is not a plain answer of the server leaves the outcome unknown. */
export const isConnectionLost = (error: unknown): boolean =>
  sqlstate(error) === undefined || awayBecause(error) === 'lost';

export const isBadCommand = (error: unknown): boolean => BAD_COMMAND.test(sqlstate(error) ?? '');

/** The command was refused in full, and nothing of it can be stored. */
export const isTransient = (error: unknown): boolean => awayBecause(error) === 'refused';

/** For who asks PostgreSQL beside the log: what may pass is told as such, so that nobody is answered "broken". */
export const unavailableOr = (error: unknown): unknown =>
  isConnectionLost(error) || isTransient(error)
    ? new StoreUnavailable('PostgreSQL cannot be reached', { cause: error })
    : error;

export const violates = (error: unknown, constraint: string): boolean =>
  error instanceof DatabaseError && error.code === '23505' && error.constraint === constraint;
