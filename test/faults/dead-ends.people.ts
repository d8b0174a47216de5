/** Who exists: a practice, two clinics and the network; two of each where one could be missed. And what they know before a history begins. */
import { REGIONS } from '@fascia/clinical';
import { uuidFrom, type Actor, type Category, type Command, type Role } from '@fascia/kernel';
import { CareWorld, type Past } from './dead-ends.world.js';

const idOf = (what: string): string => uuidFrom('dead-ends', what);

export const PRACTICE = idOf('practice');
export const CLINICS = [idOf('riverside'), idOf('willow')] as const;
const NETWORK = idOf('network');
export const LISTINGS = [idOf('listing of riverside'), idOf('listing of willow')] as const;
export const PATIENT = idOf('patient');
/** The same person, registered again. */
export const TWIN = idOf('twin');

export interface Person extends Actor {
  readonly organizationId: string;
  readonly practitionerId: string;
}

const person = (name: string, role: Role, organizationId: string): Person => ({
  sub: name,
  role,
  organizationId,
  practitionerId: idOf(name),
});

export const PEOPLE: readonly Person[] = [
  person('physician', 'physician', PRACTICE),
  person('partner', 'physician', PRACTICE),
  person('delegate', 'delegate', PRACTICE),
  person('records clerk', 'records', PRACTICE),
  ...CLINICS.flatMap((clinic, n) => [
    person(`therapist ${String(n)}`, 'therapist', clinic),
    person(`colleague ${String(n)}`, 'therapist', clinic),
    person(`coordinator ${String(n)}`, 'coordinator', clinic),
    person(`scheduler ${String(n)}`, 'scheduler', clinic),
  ]),
];

/** Whoever goes has a colleague of the same role. */
export const MAY_GO = PEOPLE.filter(
  ({ role, organizationId, sub }) =>
    PEOPLE.some((one) => one.role === role && one.organizationId === organizationId && one.sub !== sub) &&
    sub !== 'partner' &&
    !sub.startsWith('colleague'),
);

const NPIS: Readonly<Record<string, string>> = { physician: '1234567893', partner: '1245319599' };
const TAXONOMIES: Readonly<Partial<Record<Role, string>>> = {
  physician: '207Q00000X',
  therapist: '225100000X',
};
const LICENCE = { state: 'MA', from: '2020-01-01', to: '2039-12-31' };

const SYSTEM: Actor = { sub: 'network', role: 'system' };
export const OPERATOR: Actor = { sub: 'operator', role: 'operator', organizationId: NETWORK };

type Said = Command & Readonly<Record<string, unknown>>;

/** What is wrong with their shoulder. */
export const diagnosedIn = (patientId: string): Said => ({
  type: 'RecordDiagnosis',
  patientId,
  code: 'M75.21',
  site: { region: 'shoulder', side: 'right' },
  tissues: ['tendon'],
  dysfunction: 'tendinopathy',
  verification: 'confirmed',
});

const enrolled = ({
  sub,
  role,
  organizationId,
  practitionerId,
}: Person): readonly (readonly [Category, string, Said])[] => {
  const taxonomy = TAXONOMIES[role];
  const npi = NPIS[sub];
  return [
    [
      'practitioner',
      practitionerId,
      {
        type: 'EnrolPractitioner',
        name: { family: sub, given: [], prefix: [] },
        taxonomies: taxonomy === undefined ? [] : [taxonomy],
        account: sub,
        roles: [{ role, organizationId }],
        address: [],
        ...(npi === undefined ? {} : { npi }),
      },
    ],
    ...(taxonomy === undefined
      ? []
      : [
          [
            'practitioner',
            practitionerId,
            { type: 'RecordLicence', ...LICENCE, number: sub, kind: role },
          ] as const,
        ]),
  ];
};

const NETWORK_SAID: readonly (readonly [Category, string, Said])[] = [
  ...[PRACTICE, ...CLINICS, NETWORK].map((id, n): readonly [Category, string, Said] => [
    'organization',
    id,
    {
      type: 'RegisterOrganization',
      name: `Organisation ${String(n)}`,
      kind: n === 0 ? 'practice' : id === NETWORK ? 'network' : 'clinic',
      identifiers: [],
      telecom: [],
      address: [],
      timeZone: 'America/New_York',
    },
  ]),
  ...PEOPLE.flatMap(enrolled),
  ...LISTINGS.map((id, n): readonly [Category, string, Said] => [
    'listing',
    id,
    {
      type: 'PublishListing',
      organizationId: CLINICS[n],
      title: 'Soft-tissue mobilization',
      services: ['STM'],
      regions: [...REGIONS],
      payers: ['SELF-PAY', 'US-MEDICARE-B'],
      practitionerIds: PEOPLE.filter(
        ({ role, organizationId }) => role === 'therapist' && organizationId === CLINICS[n],
      ).map(({ practitionerId }) => practitionerId),
      capacity: 'open',
    },
  ]),
  ...[PATIENT, TWIN].map((id): readonly [Category, string, Said] => [
    'patient',
    id,
    {
      type: 'RegisterPatient',
      name: { family: 'Patient', given: ['Alex'], prefix: [] },
      birthDate: '1980-05-05',
      sexAtBirth: 'female',
      telecom: [],
      address: [],
      interpreter: false,
      identifiers: [],
      organizationId: PRACTICE,
    },
  ]),
];

let known: Promise<Past> | undefined;

/** The network, a patient of the practice, and what is wrong with their shoulder. */
export const beginning = (): Promise<Past> => {
  known ??= (async () => {
    const world = new CareWorld();
    const [physician = OPERATOR] = PEOPLE;
    const say = async (category: Category, id: string, command: Said, by: Actor): Promise<void> =>
      expect({ command: command.type, code: await world.give({ category, id, command, by }) }).toEqual({
        command: command.type,
        code: 'done',
      });
    for (const [category, id, command] of NETWORK_SAID) await say(category, id, command, SYSTEM);
    await say('diagnosis', idOf('diagnosis'), diagnosedIn(PATIENT), physician);
    return world.past();
  })();
  return known;
};
