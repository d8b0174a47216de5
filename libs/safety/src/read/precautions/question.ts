/** Precautions of the patients one cares for, latest first. */
import {
  CARE_TEAM_RELATIONS,
  CARE_TEAM_SCOPE,
  ofPerson,
  partiesBy,
  unassignedAs,
  unassignedWord,
  type PatientRow,
  type WithRelations,
} from '@fascia/directory';
import { offered } from '@fascia/kernel';
import {
  answer,
  date,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Asking } from '@fascia/read-store';
import { REGIONS, SIDES } from '@fascia/clinical';
import { CONTRAINDICATIONS, DETAILS } from '@fascia/clinical/contraindications';
import { PRECAUTION_COMMANDS } from '../../contract/precaution.commands.js';
import { CODE_SYSTEMS, ENDINGS, ORIGINS, PRECAUTION_SOURCES } from '../../contract/precaution.events.js';
import { PRECAUTION_STAGES, precautionLifecycle } from '../../contract/precaution.lifecycle.js';
import { precautionModel, type PrecautionRow } from './model.js';

interface Tables {
  readonly 'read.precaution': PrecautionRow;
  readonly 'read.patient': Pick<PatientRow, 'id' | 'name' | 'birth_date'>;
}

type Row = PrecautionRow &
  WithRelations & {
    readonly unassigned: boolean;
    readonly patient_name: string | null;
    readonly patient_birth_date: string | null;
  };

const t = conditionsOn<PrecautionRow>();

const site = answer({ region: oneOfCodes(REGIONS), side: maybe(oneOfCodes(SIDES)) });

const precaution = answer({
  id: uuid(),
  version: integer(),
  status: oneOfCodes(PRECAUTION_STAGES.filter((stage) => stage !== 'none')),
  patientId: uuid(),
  patient: answer({
    name: orNull(words('Null of a record that is not listed yet.')),
    birthDate: orNull(words('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.')),
  }),
  catalogueId: words('Row of the contraindication catalogue.'),
  words: orNull(words('Of the row; null where the catalogue has it no more.')),
  system: orNull(words('URI of the source system; null for one that a person recorded.')),
  from: orNull(oneOfCodes(ORIGINS)),
  code: orNull(answer({ system: oneOfCodes(CODE_SYSTEMS), code: words('As the source has it.') })),
  source: orNull(oneOfCodes(PRECAUTION_SOURCES)),
  note: orNull(words()),
  site: orNull(site),
  since: orNull(words('FHIR date.')),
  beganAt: orNull(moment('Where the hour is known.')),
  details: many(words(`Of: ${DETAILS.join(', ')}.`)),
  ended: yesOrNo('What it came from is over.'),
  endedOn: orNull(words('FHIR date, as precise as it is known.')),
  endedWhy: orNull(oneOfCodes(ENDINGS, 'How its source ended it: without it a person dismissed it.')),
  reason: orNull(words('Why it was dismissed, or holds no longer.')),
  evidence: orNull(words('What shows that it holds no longer.')),
  clearance: orNull(
    answer({
      rationale: words(),
      evidence: words(),
      from: date('First day.'),
      until: date('Last day.'),
      techniques: maybe(many(words())),
      sites: maybe(many(site)),
    }),
  ),
  proposedAt: moment('Proposed, or recorded.'),
  settledAt: orNull(moment()),
  unassigned: unassignedWord(),
  allowedActions: many(oneOfCodes(offered(PRECAUTION_COMMANDS))),
});

const wordsOf = (catalogueId: string): string | null =>
  CONTRAINDICATIONS.find(({ id }) => id === catalogueId)?.words ?? null;

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  status: row.status,
  patientId: row.patient_id,
  patient: { name: row.patient_name, birthDate: row.patient_birth_date },
  catalogueId: row.catalogue_id,
  words: wordsOf(row.catalogue_id),
  system: row.system,
  from: row.origin,
  code: row.code_system === null || row.code === null ? null : { system: row.code_system, code: row.code },
  source: row.source,
  note: row.note,
  site: row.site,
  since: row.since ?? row.source_since,
  beganAt: row.began_at,
  details: row.details,
  ended: row.ended,
  endedOn: row.ended_on,
  endedWhy: row.ended_why,
  reason: row.reason,
  evidence: row.evidence,
  clearance: row.clearance,
  proposedAt: row.proposed_at,
  settledAt: row.settled_at,
  unassigned: row.unassigned,
  allowedActions: desk.allowedActions(
    by,
    'precaution',
    partiesBy(row, by.organizationId),
    offered(PRECAUTION_COMMANDS, precautionLifecycle.moves(row.status)),
  ),
});

const described = {
  tag: 'Precautions',
  resource: 'precaution',
  scope: CARE_TEAM_SCOPE,
  answer: precaution,
  from: tables<Tables>()
    .selectFrom('read.precaution as t')
    .leftJoin('read.patient as p', 'p.id', 't.patient_id')
    .selectAll('t')
    .select([
      'p.name as patient_name',
      'p.birth_date as patient_birth_date',
      CARE_TEAM_RELATIONS,
      unassignedAs('precaution'),
    ]),
  patientOf: (row: Row) => row.patient_id,
  show,
} as const;

export interface PrecautionsAsked {
  readonly patientId?: string;
  readonly status?: PrecautionRow['status'];
}

export const listPrecautions = listQuestion({
  ...described,
  name: 'listPrecautions',
  at: 'precautions',
  summary: 'Precautions of the patients you care for, proposed and settled, latest first',
  models: [precautionModel],
  values: (query: PrecautionsAsked) => query,
  where: {
    patientId: ofPerson,
    status: (status) => t('t.status', '=', status),
  },
  order: ['proposed_at', 'id'],
  direction: 'desc',
});

export interface PrecautionsOfPatientAsked {
  /** The patient. */
  readonly id: string;
}

export const listPrecautionsOfPatient = listQuestion({
  ...described,
  name: 'listPrecautionsOfPatient',
  at: 'patients/:id/precautions',
  summary:
    'What care of a patient has to respect, on whichever of their records, with clearances, latest first',
  values: (query: PrecautionsOfPatientAsked) => query,
  where: { id: ofPerson },
  order: ['proposed_at', 'id'],
  direction: 'desc',
});

export const getPrecaution = oneQuestion({
  ...described,
  name: 'getPrecaution',
  at: 'precautions/:id',
  summary: 'A precaution',
});
