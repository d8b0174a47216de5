/** What may be asked of a session. */
import { RED_FLAGS, REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import {
  acts,
  amount,
  code,
  creates,
  flag,
  instant,
  line,
  list,
  ref,
  shape,
  text,
  typesOf,
  whole,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { CANCELLED_BY, SESSION_KINDS } from './events.js';

/** As texts, as they are stored: a row may leave the catalogue, and what was found stays found. */
export const FLAG_IDS: readonly string[] = RED_FLAGS.map((row) => row.id);

export const vitals = shape('SessionVitals', {
  sbpMmHg: whole(0, 400).optional(),
  dbpMmHg: whole(0, 300).optional(),
  heartRatePerMin: whole(0, 400).optional(),
  spo2Percent: amount(0, 100).optional(),
  tempCelsius: amount(20, 50).optional(),
});

export const narrative = shape('SessionNarrative', {
  subjective: text(4000),
  objective: text(4000),
  assessment: text(4000),
  plan: text(4000),
});

const beyondOrder = {
  beyondOrder: text(
    2000,
    'Why it goes beyond the visits that were ordered or planned, or the dates of the plan.',
  ).optional(),
};

export const SESSION_COMMANDS = {
  ScheduleSession: creates('Book a visit, nobody is booked twice; or enter one late that took place', {
    referralId: ref('referral'),
    kind: code(SESSION_KINDS),
    therapistId: ref('practitioner'),
    start: instant(),
    end: instant(),
    locationId: ref('location').optional(),
    ...beyondOrder,
    lateReason: text(
      4000,
      'The visit took place and was not recorded: why. It lies in the past, and is documented from here on.',
    ).optional(),
  }),
  RescheduleSession: acts('reschedule', 'Move a visit', {
    start: instant(),
    end: instant(),
    therapistId: ref('practitioner').optional(),
    ...beyondOrder,
  }),
  CancelSession: acts('cancel', 'Cancel a visit', { by: code(CANCELLED_BY), reason: text(4000) }),
  MarkNoShow: acts('mark-no-show', 'The patient did not come'),
  CheckIn: acts('check-in', 'The patient is here'),
  RecordPreScreen: acts('record-pre-screen', 'Red flags, vital signs, skin, consent, pain before', {
    flags: list(code(FLAG_IDS), { max: 12 }, 'Red flags found; empty: asked, none.'),
    vitals,
    skinIntact: flag(),
    consentVerbal: flag("The patient agreed to today's treatment."),
    nprsPre: whole(0, 10),
  }),
  StartSession: acts('start', 'Begin treatment'),
  RecordIntervention: acts('record-intervention', 'What was done, where, how long', {
    technique: line(20),
    region: code(REGIONS),
    side: code(SIDES).optional(),
    tissue: code(TISSUES),
    position: line(100).optional(),
    tool: line(100).optional(),
    pressureGrade: whole(1, 5),
    minutes: whole(0, 480),
    timed: flag('Not needed: whether minutes count follows from the code.').optional(),
    cpt: line(10, 'A number of the table of service codes.'),
    nprsDuring: whole(0, 10).optional(),
    response: text(4000).optional(),
    deviationReason: text(4000, 'Why it departs from the plan; once a session.').optional(),
    doneDespite: text(
      4000,
      'It was done over a contraindication before it could be asked: what happened. It is recorded and flagged.',
    ).optional(),
  }),
  StopSession: acts('stop', 'Break off, with the reason', {
    reason: text(4000),
    flagId: ref('flag').optional(),
  }),
  CompleteSession: acts('complete', 'End the session: minutes and units are computed', {
    start: instant(),
    end: instant(),
    totalTreatmentMinutes: whole(0, 480),
    nprsPost: whole(0, 10),
    narrative,
    unitChoice: list(
      line(10),
      { max: 10 },
      'Codes preferred where several have an equal claim to the last unit.',
    ).optional(),
  }),
  SignSession: acts('sign', 'Sign the note; a colleague says why the therapist of the session does not', {
    reason: text(4000, 'Why somebody else than the therapist of the session signs.').optional(),
  }),
  VoidSession: acts('void', 'Declare a visit entered in error, with the reason', { reason: text(4000) }),
  AmendSession: acts('amend', 'Add to a signed note, with the reason', {
    text: text(4000),
    reason: text(4000),
  }),
};

export type SessionCommand = CommandsOf<typeof SESSION_COMMANDS>;
export type SessionCommandType = SessionCommand['type'];
export type SessionCommandOf<T extends SessionCommandType> = CommandOf<typeof SESSION_COMMANDS, T>;

export const COMMAND_TYPES = typesOf(SESSION_COMMANDS);
