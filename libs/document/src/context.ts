/** Documents as one value. */
import { permissionsOf } from '@fascia/kernel';
import { DOCUMENT_TRANSITIONS } from './contract/lifecycle.js';
import { DOCUMENT_REFUSALS } from './contract/refusals.js';
import { getDocument, listDocuments } from './read/documents/question.js';
import { documentAggregate } from './write/document.aggregate.js';

export const DOCUMENT_QUESTIONS = [listDocuments, getDocument] as const;

export const documentContext = () => ({
  name: 'document',
  aggregate: documentAggregate,
  aggregates: [documentAggregate],
  questions: DOCUMENT_QUESTIONS,
  permissions: permissionsOf('document', DOCUMENT_TRANSITIONS, {
    physician: ['home', 'referrer'],
    delegate: ['home', 'referrer'],
    therapist: ['recipient'],
    coordinator: ['recipient'],
  }),
  refusals: DOCUMENT_REFUSALS,
});
