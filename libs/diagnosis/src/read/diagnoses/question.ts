/** Diagnoses of the patients one cares for, latest first. */
import { REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import {
  CARE_TEAM_RELATIONS,
  CARE_TEAM_SCOPE,
  ofPerson,
  partiesBy,
  unassignedAs,
  unassignedWord,
  type WithRelations,
} from '@fascia/directory';
import { offered } from '@fascia/kernel';
import {
  answer,
  asSent,
  integer,
  many,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
} from '@fascia/kernel/contract';
import { listQuestion, oneQuestion, tables, type Asking } from '@fascia/read-store';
import { DIAGNOSIS_COMMANDS } from '../../contract/commands.js';
import { DYSFUNCTIONS, ENDED, VERIFICATIONS } from '../../contract/events.js';
import { diagnosisLifecycle } from '../../contract/lifecycle.js';
import { diagnosisModel, type DiagnosisRow } from './model.js';

type Row = DiagnosisRow & WithRelations & { readonly unassigned: boolean };

const diagnosis = answer({
  id: uuid(),
  version: integer(),
  patientId: uuid(),
  verification: oneOfCodes([...VERIFICATIONS, 'refuted']),
  code: orNull(words('ICD-10-CM, with the dot.')),
  text: orNull(words()),
  snomed: orNull(words()),
  site: orNull(
    answer({
      region: asSent<string>(oneOfCodes(REGIONS)),
      side: orNull(asSent<string>(oneOfCodes(SIDES))),
    }),
  ),
  side: orNull(asSent<string>(oneOfCodes(SIDES))),
  tissues: many(asSent<string>(oneOfCodes(TISSUES))),
  dysfunction: oneOfCodes(DYSFUNCTIONS),
  onset: orNull(words('FHIR date.')),
  unrelatedReason: orNull(words('Why it stands beside one that its code excludes.')),
  clinicalStatus: oneOfCodes(['active', ...ENDED], 'FHIR clinicalStatus.'),
  resolvedOn: orNull(words('FHIR date, as precise as it is known.')),
  recordedAt: moment(),
  unassigned: unassignedWord(),
  allowedActions: many(oneOfCodes(offered(DIAGNOSIS_COMMANDS))),
});

const stageOf = ({ clinical_status: status, verification }: DiagnosisRow) =>
  status === 'active' ? verification : 'resolved';

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  patientId: row.patient_id,
  verification: row.verification,
  code: row.code,
  text: row.text,
  snomed: row.snomed,
  site: row.region === null ? null : { region: row.region, side: row.side },
  side: row.side,
  tissues: row.tissues,
  dysfunction: row.dysfunction,
  onset: row.onset,
  unrelatedReason: row.unrelated_reason,
  clinicalStatus: row.clinical_status,
  resolvedOn: row.resolved_on,
  recordedAt: row.recorded_at,
  unassigned: row.unassigned,
  allowedActions: desk.allowedActions(
    by,
    'diagnosis',
    partiesBy(row, by.organizationId),
    offered(DIAGNOSIS_COMMANDS, diagnosisLifecycle.moves(stageOf(row))),
  ),
});

const described = {
  tag: 'Diagnoses',
  resource: 'diagnosis',
  scope: CARE_TEAM_SCOPE,
  answer: diagnosis,
  from: tables<{ 'read.diagnosis': DiagnosisRow }>()
    .selectFrom('read.diagnosis as t')
    .selectAll('t')
    .select([CARE_TEAM_RELATIONS, unassignedAs('diagnosis')]),
  patientOf: (row: Row) => row.patient_id,
  show,
} as const;

export interface DiagnosesAsked {
  readonly patientId?: string;
}

export const listDiagnoses = listQuestion({
  ...described,
  name: 'listDiagnoses',
  at: 'diagnoses',
  summary: 'Diagnoses of the patients you care for, latest first',
  models: [diagnosisModel],
  values: (query: DiagnosesAsked) => query,
  where: { patientId: ofPerson },
  order: ['recorded_at', 'id'],
  direction: 'desc',
});

export const getDiagnosis = oneQuestion({
  ...described,
  name: 'getDiagnosis',
  at: 'diagnoses/:id',
  summary: 'A diagnosis',
});
