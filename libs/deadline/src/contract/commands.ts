/** What the product asks of deadlines: people set none, they meet them. */
import {
  code,
  day,
  id,
  instant,
  internal,
  list,
  receives,
  typesOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { SIDES } from './events.js';
import { DEADLINE_NAMES, PRIORITIES } from './policy.js';

const WHO = 'keep-deadlines';

const name = { name: code(DEADLINE_NAMES) };
/** Of the fact because of which it is: a deadline is met when that happened, not when somebody heard of it. */
const because = { at: instant(), sourceEventId: id() };

export const DEADLINE_COMMANDS = {
  SetDeadline: receives(WHO, {
    ...name,
    referralId: id(),
    patientId: id().optional(),
    side: code(SIDES),
    organizationIds: list(id(), { min: 1, max: 20 }),
    priority: code(PRIORITIES),
    dueAt: instant().optional(),
    dueOn: day('By the end of it, where the first of them is.').optional(),
    ...because,
  }),
  PauseDeadline: internal(WHO, { ...name, ...because }),
  ResumeDeadline: internal(WHO, { ...name, ...because }),
  MeetDeadline: internal(WHO, { ...name, ...because }),
  MissDeadline: internal(`${WHO}, once it is due`, { ...name, dueAt: instant() }),
  CallOffDeadline: internal(WHO, { ...name, ...because }),
};

export type DeadlineCommand = CommandsOf<typeof DEADLINE_COMMANDS>;

export const COMMAND_TYPES = typesOf(DEADLINE_COMMANDS);
