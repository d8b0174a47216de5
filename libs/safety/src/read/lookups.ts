/** Questions that other contexts' guards ask about red flags. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { FlagRow } from './flags/model.js';

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
