/** Where one may go, by role. The first is where the day begins. */
import type { Role } from '@fascia/kernel/contract';

export type Place = '/referrals' | '/inbox' | '/schedule' | '/operations';

const ORDERING: readonly Place[] = ['/referrals', '/inbox'];
const TREATING: readonly Place[] = ['/inbox', '/schedule', '/referrals'];

const PLACES: Readonly<Partial<Record<Role, readonly Place[]>>> = {
  physician: ORDERING,
  delegate: ORDERING,
  therapist: TREATING,
  coordinator: TREATING,
  scheduler: TREATING,
  operator: ['/operations'],
};

export const placesFor = (role: Role): readonly Place[] => PLACES[role] ?? [];

/** Who may begin a referral: the row of the referral's own table (places.spec.ts). */
export const ORDERERS: readonly Role[] = ['physician', 'delegate'];

export const NAMES = {
  '/referrals': 'nav.referrals',
  '/inbox': 'nav.inbox',
  '/schedule': 'nav.schedule',
  '/operations': 'nav.operations',
} as const satisfies Readonly<Record<Place, string>>;
