import type { Parties } from '@fascia/kernel';
import type { Lookup } from '@fascia/write-door';

/**
 * Who is what to a patient: the organisations that hold the record (`home`), and those that referrals make
 * `referrer`, `recipient` or `pool`. A port: the rows behind it are the referrals', which know the directory.
 */
export type CareTeam = (patientId: string) => Lookup<Parties>;
