/** Questions that other contexts' guards ask about the directory. */
import { compiled, parameter, tables } from '@fascia/read-store';
import type { Lookup } from '@fascia/write-door';
import type { ConsentRow } from './consent.js';

const today = parameter<string>('today');

const inForce = compiled(
  tables<{ 'read.consent': ConsentRow }>()
    .selectFrom('read.consent')
    .selectAll()
    .where('patient_id', '=', parameter<string>('patientId'))
    .where('valid_from', '<=', today)
    .where((of) =>
      of.or([of('kind', '=', 'withdrawn'), of('valid_to', 'is', null), of('valid_to', '>=', today)]),
    ),
);

/** Consents and restrictions of a patient that are in force on a day; a withdrawal stays in force. */
export const consentsOf = (patientId: string, day: string): Lookup<readonly ConsentRow[]> => ({
  about: patientId,
  run: (rows) => inForce.ask(rows, { patientId, today: day }),
});
