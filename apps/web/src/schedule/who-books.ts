/** Who books visits, for whom: asked where the contracts are not loaded yet (who-books.spec.ts holds them together). */
import type { Role } from '@fascia/kernel/contract';
import type { Stage } from '@fascia/referral/contract';
import type { Answer } from '../api/questions.js';
import type { Me } from '../session/me.js';

/** Of those who sign in at a clinic. */
export const BOOKERS: readonly Role[] = ['scheduler', 'coordinator', 'therapist'];
/** Visits that have taken place. */
export const LATE_RECORDERS: readonly Role[] = ['coordinator', 'therapist'];

export const BOOKABLE: readonly Stage[] = ['Accepted', 'Booked', 'InTreatment'];

type Ordered = Pick<Answer<'listReferrals'>, 'state' | 'recipient'>;

type Acting = Pick<Me['actingAs'], 'role' | 'organizationId'>;

/** Whether the clinic of whoever acts treats the patient now. */
export const isUnderCareOf = ({ state, recipient }: Ordered, { organizationId }: Acting): boolean =>
  BOOKABLE.includes(state) && recipient?.organizationId === organizationId;

/** And whether they are among those who book there. */
export const isBookable = (referral: Ordered, acting: Acting): boolean =>
  BOOKERS.includes(acting.role) && isUnderCareOf(referral, acting);
