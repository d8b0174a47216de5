import { forStandingRecords, personOf, subjectOfPatient, type RecordFact } from '@fascia/directory';
import { patientIn, type ReferencesOf } from '@fascia/kernel';
import type { Aggregate, Reference } from '@fascia/write-door';
import { DOCUMENT_COMMANDS, type DocumentCommand } from '../contract/commands.js';
import { DOCUMENT_CONTRACT, type DocumentEvent } from '../contract/events.js';
import { documentDecider, type DocumentState } from '../domain/document.js';

export type DocumentAggregate = Aggregate<
  DocumentState,
  DocumentCommand,
  DocumentEvent,
  { readonly record: RecordFact }
>;

export const documentAggregate: DocumentAggregate = {
  decider: forStandingRecords(
    documentDecider,
    (command, state) => state === undefined && command.type === 'AnnounceDocument',
  ),
  contract: DOCUMENT_CONTRACT,
  commands: DOCUMENT_COMMANDS,
  subject: (request, tools) => subjectOfPatient(patientIn(request), tools),
  references: {} satisfies ReferencesOf<typeof DOCUMENT_COMMANDS, Reference<DocumentState, DocumentCommand>>,
  facts: async (request, tools) => ({
    record: (await personOf(patientIn(request) ?? '', tools)).record,
  }),
};
