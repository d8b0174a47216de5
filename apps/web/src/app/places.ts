/** Where one may go, by role. The first is where the day begins. */
import type { Role } from '@fascia/kernel/contract';

export type Place =
  '/referrals' | '/inbox' | '/schedule' | '/matches' | '/merges' | '/operations' | '/audit' | '/access';

const ORDERING: readonly Place[] = ['/referrals', '/inbox'];
const TREATING: readonly Place[] = ['/inbox', '/schedule', '/referrals'];

const PLACES: Readonly<Partial<Record<Role, readonly Place[]>>> = {
  physician: ORDERING,
  delegate: ORDERING,
  therapist: TREATING,
  coordinator: TREATING,
  scheduler: TREATING,
  records: ['/matches', '/merges'],
  operator: ['/operations'],
  auditor: ['/audit', '/access'],
};

export const placesFor = (role: Role): readonly Place[] => PLACES[role] ?? [];

/** Who may begin a referral: the row of the referral's own table (places.spec.ts). */
export const ORDERERS: readonly Role[] = ['physician', 'delegate'];

export const NAMES = {
  '/referrals': 'nav.referrals',
  '/inbox': 'nav.inbox',
  '/schedule': 'nav.schedule',
  '/matches': 'nav.matches',
  '/merges': 'nav.merges',
  '/operations': 'nav.operations',
  '/audit': 'nav.audit',
  '/access': 'nav.access',
} as const satisfies Readonly<Record<Place, string>>;
