/** Visits by their start, with their notes, for either side of a referral. */
import { ofPerson } from '@fascia/directory';
import { REGIONS, SIDES, TISSUES, UNIT_METHODS } from '@fascia/clinical';
import { offered } from '@fascia/kernel';
import {
  answer,
  asSent,
  decimal,
  integer,
  many,
  maybe,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Asking } from '@fascia/read-store';
import { BOTH_SIDES, bothSidesOfRow } from '@fascia/referral';
import { toldTo } from '@fascia/safety';
import { FLAG_IDS, narrative, SESSION_COMMANDS, vitals } from '../../contract/commands.js';
import {
  BILLING_HOLDS,
  CANCELLED_BY,
  DEVIATIONS,
  SESSION_KINDS,
  VISIT_FLAGS,
  type Narrative,
  type SessionEventOf,
} from '../../contract/events.js';
import { sessionLifecycle, STAGES, type SessionStage } from '../../contract/lifecycle.js';
import { sessionModel, type SessionRow } from './model.js';

interface Tables {
  readonly 'read.session': SessionRow;
  readonly 'read.patient': { readonly id: string; readonly name: string };
  readonly 'read.practitioner': { readonly id: string; readonly name: string };
}

interface Row extends SessionRow {
  readonly patient_name: string | null;
  readonly therapist_name: string | null;
}

const t = conditionsOn<SessionRow>();

const preScreen = answer({
  flags: many(oneOfCodes(FLAG_IDS)),
  vitals: asSent<SessionEventOf<'PreScreenRecorded'>['vitals']>(vitals),
  vitalFinding: maybe(
    answer({ outside: many(words()), limitsVersion: words(), recheckAfterMinutes: decimal() }),
  ),
  skinIntact: yesOrNo(),
  consentVerbal: yesOrNo(),
  nprsPre: integer(),
  at: moment(),
});

const intervention = answer({
  seq: integer(),
  planId: uuid(),
  planVersion: integer(),
  technique: words(),
  region: oneOfCodes(REGIONS),
  side: maybe(oneOfCodes(SIDES)),
  tissue: oneOfCodes(TISSUES),
  position: maybe(words()),
  tool: maybe(words()),
  pressureGrade: integer(),
  minutes: integer(),
  timed: yesOrNo(),
  cpt: words(),
  nprsDuring: maybe(integer()),
  response: maybe(words()),
  deviations: many(oneOfCodes(DEVIATIONS)),
  deviationReason: maybe(words()),
});

const units = answer({
  method: oneOfCodes(UNIT_METHODS),
  profileVersion: words(),
  totalUnits: integer(),
  byCode: many(answer({ cpt: words(), units: integer() })),
  tie: maybe(answer({ candidates: many(words()), places: integer(), settled: yesOrNo() })),
});

const named = answer({ id: uuid(), name: orNull(words()) });

const session = answer({
  id: uuid(),
  version: integer(),
  state: oneOfCodes(STAGES),
  enteredStateAt: moment(),
  kind: oneOfCodes(SESSION_KINDS),
  patientId: uuid(),
  patient: named,
  referralId: uuid(),
  planId: orNull(uuid()),
  therapistId: uuid(),
  therapist: named,
  start: moment(),
  end: moment(),
  preScreen: orNull(preScreen),
  interventions: many(intervention),
  contraindicatedCare: many(
    answer({ seq: integer('Of the intervention.'), catalogueIds: many(words()), reason: words() }),
    'What was done over a contraindication.',
  ),
  minutes: orNull(answer({ timed: integer(), treatment: integer() })),
  units: orNull(units),
  nprs: answer({ before: orNull(integer()), after: orNull(integer()) }),
  narrative: orNull(asSent<Narrative>(narrative)),
  complianceFlags: many(oneOfCodes(VISIT_FLAGS)),
  billingHold: yesOrNo('Whether one of the flags keeps the bill back until somebody has settled it.'),
  lateEntry: orNull(
    answer({
      reason: words('Why it was recorded only when it was over.'),
      at: moment(),
      lagHours: decimal('Since the end of the visit.'),
    }),
  ),
  cancelled: orNull(answer({ by: oneOfCodes(CANCELLED_BY), noticeHours: decimal(), reason: words() })),
  stopped: orNull(answer({ reason: words(), flagId: maybe(uuid()) })),
  beyondOrder: orNull(
    words('Why it goes beyond the visits that were ordered or planned, or the dates of the plan.'),
  ),
  voided: orNull(answer({ reason: words() })),
  signed: orNull(
    answer({
      at: moment(),
      by: uuid(),
      credential: words(),
      substituteReason: orNull(words('Why a colleague signed, and not the therapist of the session.')),
    }),
  ),
  amendments: many(answer({ text: words(), reason: words(), at: moment(), by: uuid() })),
  allowedActions: many(oneOfCodes(offered(SESSION_COMMANDS))),
});

