/** What may be asked of a diagnosis. The recorder says a code; the door looks it up. */
import { REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import { MOVING, TAKING_OVER, type MovingOf, type OwnCommands } from '@fascia/directory/contract';
import {
  acts,
  code,
  creates,
  day,
  flag,
  internal,
  line,
  list,
  partialDay,
  receives,
  ref,
  shape,
  text,
  typesOf,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { DYSFUNCTIONS, ENDED, VERIFICATIONS } from './events.js';

/** How a source takes back what it said (FHIR verificationStatus). */
const RETRACTIONS = ['refuted', 'entered-in-error'] as const;

const finding = {
  code: line(10, 'ICD-10-CM, with or without the dot.').optional(),
  snomed: line(20, 'SNOMED CT.', /^\d{6,18}$/).optional(),
  site: shape('DiagnosisSite', { region: code(REGIONS), side: code(SIDES).optional() }).optional(),
  tissues: list(code(TISSUES), { max: 5 }),
  dysfunction: code(DYSFUNCTIONS),
  onset: partialDay('FHIR date.').optional(),
  unrelatedReason: text(4000, 'Why a code stands beside one that excludes it.').optional(),
  acceptCodeWarning: flag('Take a code that only one neighbouring release bills.').optional(),
};

const reason = { reason: text(4000) };

export const DIAGNOSIS_COMMANDS = {
  RecordDiagnosis: creates('Record a diagnosis; its code must be billable today and on the right side', {
    ...finding,
    patientId: ref('patient'),
    verification: code(VERIFICATIONS),
    note: text(4000).optional(),
    source: code(['clinician'], 'Not needed: it follows from who records it, and how.').optional(),
  }),
  /** What a file says of a condition now, under the id that follows from its source. Its side need not be known. */
  ReceiveDiagnosis: receives('An import', {
    ...finding,
    patientId: ref('patient'),
    system: line(300, 'URI of the source system.'),
    lastUpdated: line(40, 'When the source changed it last, by its own clock (FHIR instant).').optional(),
    ended: code(ENDED).optional(),
    endedOn: partialDay('FHIR date, as precise as the source.').optional(),
  }),
  /** Also of what was never taken: an older file that comes later does not bring it. */
  RetractDiagnosis: receives('An import', {
    patientId: ref('patient'),
    system: line(300, 'URI of the source system.'),
    lastUpdated: line(40, 'When the source took it back, by its own clock (FHIR instant).').optional(),
    retracted: code(RETRACTIONS),
  }),
  TakeOverDiagnosis: receives('the process that moves what is assigned', TAKING_OVER),
  MoveDiagnosis: internal('the process that moves what is assigned', MOVING),
  ConfirmDiagnosis: acts('confirm', 'Confirm it'),
  ReviseDiagnosis: acts('revise', 'Replace the finding, with the reason', { ...finding, ...reason }),
  RefuteDiagnosis: acts('refute', 'Declare it refuted', reason),
  ResolveDiagnosis: acts('resolve', 'Declare it resolved', { on: day() }),
};

/** What is asked of one wherever it is; with which it goes to somebody else's record is apart. */
export type DiagnosisCommand = OwnCommands<CommandsOf<typeof DIAGNOSIS_COMMANDS>>;
export type DiagnosisMoving = MovingOf<CommandsOf<typeof DIAGNOSIS_COMMANDS>>;
export type DiagnosisCommandOf<T extends DiagnosisCommandType> = CommandOf<typeof DIAGNOSIS_COMMANDS, T>;
export type DiagnosisCommandType = DiagnosisCommand['type'];

export const COMMAND_TYPES = typesOf(DIAGNOSIS_COMMANDS);
