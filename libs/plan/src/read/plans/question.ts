/** Plans of care, for either side of a referral. */
import { ofPerson } from '@fascia/directory';
import { PAYER_PROFILES } from '@fascia/clinical';
import { offered } from '@fascia/kernel';
import {
  answer,
  asSent,
  date,
  integer,
  many,
  moment,
  oneOfCodes,
  orNull,
  uuid,
  words,
  yesOrNo,
} from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Asking } from '@fascia/read-store';
import { BOTH_SIDES, bothSidesOfRow } from '@fascia/referral';
import { PLAN_COMMANDS, planContent } from '../../contract/commands.js';
import type { CompleteContent, PlanContent } from '../../contract/content.js';
import { STAGES, type PlanStage } from '../../contract/lifecycle.js';
import { legalMoves, planModel, type PlanRow } from './model.js';

interface Tables {
  readonly 'read.plan': PlanRow;
}

const t = conditionsOn<PlanRow>();

const plan = answer({
  id: uuid(),
  version: integer(),
  state: oneOfCodes(STAGES),
  current: yesOrNo(),
  enteredStateAt: moment(),
  patientId: uuid(),
  referralId: uuid(),
  planVersion: integer('From 1; 0 before it is established.'),
  content: asSent<PlanContent>(planContent),
  inForce: orNull(asSent<CompleteContent>(planContent)),
  signedBefore: orNull(asSent<CompleteContent>(planContent)),
  payerProfile: oneOfCodes(PAYER_PROFILES),
  needsCertification: yesOrNo(),
  review: orNull(answer({ agree: yesOrNo(), text: orNull(words()), at: moment(), by: orNull(uuid()) })),
  establishedAt: orNull(moment()),
  establishedBy: orNull(uuid()),
  submittedAt: orNull(moment()),
  certification: orNull(
    answer({
      at: moment(),
      by: uuid(),
      from: date(),
      until: date(),
      delayed: yesOrNo(),
      visitRequiredBy: orNull(date()),
    }),
  ),
  endedReason: orNull(words()),
  allowedActions: many(oneOfCodes(offered(PLAN_COMMANDS))),
});

/** Its columns are filled together, and emptied together when a new version is signed. */
const certificationOf = ({
  certified_at: at,
  certified_by: by,
  certified_from: from,
  certified_until: until,
  certification_delayed: delayed,
  visit_required_by: visitRequiredBy,
}: PlanRow) =>
  at === null || by === null || from === null || until === null
    ? null
    : { at, by, from, until, delayed, visitRequiredBy };

const show = (row: PlanRow, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  state: row.stage,
  current: row.current,
  enteredStateAt: row.entered_stage_at,
  patientId: row.patient_id,
  referralId: row.referral_id,
  planVersion: row.plan_version,
  content: row.content,
  inForce: row.in_force,
  signedBefore: row.signed_before,
  payerProfile: row.payer_profile,
  needsCertification: row.needs_certification,
  review: row.review,
  establishedAt: row.established_at,
  establishedBy: row.established_by,
  submittedAt: row.submitted_at,
  certification: certificationOf(row),
  endedReason: row.ended_reason,
  allowedActions: desk.allowedActions(
    by,
    'plan',
    bothSidesOfRow(row),
    offered(PLAN_COMMANDS, legalMoves(row)),
  ),
});

const described = {
  tag: 'Plans of care',
  resource: 'plan',
  scope: BOTH_SIDES,
  answer: plan,
  from: tables<Tables>().selectFrom('read.plan as t').selectAll('t'),
  patientOf: (row: PlanRow) => row.patient_id,
  show,
} as const;

export interface PlansAsked {
  readonly referralId?: string;
  readonly patientId?: string;
  readonly state?: PlanStage;
}

export const listPlans = listQuestion({
  ...described,
  name: 'listPlans',
  at: 'plans',
  summary: 'Plans of care of your side, latest change first',
  models: [planModel],
  values: (query: PlansAsked) => query,
  where: {
    referralId: (id) => t('t.referral_id', '=', id),
    patientId: ofPerson,
    state: (stage) => t('t.stage', '=', stage),
  },
  order: ['entered_stage_at', 'id'],
  direction: 'desc',
});

export const getPlan = oneQuestion({
  ...described,
  name: 'getPlan',
  at: 'plans/:id',
  summary: 'A plan of care',
});
