/** Questions that guards ask about diagnoses. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { DiagnosisRow } from './diagnoses/model.js';

const standing = compiled(
  tables<{ 'read.diagnosis': DiagnosisRow }>()
    .selectFrom('read.diagnosis')
    .selectAll()
    .where('patient_id', '=', parameter<string>('patientId'))
    .where('verification', '<>', 'refuted')
    .where('clinical_status', '=', 'active')
    .orderBy('recorded_at'),
);

/** Diagnoses that stand: neither refuted nor resolved. */
export const standingDiagnosesOf = (patientId: string): Lookup<readonly DiagnosisRow[]> => ({
  about: patientId,
  run: (rows) => standing.ask(rows, { patientId }),
});
