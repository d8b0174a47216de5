/**
 * Who looked: of a patient, by a person, in a period. The answer is for whoever is asked for it by a regulation, not for who is something
 * to the patient: its policy is not that of reading. Asking is a read like any other and leaves a record of its own.
 */
import { PURPOSES_OF_USE, ROLES } from '@fascia/kernel';
import {
  answer,
  body,
  code,
  id,
  instant,
  line,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, sortKey, tables } from '@fascia/read-store';
import { ACCESS_OUTCOMES, accessRecordModel, type AccessOutcome, type AccessRecordRow } from './model.js';

const accessRecord = answer({
  id: words('Of the record, for each patient that it is about.'),
  at: moment(),
  who: answer({
    sub: words(),
    name: orNull(words('As the register has it now; null of whom it does not have.')),
    role: oneOfCodes(ROLES),
    organizationId: orNull(uuid()),
    practitionerId: orNull(uuid()),
    onBehalfOf: orNull(uuid()),
  }),
  patientId: orNull(uuid()),
  patientName: orNull(words('As it is now.')),
  outcome: oneOfCodes(ACCESS_OUTCOMES),
  route: orNull(words('Method and address, with `:id` in place of what it names.')),
  objectId: orNull(uuid()),
  purpose: oneOfCodes(PURPOSES_OF_USE),
  what: orNull(words('What kind of thing was read.')),
  basis: orNull(words('The policy that allowed it.')),
  code: orNull(words('What it was refused with.')),
  letter: orNull(
    answer({
      sha256: words('Of its bytes, hex.'),
      template: words(),
      position: words('Of the last event that it tells of.'),
    }),
  ),
});

export interface AccessAsked {
  readonly patientId?: string;
  readonly practitionerId?: string;
  readonly organizationId?: string;
  readonly sub?: string;
  readonly from?: string;
  readonly to?: string;
  readonly outcome?: AccessOutcome;
}

const SEARCH = body({
  patientId: id().optional(),
  practitionerId: id('Who looked.').optional(),
  organizationId: id('Of whoever looked.').optional(),
  sub: line(300, 'Subject of the token of whoever looked.').optional(),
  from: instant('Then or later.').optional(),
  to: instant('Before.').optional(),
  outcome: code(ACCESS_OUTCOMES).optional(),
});

interface Tables {
  readonly 'read.access_record': AccessRecordRow;
  readonly 'read.practitioner': { readonly account: string; readonly name: string };
  readonly 'read.patient': { readonly id: string; readonly name: string };
}

interface Row extends AccessRecordRow {
  readonly name: string | null;
  readonly patient_name: string | null;
}

const t = conditionsOn<AccessRecordRow>();

export const listAccess = listQuestion({
  name: 'listAccess',
  at: 'audit/access',
  tag: 'Audit',
  summary: 'Who looked, and who was told no: of a patient, by a person, in a period; latest first',
  resource: 'patient',
  deed: 'Audit',
  scope: {},
  models: [accessRecordModel],
  answer: accessRecord,
  search: SEARCH,
  from: tables<Tables>()
    .selectFrom('read.access_record as t')
    .leftJoin('read.practitioner as w', 'w.account', 't.sub')
    .leftJoin('read.patient as p', 'p.id', 't.patient_id')
    .selectAll('t')
    .select(['w.name as name', 'p.name as patient_name']),
  values: (query: AccessAsked) => ({
    ...query,
    subKey: query.sub === undefined ? undefined : sortKey(query.sub),
  }),
  where: {
    patientId: (patientId) => t('t.patient_id', '=', patientId),
    practitionerId: (practitionerId) => t('t.practitioner_id', '=', practitionerId),
    organizationId: (organizationId) => t('t.organization_id', '=', organizationId),
    sub: (sub) => t('t.sub', '=', sub),
    subKey: (key) => t('t.sub_key', '=', key),
    from: (from) => t('t.at', '>=', from),
    to: (to) => t('t.at', '<', to),
    outcome: (outcome) => t('t.outcome', '=', outcome),
  },
  order: ['at', 'id'],
  direction: 'desc',
  patientOf: (row: Row) => row.patient_id,
  show: (row: Row) => ({
    id: row.id,
    at: row.at,
    who: {
      sub: row.sub,
      name: row.name,
      role: row.role,
      organizationId: row.organization_id,
      practitionerId: row.practitioner_id,
      onBehalfOf: row.on_behalf_of,
    },
    patientId: row.patient_id,
    patientName: row.patient_name,
    outcome: row.outcome,
    route: row.route,
    objectId: row.object_id,
    purpose: row.purpose,
    what: row.resource,
    basis: row.basis,
    code: row.code,
    letter: row.letter,
  }),
});
