import { forStandingRecords, personOf, subjectOfPatient, type RecordFact } from '@fascia/directory';
import type { ReferencesOf } from '@fascia/kernel';
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

const patientIn = (command: DocumentCommand, state: DocumentState): string | undefined =>
  state?.patientId ?? (command.type === 'AnnounceDocument' ? command.patientId : undefined);

export const documentAggregate: DocumentAggregate = {
  decider: forStandingRecords(
    documentDecider,
    (command, state) => state === undefined && command.type === 'AnnounceDocument',
  ),
  contract: DOCUMENT_CONTRACT,
  commands: DOCUMENT_COMMANDS,
  subject: ({ command, state }, tools) => subjectOfPatient(patientIn(command, state), tools),
  references: {} satisfies ReferencesOf<typeof DOCUMENT_COMMANDS, Reference<DocumentState, DocumentCommand>>,
  facts: async ({ command, state }, tools) => ({
    record: (await personOf(patientIn(command, state) ?? '', tools)).record,
  }),
};