const flagsOf = ({ compliance_flags: flags, contraindicated_care: against }: SessionRow) =>
  against.length === 0 ? flags : [...flags, 'CONTRAINDICATED_CARE' as const];

/** Its columns are filled together. */
const signedOf = ({ signed_at: at, signed_by: by, credential, substitute_reason }: SessionRow) =>
  at === null || by === null || credential === null
    ? null
    : { at, by, credential, substituteReason: substitute_reason };

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  state: row.stage,
  enteredStateAt: row.entered_stage_at,
  kind: row.kind,
  patientId: row.patient_id,
  patient: { id: row.patient_id, name: row.patient_name },
  referralId: row.referral_id,
  planId: row.plan_id,
  therapistId: row.therapist_id,
  therapist: { id: row.therapist_id, name: row.therapist_name },
  start: row.start_at,
  end: row.end_at,
  preScreen: row.pre_screen && { ...row.pre_screen, flags: toldTo(by.role, row.pre_screen.flags) },
  interventions: row.interventions,
  contraindicatedCare: row.contraindicated_care,
  minutes: row.minutes,
  units: row.units,
  nprs: { before: row.nprs_pre, after: row.nprs_post },
  narrative: row.narrative,
  complianceFlags: flagsOf(row),
  billingHold: row.compliance_flags.some((flag) => BILLING_HOLDS.includes(flag)),
  lateEntry: row.late_entry,
  cancelled: row.cancelled,
  stopped: row.stopped,
  beyondOrder: row.beyond_order,
  voided: row.voided,
  signed: signedOf(row),
  amendments: row.amendments,
  allowedActions: desk.allowedActions(
    by,
    'session',
    bothSidesOfRow(row),
    offered(SESSION_COMMANDS, sessionLifecycle.moves(row.stage)),
  ),
});

const described = {
  tag: 'Sessions',
  resource: 'session',
  scope: BOTH_SIDES,
  answer: session,
  from: tables<Tables>()
    .selectFrom('read.session as t')
    .leftJoin('read.patient as p', 'p.id', 't.patient_id')
    .leftJoin('read.practitioner as h', 'h.id', 't.therapist_id')
    .selectAll('t')
    .select(['p.name as patient_name', 'h.name as therapist_name']),
  patientOf: (row: Row) => row.patient_id,
  show,
} as const;

export interface SessionsAsked {
  readonly referralId?: string;
  readonly patientId?: string;
  readonly therapistId?: string;
  readonly state?: SessionStage;
  /** Visits that begin at this moment or later. */
  readonly from?: string;
  /** Visits that begin before it. */
  readonly to?: string;
  readonly latestFirst?: boolean;
  readonly counted?: boolean;
}

export const listSessions = listQuestion({
  ...described,
  name: 'listSessions',
  at: 'sessions',
  summary: 'Visits by their start',
  models: [sessionModel],
  values: ({ latestFirst: _order, counted: _counted, ...asked }: SessionsAsked) => asked,
  where: {
    referralId: (id) => t('t.referral_id', '=', id),
    patientId: ofPerson,
    therapistId: (id) => t('t.therapist_id', '=', id),
    state: (stage) => t('t.stage', '=', stage),
    from: (moment) => t('t.start_at', '>=', moment),
    to: (moment) => t('t.start_at', '<', moment),
  },
  counts: { signed: { state: 'Signed' } },
  order: ['start_at', 'id'],
  direction: 'asc',
});

export const getSession = oneQuestion({
  ...described,
  name: 'getSession',
  at: 'sessions/:id',
  summary: 'A visit with its note',
});
