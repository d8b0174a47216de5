/** Deadlines as one value. */
import { permissions } from '@fascia/kernel';
import { COMMAND_TYPES, type DeadlineCommand } from './contract/commands.js';
import { DEADLINE_REFUSALS } from './contract/refusals.js';
import { deadlineAggregate } from './write/deadline.aggregate.js';

export const deadlineContext = () => ({
  name: 'deadline',
  aggregates: [deadlineAggregate],
  permissions: permissions<DeadlineCommand['type']>('deadline', {
    system: { roles: ['system'], commands: COMMAND_TYPES, when: 'anything' },
  }),
  refusals: DEADLINE_REFUSALS,
});
