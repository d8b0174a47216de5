/** The directory over HTTP. */
import { Code, commandDoor, Id, ListQuery, OptionalLine, queryDoor } from '@fascia/http';
import { NETWORK_QUESTIONS, PATIENT_QUESTIONS } from './context.js';
import { MERGE_STATES, type MergeState } from './read/merges/model.js';
import { listingAggregate } from './write/listing.aggregate.js';
import { practitionerAggregate } from './write/practitioner.aggregate.js';
import { consentAggregate } from './write/consent.aggregate.js';
import { organizationAggregate } from './write/organization.aggregate.js';
import type { PatientAggregate } from './write/person.js';

class NamedQuery extends ListQuery {
  @OptionalLine(100, { description: 'Parts of the name, in any order; accents and case aside.' })
  name?: string;
}

class TimelineQuery extends ListQuery {
  @Id({
    optional: true,
    description: 'Only what was recorded while this record was merged into one of theirs.',
  })
  whileMerged?: string;
}

class MatchesQuery extends ListQuery {
  @Id({ optional: true, description: 'Only those of this record.' }) patientId?: string;
  @Id({ optional: true, description: 'And of this one: the two side by side.' }) otherId?: string;
}

class MergesQuery extends ListQuery {
  @Id({ optional: true, description: 'Only those of this record, either way.' }) patientId?: string;
  @Code(MERGE_STATES, { optional: true }) state?: MergeState;
}

class UnassignedQuery extends ListQuery {
  @Id({ optional: true, description: 'Only what is on this record, or may be of it.' }) patientId?: string;
}

class PractitionersQuery extends NamedQuery {
  @Id({ optional: true }) organizationId?: string;
}

class ListingsQuery extends ListQuery {
  @Id({ optional: true }) organizationId?: string;
  @OptionalLine(40) region?: string;
}

export const directoryDoors = (patients: PatientAggregate) => ({
  commands: [
    commandDoor({ path: 'patients', tag: 'Patients', aggregate: patients }),
    commandDoor({
      path: 'consents',
      tag: 'Consents',
      aggregate: consentAggregate,
      only: ['GrantConsent', 'WithdrawConsent'],
    }),
    commandDoor({
      path: 'restrictions',
      tag: 'Consents',
      aggregate: consentAggregate,
      only: ['RestrictConsent'],
    }),
    commandDoor({ path: 'practitioners', tag: 'Directory', aggregate: practitionerAggregate }),
    commandDoor({ path: 'organizations', tag: 'Directory', aggregate: organizationAggregate }),
    commandDoor({ path: 'listings', tag: 'Directory', aggregate: listingAggregate }),
  ],
  queries: [
    queryDoor('Patient', PATIENT_QUESTIONS, {
      listPatients: NamedQuery,
      getTimeline: TimelineQuery,
      listMatches: MatchesQuery,
      listMerges: MergesQuery,
      listUnassigned: UnassignedQuery,
    }),
    queryDoor('Directory', NETWORK_QUESTIONS, {
      listPractitioners: PractitionersQuery,
      listListings: ListingsQuery,
    }),
  ],
});
