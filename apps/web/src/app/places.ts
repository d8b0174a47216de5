/** Where one may go, by role. The first is where the day begins. */
import type { Role } from '@fascia/kernel/contract';

export type Place =
  | '/referrals'
  | '/inbox'
  | '/schedule'
  | '/precautions'
  | '/matches'
  | '/merges'
  | '/operations'
  | '/imports'
  | '/people'
  | '/organizations'
  | '/keys'
  | '/audit'
  | '/access';

const ORDERING: readonly Place[] = ['/referrals', '/inbox'];
const TREATING: readonly Place[] = ['/inbox', '/schedule', '/referrals'];

const PLACES: Readonly<Partial<Record<Role, readonly Place[]>>> = {
  physician: [...ORDERING, '/precautions'],
  delegate: ORDERING,
  therapist: [...TREATING, '/precautions'],
  coordinator: [...TREATING, '/imports'],
  scheduler: TREATING,
  records: ['/matches', '/merges', '/precautions'],
  operator: ['/operations', '/imports', '/people', '/organizations', '/keys'],
  auditor: ['/audit', '/access'],
};

export const placesFor = (role: Role): readonly Place[] => PLACES[role] ?? [];

/** Who may begin a referral: the row of the referral's own table (places.spec.ts). */
export const ORDERERS: readonly Role[] = ['physician', 'delegate'];

export const NAMES = {
  '/referrals': 'nav.referrals',
  '/inbox': 'nav.inbox',
  '/schedule': 'nav.schedule',
  '/precautions': 'nav.precautions',
  '/matches': 'nav.matches',
  '/merges': 'nav.merges',
  '/operations': 'nav.operations',
  '/imports': 'nav.imports',
  '/people': 'nav.people',
  '/organizations': 'nav.organizations',
  '/keys': 'nav.keys',
  '/audit': 'nav.audit',
  '/access': 'nav.access',
} as const satisfies Readonly<Record<Place, string>>;
