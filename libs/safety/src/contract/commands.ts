/** What may be asked of a red flag. */
import { RED_FLAGS, REGIONS, SIDES } from '@fascia/clinical';
import { MOVING, TAKING_OVER, type MovingOf, type OwnCommands } from '@fascia/directory/contract';
import {
  acts,
  code,
  creates,
  flag,
  id,
  instant,
  internal,
  line,
  list,
  receives,
  ref,
  shape,
  text,
  typesOf,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { CALL_CHANNELS, FLAG_SOURCES } from './events.js';

const ROW = 'Row of the red-flag catalogue.';

const reasoned = {
  rationale: text(4000, 'Why care may go on.'),
  evidenceRef: ref('anything', 'What shows it: a document, a visit, a measure.').optional(),
};

export const FLAG_COMMANDS = {
  RaiseFlag: creates(
    'Raise a red flag; an emergency stops care at once. A physician settles it in the same step (settled)',
    {
      patientId: ref('patient'),
      referralId: ref('referral').optional(),
      sessionId: ref('session').optional(),
      catalogueId: code(
        RED_FLAGS.map((flag) => flag.id),
        ROW,
      ),
      answers: list(line(40), { max: 10 }, 'What was voiced, such as self-harm.').optional(),
      source: code(['by-hand', 'referral-screening']),
      note: text(4000).optional(),
      site: shape('FlagSite', { region: code(REGIONS), side: code(SIDES).optional() }).optional(),
      settled: shape('FlagSettled', reasoned).optional(),
    },
    // What a pre-screen found was written by the catalogue of its day.
    { catalogueId: line(40, ROW), source: code(FLAG_SOURCES) },
  ),
  ClearFlag: acts('clear', 'Lift a flag, with the reason', reasoned),
  ClearByRecheck: internal('stop-on-red-flag, once vital signs are inside their limits again', {
    sessionId: id('In which they were measured again.'),
  }),
  RecordCall: acts('record-call', 'Say whom you phoned or spoke to about it, and whether you reached them', {
    to: line(200, 'Who: a name, or a place such as an emergency department.'),
    channel: code(CALL_CHANNELS),
    reached: flag('Whether you spoke to somebody who can act.'),
    at: instant('Now, when absent.').optional(),
  }),
  ConfirmFlag: acts('confirm', 'Confirm the danger, with what is done about it', {
    disposition: text(4000, 'What is done about it.'),
  }),
  TakeOverFlag: receives('the process that moves what is assigned', TAKING_OVER),
  MoveFlag: internal('the process that moves what is assigned', MOVING),
};

/** What is asked of one wherever it is; with which it goes to somebody else's record is apart. */
export type FlagCommand = OwnCommands<CommandsOf<typeof FLAG_COMMANDS>>;
export type FlagMoving = MovingOf<CommandsOf<typeof FLAG_COMMANDS>>;
export type FlagCommandOf<T extends FlagCommandType> = CommandOf<typeof FLAG_COMMANDS, T>;
export type FlagCommandType = FlagCommand['type'];

export const COMMAND_TYPES = typesOf(FLAG_COMMANDS);
