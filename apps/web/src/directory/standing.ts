/** How somebody stands on a day: whether they can sign in, and whether they have a licence to sign with. */
import type { Role } from '@fascia/kernel/contract';
import type { Answer } from '../api/questions.js';

export type Person = Answer<'getPractitioner'>;

type Period = Pick<Person['licences'][number], 'from' | 'to'>;

/** Whose signature asks for a licence. */
const SIGNERS: readonly Role[] = ['physician', 'therapist'];

type Validity = 'valid' | 'over' | 'ahead';

/** @param day `2026-04-06` */
export const validityOn = ({ from, to }: Period, day: string): Validity => {
  if (day < from) return 'ahead';
  return day > to ? 'over' : 'valid';
};

interface Licensed {
  readonly roles: readonly { readonly role: Role }[];
  readonly licences: readonly Period[];
}

/** They sign in one of their roles, and have no licence for it. One is enough. */
export const lacksLicence = ({ roles, licences }: Licensed, day: string): boolean =>
  roles.some(({ role }) => SIGNERS.includes(role)) &&
  !licences.some((licence) => validityOn(licence, day) === 'valid');

export const signInOf = ({
  suspended,
  hasAccount,
}: Pick<Person, 'suspended' | 'hasAccount'>): 'may' | 'suspended' | 'noAccount' => {
  if (!hasAccount) return 'noAccount';
  return suspended ? 'suspended' : 'may';
};
