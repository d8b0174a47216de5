import { patientAggregate, type CareTeam } from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import type { Aggregate } from '@fascia/write-door';
import { FLAG_COMMANDS, type FlagCommand } from '../contract/commands.js';
import { FLAG_CONTRACT, type FlagEvent } from '../contract/events.js';
import { flagDecider, type FlagFacts, type FlagState } from '../domain/flag.js';

export type FlagAggregate = Aggregate<
  FlagState,
  FlagCommand,
  FlagEvent,
  FlagFacts & { readonly parties: Parties }
>;

export const flagAggregate = (careTeamOf: CareTeam): FlagAggregate => ({
  decider: flagDecider,
  contract: FLAG_CONTRACT,
  commands: FLAG_COMMANDS,
  facts: async ({ command, state }, tools) => {
    const patientId = state?.patientId ?? (command.type === 'RaiseFlag' ? command.patientId : '');
    const { version } = await tools.load(patientAggregate, patientId);
    return { patientExists: version > 0, parties: await tools.lookup(careTeamOf(patientId)) };
  },
  parties: (_about, { parties }) => parties,
  patientId: ({ command, state }) =>
    state?.patientId ?? (command.type === 'RaiseFlag' ? command.patientId : undefined),
});
