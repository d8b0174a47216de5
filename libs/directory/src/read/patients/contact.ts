/** How patients are reached, for those who have to reach them: what it takes to call somebody, and no more. */
import { answer, many, maybe, oneOfCodes, orNull, words, yesOrNo } from '@fascia/kernel/contract';
import { sql, type Expression } from 'kysely';
import { WAYS_OF_CONTACT } from '../../contract/events.js';
import type { CareRelation } from '../care-team/model.js';
import type { WithRelations } from '../care-team/scope.js';
import type { PatientRow } from './model.js';
import { isOneOfSeveral, recordsOf } from './person.js';

export const contact = answer({
  telecom: many(answer({ system: words(), value: words(), use: maybe(words()) })),
  language: orNull(words('BCP 47.')),
  interpreter: yesOrNo(),
  preferred: orNull(oneOfCodes(WAYS_OF_CONTACT)),
  forbidden: many(oneOfCodes(WAYS_OF_CONTACT)),
  note: orNull(words()),
});

/** Members of a pool decide whether to take somebody, and call nobody. */
const CALLING: readonly CareRelation[] = ['home', 'referrer', 'recipient'];

export const mayCall = ({ relations }: WithRelations): boolean =>
  relations.some((one) => CALLING.some((calling) => calling === one));

export interface WithContact extends Pick<
  PatientRow,
  'telecom' | 'language' | 'interpreter' | 'contact_preferences'
> {
  /** What was asked for under any record of the person. */
  readonly asked: readonly NonNullable<PatientRow['contact_preferences']>[];
}

/** @param patientId the column of a record's id */
export const askedUnder = (patientId: Expression<string>) =>
  sql<
    WithContact['asked']
  >`coalesce((select jsonb_agg(p.contact_preferences order by p.id) from ${sql.table('read.patient')} as p
  where p.contact_preferences is not null and (p.id = ${patientId}
    or (${isOneOfSeveral(patientId)} and p.id = any(${recordsOf(patientId)})))), '[]')`.as('asked');

/** Whoever asked not to be called under one record does not mean it of that record alone. */
export const contactOf = ({
  telecom,
  language,
  interpreter,
  contact_preferences: own,
  asked: all,
}: WithContact) => {
  const forbidden = WAYS_OF_CONTACT.filter((way) => all.some((one) => one.forbidden.includes(way)));
  const preferred = [own, ...all].map((one) => one?.preferred).find((way) => way !== undefined);
  const notes = all.flatMap(({ note }) => note ?? []);
  return {
    telecom,
    language,
    interpreter,
    preferred: preferred === undefined || forbidden.includes(preferred) ? null : preferred,
    forbidden,
    note: notes.length === 0 ? null : notes.join('\n'),
  };
};

/** The number to call; none where they asked not to be called. */
export const phoneOf = (row: WithContact): string | null => {
  const { telecom, forbidden } = contactOf(row);
  if (forbidden.includes('phone')) return null;
  return telecom.find(({ system }) => system === 'phone')?.value ?? null;
};
