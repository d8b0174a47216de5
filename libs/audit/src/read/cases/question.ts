/** Cases that an auditor can replay: by the patient, by whoever had part in them, by when they were under way; latest change first. */
import {
  fitsPatient,
  PATIENT_SOUGHT,
  soughtAs,
  type PatientRow,
  type PatientSought,
} from '@fascia/directory';
import {
  answer,
  body,
  id,
  instant,
  many,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { PRIORITIES, STAGES, type ReferralRow } from '@fascia/referral';
import { conditionsOn, listQuestion, tables } from '@fascia/read-store';
import { sql } from 'kysely';

interface Tables {
  readonly 'read.referral': ReferralRow;
  readonly 'read.patient': PatientRow;
  readonly 'read.organization': { readonly id: string; readonly name: string };
}

interface Row extends ReferralRow {
  readonly patient_name: string | null;
  readonly patient_birth_date: string | null;
  readonly referrer_name: string | null;
  readonly recipient_name: string | null;
}

const t = conditionsOn<ReferralRow>();

const party = answer({ organizationId: uuid(), name: orNull(words()) });

const auditedCase = answer({
  id: uuid('Of the referral.'),
  state: oneOfCodes(STAGES),
  open: yesOrNo(),
  enteredStateAt: moment(),
  sentAt: orNull(moment('When it was sent first.')),
  patient: answer({ id: uuid(), name: orNull(words()), birthDate: orNull(words('FHIR date.')) }),
  referrer: party,
  recipient: orNull(party),
  priority: orNull(oneOfCodes(PRIORITIES)),
  diagnosisCodes: many(words('ICD-10-CM.')),
});

export interface CasesAsked extends PatientSought {
  readonly practitionerId?: string;
  readonly from?: string;
  readonly to?: string;
}

const SEARCH = body({
  ...PATIENT_SOUGHT,
  practitionerId: id('Who referred, treats, or has a task of it.').optional(),
  from: instant('Under way then or later.').optional(),
  to: instant('Begun before.').optional(),
});

const sentAt = sql<string | null>`${t.ref('t.loop')} -> 'sent' ->> 'at'`;

/** Whoever referred, gave a visit of it, or took a task of it. */
const hasPart = (practitioner: unknown) =>
  sql<boolean>`(${t.ref('t.referrer_practitioner_id')} = ${practitioner}
    or exists (select from read.session v where v.referral_id = ${t.ref('t.id')} and v.therapist_id = ${practitioner})
    or exists (select from read.task k where k.referral_id = ${t.ref('t.id')} and k.practitioner_id = ${practitioner}))`;

export const listCases = listQuestion({
  name: 'listCases',
  at: 'audit/cases',
  tag: 'Audit',
  summary: 'Cases that can be replayed: of a patient, of whoever had part in them, of a period',
  resource: 'referral',
  deed: 'Audit',
  scope: {},
  answer: auditedCase,
  search: SEARCH,
  from: tables<Tables>()
    .selectFrom('read.referral as t')
    .leftJoin('read.patient as p', 'p.id', 't.patient_id')
    .leftJoin('read.organization as fo', 'fo.id', 't.referrer_organization_id')
    .leftJoin('read.organization as ro', 'ro.id', 't.recipient_organization_id')
    .selectAll('t')
    .select([
      'p.name as patient_name',
      'p.birth_date as patient_birth_date',
      'fo.name as referrer_name',
      'ro.name as recipient_name',
    ]),
  values: ({ practitionerId, from, to, ...sought }: CasesAsked) => ({
    ...soughtAs(sought),
    practitionerId,
    from,
    to,
  }),
  where: {
    ...fitsPatient('p'),
    practitionerId: hasPart,
    from: (from) => sql`(${t.ref('t.open')} or ${t.ref('t.entered_stage_at')} >= ${from})`,
    to: (to) => sql`coalesce(${sentAt}, ${t.ref('t.entered_stage_at')}) < ${to}`,
  },
  order: ['entered_stage_at', 'id'],
  direction: 'desc',
  patientOf: (row: Row) => row.patient_id,
  show: (row: Row) => ({
    id: row.id,
    state: row.stage,
    open: row.open,
    enteredStateAt: row.entered_stage_at,
    sentAt: row.loop.sent?.at ?? null,
    patient: { id: row.patient_id, name: row.patient_name, birthDate: row.patient_birth_date },
    referrer: { organizationId: row.referrer_organization_id, name: row.referrer_name },
    recipient:
      row.recipient_organization_id === null
        ? null
        : { organizationId: row.recipient_organization_id, name: row.recipient_name },
    priority: row.priority,
    diagnosisCodes: row.diagnosis_codes,
  }),
});
