/** Questions that guards ask about red flags and precautions. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { FlagRow } from './flags/model.js';
import type { PrecautionRow } from './precautions/model.js';

const ofPatient = compiled(
  tables<{ 'read.flag': FlagRow }>()
    .selectFrom('read.flag')
    .selectAll()
    .where('patient_id', '=', parameter<string>('patientId'))
    .orderBy('raised_at'),
);

/** Every flag of a patient, settled ones too. */
export const flagsOf = (patientId: string): Lookup<readonly FlagRow[]> => ({
  about: patientId,
  run: (rows) => ofPatient.ask(rows, { patientId }),
});

const precautions = compiled(
  tables<{ 'read.precaution': PrecautionRow }>()
    .selectFrom('read.precaution')
    .selectAll()
    .where('patient_id', '=', parameter<string>('patientId'))
    .orderBy('proposed_at'),
);

/** Every precaution of a patient, settled ones too. */
export const precautionsOf = (patientId: string): Lookup<readonly PrecautionRow[]> => ({
  about: patientId,
  run: (rows) => precautions.ask(rows, { patientId }),
});
