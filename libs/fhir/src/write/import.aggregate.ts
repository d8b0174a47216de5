/** The record of an import: one event, so that the same file by the same person is one import. */
import { happened, type Decider } from '@fascia/kernel';
import type { Aggregate } from '@fascia/write-door';
import { IMPORT_COMMANDS, type ImportCommand } from '../contract/commands.js';
import { IMPORT_CONTRACT, type ImportEvent, type ImportReport } from '../contract/events.js';

type State = ImportReport | undefined;

const decider: Decider<State, ImportCommand, ImportEvent, undefined> = {
  category: 'import',
  initial: undefined,
  evolve: (_state, fact) => fact.data,
  decide: ({ type: _type, ...data }, state) =>
    state === undefined ? happened({ type: 'BundleImported', data }) : happened(),
  stage: (state) => (state === undefined ? 'none' : 'finished'),
};

export const importAggregate: Aggregate<State, ImportCommand, ImportEvent, undefined> = {
  decider,
  contract: IMPORT_CONTRACT,
  commands: IMPORT_COMMANDS,
  facts: () => Promise.resolve(undefined),
  subject: ({ command, state }) =>
    Promise.resolve({ parties: { owner: [state?.organizationId ?? command.organizationId] } }),
  references: {},
};
