/** The demo network's organisations, people and listings. */
import { REGIONS } from '@fascia/clinical';
import { demoId, LISTINGS, ORGANIZATIONS, PEOPLE } from './people.js';
import { SEED, type Seeder } from './seeder.js';

export const DEMO_ZONE = 'America/New_York';
/** The systems that the two practices keep their own records in. */
export const SOURCES = {
  harbor: 'https://ehr.harbor.example/fhir',
  linden: 'https://ehr.linden.example/fhir',
} as const;

const LICENCE = { state: 'MA', from: '2020-01-01', to: '2039-12-31' };

export const seedNetwork = async (seeder: Seeder): Promise<void> => {
  for (const { key, name, kind } of ORGANIZATIONS) {
    await seeder.send(
      SEED,
      { category: 'organization', key, id: demoId(key) },
      {
        type: 'RegisterOrganization',
        name,
        kind,
        identifiers: [],
        telecom: [],
        address: [],
        timeZone: DEMO_ZONE,
      },
    );
  }
  for (const [key, system] of Object.entries(SOURCES)) {
    await seeder.send(
      SEED,
      { category: 'organization', key: `${key}/source`, id: demoId(key) },
      { type: 'RegisterSourceSystem', system, byDefault: true },
    );
  }
  for (const person of PEOPLE) {
    const id = demoId(person.account);
    await seeder.send(
      SEED,
      { category: 'practitioner', key: person.account, id },
      {
        type: 'EnrolPractitioner',
        name: { family: person.family, given: [person.given], prefix: [] },
        taxonomies: person.taxonomy === undefined ? [] : [person.taxonomy],
        account: person.account,
        roles: [{ role: person.role, organizationId: demoId(person.organization) }],
        address: [],
        ...(person.npi === undefined ? {} : { npi: person.npi }),
      },
    );
    if (person.licence !== undefined) {
      await seeder.send(
        SEED,
        { category: 'practitioner', key: `${person.account}/licence`, id },
        {
          type: 'RecordLicence',
          ...LICENCE,
          number: `DEMO-${person.account}`,
          kind: person.licence,
        },
      );
    }
  }
  for (const listing of LISTINGS) {
    await seeder.send(
      SEED,
      { category: 'listing', key: listing.key, id: demoId(listing.key) },
      {
        type: 'PublishListing',
        organizationId: demoId(listing.organization),
        title: listing.title,
        services: ['STM'],
        regions: [...REGIONS],
        payers: listing.payers,
        practitionerIds: [demoId(listing.practitioner)],
        capacity: 'open',
        ageMin: 16,
        ageMax: 110,
      },
    );
  }
};
