/** Where what letters tell of stands in the log, and the organisations that they name. */
import type { OrganizationRow, TimelineRow } from '@fascia/directory';
import type { Rows, StreamName } from '@fascia/kernel';
import { compiled, parameter, tables } from '@fascia/read-store';
import type { ReferralRow } from '@fascia/referral';

interface Tables {
  readonly 'read.patient_timeline': TimelineRow;
  readonly 'read.referral': Pick<ReferralRow, 'id' | 'patient_id'>;
  readonly 'read.organization': OrganizationRow;
}

const db = tables<Tables>();

const newest = compiled(
  db
    .selectFrom('read.patient_timeline as t')
    .innerJoin('read.referral as r', 'r.patient_id', 't.patient_id')
    .select(['t.id', 't.category', 't.subject_id'])
    .where('r.id', '=', parameter<string>('id'))
    .orderBy('t.recorded_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(1),
);

export interface Newest {
  readonly eventId: string;
  readonly stream: StreamName;
}

/** The last that the tables know of the patient of a referral. They move together: while it is the same, so is all of the patient. */
export const newestOf = async (rows: Rows, referralId: string): Promise<Newest | undefined> => {
  const [row] = await newest.ask(rows, { id: referralId });
  return row && { eventId: row.id, stream: `${row.category}-${row.subject_id}` };
};

const organization = compiled(
  db.selectFrom('read.organization').select(['name', 'time_zone']).where('id', '=', parameter<string>('id')),
);

export const organizationOf = async (
  rows: Rows,
  id: string,
): Promise<{ readonly name: string; readonly timeZone: string } | undefined> => {
  const [row] = await organization.ask(rows, { id });
  return row && { name: row.name, timeZone: row.time_zone };
};
