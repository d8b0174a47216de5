import { calendarOf } from '@fascia/directory';
import type { Aggregate, FactRequest, FactTools } from '@fascia/write-door';
import { DEADLINE_COMMANDS, type DeadlineCommand } from '../contract/commands.js';
import { DEADLINE_CONTRACT, type DeadlineEvent } from '../contract/events.js';
import { deadlineDecider, type DeadlineFacts, type DeadlineState } from '../domain/deadline.js';

type Request = FactRequest<DeadlineState, DeadlineCommand>;

/** Days are counted when it is set, and when it goes on. */
const actingOn = ({ command, state }: Pick<Request, 'command' | 'state'>): readonly string[] => {
  if (command.type === 'SetDeadline') return command.organizationIds;
  return command.type === 'ResumeDeadline' ? (state?.standing[command.name]?.organizationIds ?? []) : [];
};

const factsOf = async (request: Request, tools: FactTools): Promise<DeadlineFacts> => ({
  calendars: await Promise.all(actingOn(request).map((id) => calendarOf(id, tools))),
});

/** Nobody's but the product's to change. */
export const deadlineAggregate: Aggregate<DeadlineState, DeadlineCommand, DeadlineEvent, DeadlineFacts> = {
  decider: deadlineDecider,
  contract: DEADLINE_CONTRACT,
  commands: DEADLINE_COMMANDS,
  facts: factsOf,
  subject: ({ command, state }) =>
    Promise.resolve({
      patientId: state?.patientId ?? (command.type === 'SetDeadline' ? command.patientId : undefined),
      parties: {},
    }),
  references: {},
};
