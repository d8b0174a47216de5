/** Questions that guards ask about sessions. */
import type { Instant } from '@fascia/kernel';
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import { SESSION_NOT_ENDED } from '../contract/lifecycle.js';
import type { SessionRow } from './sessions/model.js';

interface Tables {
  readonly 'read.session': SessionRow;
}

const ofReferral = tables<Tables>()
  .selectFrom('read.session')
  .where('referral_id', '=', parameter<string>('referralId'));

const referralOf = compiled(
  tables<Tables>().selectFrom('read.session').select('referral_id').where('id', '=', parameter<string>('id')),
);

/** Under which referral a session was booked. */
export const referralOfSession = (id: string): Lookup<string | undefined> => ({
  run: async (rows) => (await referralOf.ask(rows, { id }))[0]?.referral_id,
});

const taken = compiled(
  tables<Tables>()
    .selectFrom('read.session')
    .select('id')
    .where('patient_id', '=', parameter<string>('patientId'))
    .where('stage', 'in', [...SESSION_NOT_ENDED])
    .where('start_at', '<', parameter<string>('to'))
    .where('end_at', '>', parameter<string>('from'))
    .limit(1),
);

/** Visits of a record, still to come or under way, in `[from, to)`: one is enough. */
export const visitsWithin = (
  patientId: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Lookup<readonly Pick<SessionRow, 'id'>[]> => ({
  about: patientId,
  run: (db) => taken.ask(db, { patientId, from, to }),
});

const ofTherapist = compiled(
  tables<Tables>()
    .selectFrom('read.session')
    .select(['id', 'start_at', 'end_at', 'minutes'])
    .where('therapist_id', '=', parameter<string>('therapistId'))
    .where('stage', 'in', ['Performed', 'Signed'])
    .where('start_at', '<', parameter<string>('to'))
    .where('end_at', '>', parameter<string>('from')),
);

/** Visits of a therapist that took place, at least in part, in `[from, to)`. */
export const treatedWithin = (
  therapistId: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Lookup<readonly Pick<SessionRow, 'id' | 'start_at' | 'end_at' | 'minutes'>[]> => ({
  run: (db) => ofTherapist.ask(db, { therapistId, from, to }),
});

const counted = compiled(
  ofReferral
    .where('stage', 'not in', ['Cancelled', 'NoShow', 'Voided'])
    .where('id', '!=', parameter<string>('but'))
    .select(({ fn }) => fn.countAll<string>().as('visits')),
);

/** Under a referral: still to come, under way, or having taken place. @param but a visit that does not count */
export const visitsUnder = (referralId: string, but: string): Lookup<number> => ({
  run: async (db) => Number((await counted.ask(db, { referralId, but }))[0]?.visits ?? 0),
});

const firstTreatment = compiled(ofReferral.select(({ fn }) => fn.min('treated_at').as('first')));

/** When the first session began that took place: day 1 of the episode, even if it was only an evaluation. */
export const firstTreatmentOf = (referralId: string): Lookup<Instant | undefined> => ({
  run: async (db) => {
    const [row] = await firstTreatment.ask(db, { referralId });
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

const course = compiled(
  ofReferral
    .where('organization_id', '=', parameter<string>('organizationId'))
    .select(['id', 'stage'])
    .orderBy('start_at')
    .orderBy('id'),
);

/** At one clinic: what another, that had the order before, enters late holds up nobody. */
export const sessionCareOf = (referralId: string, organizationId: string): Lookup<SessionCare> => ({
  run: async (db) => {
    const rows = await course.ask(db, { referralId, organizationId });
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
