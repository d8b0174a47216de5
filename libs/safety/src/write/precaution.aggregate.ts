import { careTeamOfAll, dayAt, forStandingRecords, personOf, type RecordFact } from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import type { Aggregate } from '@fascia/write-door';
import { PRECAUTION_COMMANDS, type PrecautionCommand } from '../contract/precaution.commands.js';
import { PRECAUTION_CONTRACT, type PrecautionEvent } from '../contract/precaution.events.js';
import { precautionDecider, type PrecautionFacts, type PrecautionState } from '../domain/precaution.js';

export type PrecautionAggregate = Aggregate<
  PrecautionState,
  PrecautionCommand,
  PrecautionEvent,
  PrecautionFacts & { readonly parties: Parties; readonly record: RecordFact }
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
  facts: async ({ command, state, by, at }, tools) => {
    const person = await personOf(patientIn(command, state) ?? '', tools);
    return {
      record: person.record,
      today: await dayAt(by.organizationId, at, tools),
      parties: await careTeamOfAll(person, tools),
    };
  },
  parties: (_about, { parties }) => parties,
  patientId: ({ command, state }) => patientIn(command, state),
};
