/** The demo network: two practices, two clinics, and the people who work there. None of them exists. */
import { uuidFrom, type Role } from '@fascia/kernel';

export const demoId = (what: string): string => uuidFrom('demo', what);

interface DemoOrganization {
  readonly key: string;
  readonly name: string;
  readonly kind: 'practice' | 'clinic' | 'network';
}

export const ORGANIZATIONS: readonly DemoOrganization[] = [
  { key: 'harbor', name: 'Harbor Family Practice', kind: 'practice' },
  { key: 'linden', name: 'Linden Internal Medicine', kind: 'practice' },
  { key: 'riverside', name: 'Riverside Physical Therapy', kind: 'clinic' },
  { key: 'willow', name: 'Willow Massage Therapy', kind: 'clinic' },
  { key: 'network', name: 'Fascia Demo Network', kind: 'network' },
];

export interface DemoPerson {
  /** Subject of the person's tokens, and their name at the development issuer. */
  readonly account: string;
  readonly given: string;
  readonly family: string;
  readonly title: string;
  readonly role: Role;
  readonly organization: string;
  /** NUCC. */
  readonly taxonomy?: string;
  readonly npi?: string;
  readonly licence?: string;
}

export const PEOPLE: readonly DemoPerson[] = [
  {
    account: 'physician-demo',
    given: 'Amara',
    family: 'Lindqvist',
    title: 'Physician, Harbor Family Practice',
    role: 'physician',
    organization: 'harbor',
    taxonomy: '207Q00000X',
    npi: '1234567893',
    licence: 'medical doctor',
  },
  {
    account: 'physician-two-demo',
    given: 'Tomás',
    family: 'Okonjo',
    title: 'Physician, Linden Internal Medicine',
    role: 'physician',
    organization: 'linden',
    taxonomy: '207R00000X',
    npi: '1245319599',
    licence: 'medical doctor',
  },
  {
    account: 'delegate-demo',
    given: 'Ines',
    family: 'Varga',
    title: 'Delegate, Harbor Family Practice',
    role: 'delegate',
    organization: 'harbor',
  },
  {
    account: 'therapist-demo',
    given: 'Noor',
    family: 'Halvorsen',
    title: 'Physical therapist, Riverside',
    role: 'therapist',
    organization: 'riverside',
    taxonomy: '225100000X',
    npi: '1306849450',
    licence: 'physical therapist',
  },
  {
    account: 'massage-demo',
    given: 'Kofi',
    family: 'Brandt',
    title: 'Massage therapist, Willow',
    role: 'therapist',
    organization: 'willow',
    taxonomy: '225700000X',
    licence: 'massage therapist',
  },
  {
    account: 'coordinator-demo',
    given: 'Priya',
    family: 'Sandoval',
    title: 'Coordinator, Riverside',
    role: 'coordinator',
    organization: 'riverside',
  },
  {
    account: 'scheduler-demo',
    given: 'Leila',
    family: 'Novak',
    title: 'Scheduler, Willow',
    role: 'scheduler',
    organization: 'willow',
  },
  {
    account: 'coordinator-two-demo',
    given: 'Mateus',
    family: 'Aalto',
    title: 'Coordinator, Willow',
    role: 'coordinator',
    organization: 'willow',
  },
  {
    account: 'records-demo',
    given: 'Noémi',
    family: 'Farkas',
    title: 'Records, Harbor Family Practice',
    role: 'records',
    organization: 'harbor',
  },
  {
    account: 'auditor-demo',
    given: 'Ruth',
    family: 'Ekström',
    title: 'Auditor',
    role: 'auditor',
    organization: 'network',
  },
  {
    account: 'operator-demo',
    given: 'Jun',
    family: 'Castellano',
    title: 'Operator',
    role: 'operator',
    organization: 'network',
  },
];

interface DemoListing {
  readonly key: string;
  readonly organization: string;
  readonly title: string;
  readonly payers: readonly string[];
  readonly practitioner: string;
}

export const LISTINGS: readonly DemoListing[] = [
  {
    key: 'riverside-stm',
    organization: 'riverside',
    title: 'Soft-tissue mobilization at Riverside',
    practitioner: 'therapist-demo',
    payers: ['SELF-PAY', 'US-MEDICARE-B', 'COMMERCIAL-MASSAGE'],
  },
  {
    key: 'willow-stm',
    organization: 'willow',
    title: 'Soft-tissue mobilization at Willow',
    practitioner: 'massage-demo',
    payers: ['SELF-PAY', 'US-VA-MASSAGE-INIT', 'US-VA-MASSAGE-CONT', 'COMMERCIAL-MASSAGE'],
  },
];
