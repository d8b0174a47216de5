/** Imports as one value. */
import { permissions } from '@fascia/kernel';
import { listImports } from './read/imports/question.js';
import { importAggregate } from './write/import.aggregate.js';

export const IMPORT_QUESTIONS = [listImports] as const;

export const fhirContext = () => ({
  name: 'fhir',
  aggregates: [importAggregate],
  questions: IMPORT_QUESTIONS,
  permissions: permissions('import', {
    organization: {
      roles: ['physician', 'coordinator'],
      commands: ['ImportBundle'],
      when: ['home', 'owner', 'self'],
    },
    operator: { roles: ['operator', 'system'], commands: ['ImportBundle'], when: 'anything' },
  }),
});
