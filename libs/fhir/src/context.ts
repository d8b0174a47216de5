/** Imports as one value. */
import { permissions } from '@fascia/kernel';
import { importAggregate } from './write/import.aggregate.js';

export const fhirContext = () => ({
  name: 'fhir',
  aggregates: [importAggregate],
  permissions: permissions('import', {
    organization: {
      roles: ['physician', 'coordinator'],
      commands: ['ImportBundle'],
      when: ['home', 'owner', 'self'],
    },
    operator: { roles: ['operator', 'system'], commands: ['ImportBundle'], when: 'anything' },
  }),
});
