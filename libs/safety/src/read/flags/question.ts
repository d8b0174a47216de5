/** Red flags of the patients one cares for, latest first. */
import {
  CALL_SCRIPTS,
  CALL_STEPS,
  callScriptOf,
  emergencyNumberIn,
  isRedFlagId,
  RED_FLAGS,
  REGIONS,
  SIDES,
} from '@fascia/clinical';
import {
  CARE_TEAM_RELATIONS,
  CARE_RELATIONS,
  CARE_TEAM_PHONES,
  CARE_TEAM_SCOPE,
  ofPerson,
  partiesBy,
  unassignedAs,
  unassignedWord,
  type WithPhones,
  type WithRelations,
} from '@fascia/directory';
import { offered } from '@fascia/kernel';
import {
  answer,
  asSent,
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
import { FLAG_COMMANDS } from '../../contract/commands.js';
import { CALL_CHANNELS, FLAG_SOURCES, needsCall, URGENCIES } from '../../contract/events.js';
import { flagLifecycle, STAGES } from '../../contract/lifecycle.js';
import { ONLY_WHAT_IS_TOLD } from '../restricted.js';
import { flagModel, type FlagRow } from './model.js';

type Row = FlagRow & WithRelations & WithPhones & { readonly unassigned: boolean };

const t = conditionsOn<FlagRow>();

const emergency = answer({
  script: oneOfCodes(CALL_SCRIPTS, 'Names the steps for translations.'),
  steps: many(words('What to do, in order.')),
  emergencyNumber: words("Where the caller's organisation is."),
  phone: many(
    answer({
      relation: oneOfCodes(CARE_RELATIONS),
      organizationId: uuid(),
      name: words(),
      numbers: many(words()),
    }),
  ),
  callOutstanding: yesOrNo('Nobody who can act was reached yet, as far as is recorded.'),
});

const flag = answer({
  id: uuid(),
  version: integer(),
  status: oneOfCodes(STAGES.filter((stage) => stage !== 'none')),
  patientId: uuid(),
  referralId: orNull(uuid()),
  sessionId: orNull(uuid()),
  catalogueId: asSent<FlagRow['catalogue_id']>(oneOfCodes(RED_FLAGS.map((row) => row.id))),
  urgency: oneOfCodes(URGENCIES),
  source: oneOfCodes(FLAG_SOURCES),
  note: orNull(words()),
  answer: orNull(words("The physician's reason or disposition.")),
  site: orNull(answer({ region: oneOfCodes(REGIONS), side: maybe(oneOfCodes(SIDES)) })),
  reviewDueAt: orNull(moment()),
  calls: many(answer({ to: words(), channel: oneOfCodes(CALL_CHANNELS), reached: yesOrNo(), at: moment() })),
  emergency: orNull(emergency),
  raisedAt: moment(),
  settledAt: orNull(moment()),
  unassigned: unassignedWord(),
  allowedActions: many(oneOfCodes(offered(FLAG_COMMANDS))),
});

/** What to do now, while it is an emergency. */
const emergencyOf = ({ urgency, source, catalogue_id, calls, phones, country }: Row) => {
  if (urgency !== 'emergency' || !isRedFlagId(catalogue_id)) return null;
  const script = callScriptOf(catalogue_id);
  return {
    script,
    steps: CALL_STEPS[script],
    emergencyNumber: emergencyNumberIn(country ?? undefined),
    phone: phones,
    callOutstanding: needsCall({ urgency, source }) && !calls.some(({ reached }) => reached),
  };
};

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  status: row.status,
  patientId: row.patient_id,
  referralId: row.referral_id,
  sessionId: row.session_id,
  catalogueId: row.catalogue_id,
  urgency: row.urgency,
  source: row.source,
  note: row.note,
  answer: row.answer,
  site: row.site,
  reviewDueAt: row.review_due_at,
  calls: row.calls,
  emergency: emergencyOf(row),
  raisedAt: row.raised_at,
  settledAt: row.settled_at,
  unassigned: row.unassigned,
  allowedActions: desk.allowedActions(
    by,
    'flag',
    partiesBy(row, by.organizationId),
    offered(FLAG_COMMANDS, flagLifecycle.moves(row.status)),
  ),
});

const described = {
  tag: 'Red flags',
  resource: 'flag',
  scope: CARE_TEAM_SCOPE,
  answer: flag,
  from: tables<{ 'read.flag': FlagRow }>()
    .selectFrom('read.flag as t')
    .selectAll('t')
    .select([CARE_TEAM_RELATIONS, ...CARE_TEAM_PHONES, unassignedAs('flag')])
    .where(ONLY_WHAT_IS_TOLD),
  patientOf: (row: Row) => row.patient_id,
  show,
} as const;

export interface FlagsAsked {
  readonly patientId?: string;
  readonly referralId?: string;
  readonly status?: FlagRow['status'];
}

export const listFlags = listQuestion({
  ...described,
  name: 'listFlags',
  at: 'flags',
  summary: 'Red flags of the patients you care for, latest first',
  models: [flagModel],
  values: (query: FlagsAsked) => query,
  where: {
    patientId: ofPerson,
    referralId: (id) => t('t.referral_id', '=', id),
    status: (status) => t('t.status', '=', status),
  },
  order: ['raised_at', 'id'],
  direction: 'desc',
});

export const getFlag = oneQuestion({
  ...described,
  name: 'getFlag',
  at: 'flags/:id',
  summary: 'A red flag',
});
