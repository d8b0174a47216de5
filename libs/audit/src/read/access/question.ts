/** Who saw what of a patient. The answer is for whoever is asked for it by a regulation, not for who is something to the patient: its policy is not that of reading. */
import { ROLES } from '@fascia/kernel';
import { answer, moment, oneOfCodes, orNull, uuid, words, type AnswerOf } from '@fascia/kernel/contract';
import {
  compiled,
  conditionsOn,
  parameter,
  partOf,
  tables,
  type PageAsked,
  type PartOf,
  type ReadDesk,
} from '@fascia/read-store';
import { sql } from 'kysely';
import { READ_PURPOSES } from '../../contract/events.js';
import type { AccessRecordRow } from './model.js';

export const accessRecord = answer({
  at: moment(),
  who: answer({ sub: words(), role: oneOfCodes(ROLES), organizationId: orNull(uuid()) }),
  patientId: uuid(),
  what: words('What kind of thing was read.'),
  purpose: oneOfCodes(READ_PURPOSES),
  basis: words('The policy that allowed it.'),
});

type AccessRecord = AnswerOf<typeof accessRecord>;

const t = conditionsOn<AccessRecordRow>();

const ofPatient = tables<{ readonly 'read.access_record': AccessRecordRow }>()
  .selectFrom('read.access_record as t')
  .selectAll('t')
  .where(t('t.patient_id', '=', parameter<string>('patientId')))
  .orderBy('t.at', 'desc')
  .orderBy('t.id', 'desc')
  .limit(parameter<number>('limit'));

const firstPage = compiled(ofPatient);
const nextPage = compiled(
  ofPatient.where(sql<boolean>`(t.at, t.id) < (${parameter('at')}, ${parameter('id')})`),
);

export const accessRecordsOf = async (
  { rows }: Pick<ReadDesk, 'rows'>,
  patientId: string,
  { limit, after }: PageAsked,
): Promise<PartOf<AccessRecord>> => {
  const asked = { patientId, limit: limit + 1 };
  const found = await (after === undefined
    ? firstPage.ask(rows, asked)
    : nextPage.ask(rows, { ...asked, at: after[0], id: after[1] }));
  const { items, last } = partOf(found, limit, (row) => [row.at, row.id]);
  return {
    items: items.map((row) => ({
      at: row.at,
      who: { sub: row.sub, role: row.role, organizationId: row.organization_id },
      patientId: row.patient_id,
      what: row.resource,
      purpose: row.purpose,
      basis: row.basis,
    })),
    last,
  };
};
