import { careTeamOf, patientAggregate } from '@fascia/directory';
import type { Parties } from '@fascia/kernel';
import type { Aggregate, FactTools, Lookup } from '@fascia/write-door';
import { FLAG_COMMANDS, type FlagCommand } from '../contract/commands.js';
import { FLAG_CONTRACT, type FlagEvent } from '../contract/events.js';
import { flagDecider, SUBJECTS, type FlagFacts, type FlagState } from '../domain/flag.js';

export type FlagAggregate = Aggregate<
  FlagState,
  FlagCommand,
  FlagEvent,
  FlagFacts & { readonly parties: Parties }
>;

export interface SafetyPorts {
  /** Whose a referral or a session is; nothing when there is none. */
  readonly patientOf: Readonly<Record<(typeof SUBJECTS)[number], (id: string) => Lookup<string | undefined>>>;
}

/** What a pre-screen found comes from the session itself; what people say is looked up, as an emergency stops that referral. */
const elsewhereIn = async (
  command: FlagCommand,
  { patientOf }: SafetyPorts,
  tools: FactTools,
): Promise<FlagFacts['elsewhere']> => {
  if (command.type !== 'RaiseFlag' || command.source === 'pre-screen') return [];
  const found = await Promise.all(
    SUBJECTS.map(async (subject) => {
      const id = command[subject];
      if (id === undefined) return [];
      return (await tools.lookup(patientOf[subject](id))) === command.patientId ? [] : [subject];
    }),
  );
  return found.flat();
};

export const flagAggregate = (ports: SafetyPorts): FlagAggregate => ({
  decider: flagDecider,
  contract: FLAG_CONTRACT,
  commands: FLAG_COMMANDS,
  facts: async ({ command, state }, tools) => {
    const patientId = state?.patientId ?? (command.type === 'RaiseFlag' ? command.patientId : '');
    const { version } = await tools.load(patientAggregate, patientId);
    return {
      patientExists: version > 0,
      elsewhere: await elsewhereIn(command, ports, tools),
      parties: await tools.lookup(careTeamOf(patientId)),
    };
  },
  parties: (_about, { parties }) => parties,
  patientId: ({ command, state }) =>
    state?.patientId ?? (command.type === 'RaiseFlag' ? command.patientId : undefined),
});
