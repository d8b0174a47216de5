/** Questions that other contexts' guards ask about the directory. */
import type { Lookup } from '@fascia/write-door';
import type { ConsentRow } from './places.js';

/** Consents and restrictions of a patient that are in force on a day; a withdrawal stays in force. */
export const consentsOf = (patientId: string, today: string): Lookup<readonly ConsentRow[]> => ({
  about: patientId,
  run: (db) =>
    db.query<ConsentRow>(
      `select * from read.consent where patient_id = $1 and valid_from <= $2
       and (kind = 'withdrawn' or valid_to is null or valid_to >= $2)`,
      [patientId, today],
    ),
});
