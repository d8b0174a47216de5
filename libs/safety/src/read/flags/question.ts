/** Red flags of the patients one cares for, latest first. */
import { RED_FLAGS } from '@fascia/clinical';
import {
  CARE_TEAM_RELATIONS,
  CARE_TEAM_SCOPE,
  ofPerson,
  partiesBy,
  unassignedAs,
  unassignedWord,
  type WithRelations,
} from '@fascia/directory';
import { offered } from '@fascia/kernel';
import {
  answer,
  asSent,
  integer,
  many,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Asking } from '@fascia/read-store';
import { FLAG_COMMANDS } from '../../contract/commands.js';
import { FLAG_SOURCES, URGENCIES } from '../../contract/events.js';
import { flagLifecycle, STAGES } from '../../contract/lifecycle.js';
import { flagModel, type FlagRow } from './model.js';

type Row = FlagRow & WithRelations & { readonly unassigned: boolean };

const t = conditionsOn<FlagRow>();

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
  raisedAt: moment(),
  settledAt: orNull(moment()),
  unassigned: unassignedWord(),
  allowedActions: many(oneOfCodes(offered(FLAG_COMMANDS))),
});

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
    .select([CARE_TEAM_RELATIONS, unassignedAs('flag')]),
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
