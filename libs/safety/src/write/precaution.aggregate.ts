import { dayAt, forStandingRecords, personOf, subjectOfPatient, type RecordFact } from '@fascia/directory';
import type { ReferencesOf } from '@fascia/kernel';
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

const patientIn = (command: PrecautionCommand, state: PrecautionState): string | undefined =>
  state?.patientId ?? ('patientId' in command ? command.patientId : undefined);

export const precautionAggregate: PrecautionAggregate = {
  // One that was proposed before a merge is settled where it stands.
  decider: forStandingRecords(
    precautionDecider,
    (command, state) => state === undefined && 'patientId' in command,
  ),
  contract: PRECAUTION_CONTRACT,
  commands: PRECAUTION_COMMANDS,
  subject: ({ command, state }, tools) => subjectOfPatient(patientIn(command, state), tools),
  references: { RecordPrecaution: { patientId: 'access' } } satisfies ReferencesOf<
    typeof PRECAUTION_COMMANDS,
    Reference<PrecautionState, PrecautionCommand>
  >,
  facts: async ({ command, state, by, at }, tools) => {
    const person = await personOf(patientIn(command, state) ?? '', tools);
    return { record: person.record, today: await dayAt(by.organizationId, at, tools) };
  },
};
