import { careTeamOfAll, forStandingRecords, personOf, type RecordFact } from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import type { Aggregate } from '@fascia/write-door';
import { DOCUMENT_COMMANDS, type DocumentCommand } from '../contract/commands.js';
import { DOCUMENT_CONTRACT, type DocumentEvent } from '../contract/events.js';
import { documentDecider, type DocumentState } from '../domain/document.js';

export type DocumentAggregate = Aggregate<
  DocumentState,
  DocumentCommand,
  DocumentEvent,
  { readonly parties: Parties; readonly record: RecordFact }
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
  facts: async ({ command, state }, tools) => {
    const person = await personOf(patientIn(command, state) ?? '', tools);
    return { record: person.record, parties: await careTeamOfAll(person, tools) };
  },
  parties: (_about, { parties }) => parties,
  patientId: ({ command, state }) => patientIn(command, state),
};
