import { dayAt, forStandingRecords, personOf, subjectOfPatient, type RecordFact } from '@fascia/directory';
import { patientIn, type ReferencesOf } from '@fascia/kernel';
import type { Aggregate, Reference } from '@fascia/write-door';
import { PRECAUTION_COMMANDS, type PrecautionCommand } from '../contract/precaution.commands.js';
import { PRECAUTION_CONTRACT, type PrecautionEvent } from '../contract/precaution.events.js';
import { precautionDecider, type PrecautionFacts, type PrecautionState } from '../domain/precaution.js';

export type PrecautionAggregate = Aggregate<
  PrecautionState,
  PrecautionCommand,
  PrecautionEvent,
  PrecautionFacts & { readonly record: RecordFact }
>;

export const precautionAggregate: PrecautionAggregate = {
  // One that was proposed before a merge is settled where it stands.
  decider: forStandingRecords(
    precautionDecider,
    (command, state) => state === undefined && 'patientId' in command,
  ),
  contract: PRECAUTION_CONTRACT,
  commands: PRECAUTION_COMMANDS,
  subject: (request, tools) => subjectOfPatient(patientIn(request), tools),
  references: { RecordPrecaution: { patientId: 'access' } } satisfies ReferencesOf<
    typeof PRECAUTION_COMMANDS,
    Reference<PrecautionState, PrecautionCommand>
  >,
  facts: async (request, tools) => {
    const { by, at } = request;
    const person = await personOf(patientIn(request) ?? '', tools);
    return { record: person.record, today: await dayAt(by.organizationId, at, tools) };
  },
};
