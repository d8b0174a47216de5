/** Questions that guards ask about sessions. */
import type { CalendarDate } from '@fascia/kernel';
import type { Lookup } from '@fascia/write-door';
import { SESSION_NOT_ENDED } from '../contract/session-transitions.js';
import type { SessionRow } from './session.js';

/** The day of the first session that took place: day 1 of the episode, even if it was only an evaluation. */
export const firstTreatmentOf = (referralId: string): Lookup<CalendarDate | undefined> => ({
  run: async (db) => {
    const [row] = await db.query<{ first: string | null }>(
      'select min(treated_on) as first from read.session where referral_id = $1',
      [referralId],
    );
    return row?.first ?? undefined;
  },
});

/** The sessions' part of how far care has come under a referral. */
export interface SessionCare {
  readonly inProgress: number;
  readonly performedUnsigned: number;
  /** Scheduled, checked in, in progress. */
  readonly notEnded: number;
  /** Ids of those that have not ended. */
  readonly upcoming: readonly string[];
}

export const sessionCareOf = (referralId: string): Lookup<SessionCare> => ({
  run: async (db) => {
    const rows = await db.query<Pick<SessionRow, 'id' | 'stage'>>(
      'select id, stage from read.session where referral_id = $1 order by start_at, id',
      [referralId],
    );
    const upcoming = rows.filter((row) => SESSION_NOT_ENDED.includes(row.stage)).map((row) => row.id);
    const count = (stage: SessionRow['stage']): number => rows.filter((row) => row.stage === stage).length;
    return {
      inProgress: count('InProgress'),
      performedUnsigned: count('Performed'),
      notEnded: upcoming.length,
      upcoming,
    };
  },
});
