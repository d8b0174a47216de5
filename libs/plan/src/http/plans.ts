/** Plans of care over HTTP. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { PAYER_PROFILES, REGIONS, SIDES, TISSUES } from '@fascia/clinical';
import {
  Amount,
  Answers,
  asSent,
  CalendarDate,
  Code,
  Codes,
  commandDoor,
  day,
  Flag,
  Id,
  Ids,
  instant,
  integer,
  Line,
  Lines,
  ListOf,
  listOf,
  ListQuery,
  many,
  Nested,
  oneOf,
  oneOfCodes,
  OptionalText,
  orNull,
  pageOf,
  shape,
  Text,
  text,
  uuid,
  Whole,
  yesOrNo,
  type CommandDoor,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import type { Actor } from '@fascia/kernel';
import { READ_DESK, ReadDesk, type Scope } from '@fascia/read-store';
import { CO_INTERVENTION_KINDS, GOAL_CATEGORIES, GOAL_MEASURES } from '../contract/content.js';
import { SUBMIT_CHANNELS } from '../contract/events.js';
import { PLAN_COMMANDS, PLAN_STAGES } from '../contract/plan-transitions.js';
import { legalMoves, type PlanRow } from '../read/plan.js';
import type { PlanAggregate } from '../write/plan.aggregate.js';

class PlanSiteBody {
  @Code(REGIONS) region!: string;
  @Code(SIDES, { optional: true }) side?: string;
}

class PlanFrequencyBody {
  @Amount(0.5, 7) timesPerWeek!: number;
  @Whole(1, 52, { optional: true, description: 'For as long as the plan lasts when absent.' }) weeks?: number;
}

class CoInterventionBody {
  @Code(CO_INTERVENTION_KINDS) kind!: string;
  @Line(200, { description: 'Who sees to it.' }) by!: string;
  @OptionalText(4000) note?: string;
}

class PlanInterventionBody {
  @Line(20, { description: 'Code of the technique catalogue.' }) technique!: string;
  @ListOf(() => PlanSiteBody, { min: 1, max: 20 }) sites!: PlanSiteBody[];
  @Codes(TISSUES, { max: 5 }) tissues!: string[];
  @Whole(1, 480) minutesPerVisit!: number;
  @Line(10, { description: 'A billing code number.' }) cpt!: string;
}

class PlanGoalBody {
  @Line(64, { description: 'Stable over the versions of the plan.' }) goalId!: string;
  @Code(GOAL_CATEGORIES) category!: string;
  @Code(GOAL_MEASURES, { optional: true }) measure?: string;
  @Nested(() => PlanSiteBody, { optional: true }) site?: PlanSiteBody;
  @Amount(-360, 360, { optional: true }) baseline?: number;
  @Amount(-360, 360, { optional: true }) target?: number;
  @CalendarDate({ optional: true }) dueDate?: string;
  @Flag() longTerm!: boolean;
  @Text(4000) text!: string;
}

class PlanContentBody {
  @Ids({ optional: true, max: 20 }) diagnosisIds?: string[];
  @CalendarDate({ optional: true }) startDate?: string;
  @Whole(1, 366, { optional: true }) durationDays?: number;
  @Nested(() => PlanFrequencyBody, { optional: true }) frequency?: PlanFrequencyBody;
  @Whole(1, 200, { optional: true }) plannedVisits?: number;
  @ListOf(() => CoInterventionBody, { optional: true, max: 20 }) coInterventions?: CoInterventionBody[];
  @ListOf(() => PlanInterventionBody, { optional: true, max: 30 }) interventions?: PlanInterventionBody[];
  @ListOf(() => PlanGoalBody, { optional: true, max: 30 }) goals?: PlanGoalBody[];
  @Lines(20, { optional: true, max: 40 }) precautionsConsidered?: string[];
  @OptionalText(4000) homeProgram?: string;
}

class DraftPlanBody {
  @Id() referralId!: string;
  @Nested(() => PlanContentBody) content!: PlanContentBody;
}

class EditPlanBody {
  @Nested(() => PlanContentBody) content!: PlanContentBody;
}

class SubmitPlanBody {
  @Code(SUBMIT_CHANNELS) channel!: string;
  @Id({ optional: true, description: 'Proof of sending.' }) proofRef?: string;
}

class ReviewPlanBody {
  @Flag({ description: 'false: changes are asked for.' }) agree!: boolean;
  @OptionalText(4000) text?: string;
}

class CertifyPlanBody {
  @CalendarDate({ optional: true, description: 'For a shorter time than asked.' }) until?: string;
  @CalendarDate({ optional: true }) visitRequiredBy?: string;
  @Flag({ optional: true, description: 'Certified after its due date, with the reason.' }) delayed?: boolean;
  @OptionalText(4000) reason?: string;
}

class DiscontinuePlanBody {
  @Text(4000) reason!: string;
}

export const planCommands = (aggregate: PlanAggregate): CommandDoor =>
  commandDoor({
    path: 'plans',
    tag: 'Plans of care',
    aggregate,
    commands: [
      { command: 'DraftPlan', body: DraftPlanBody, summary: 'Begin a plan of care under a referral' },
      { command: 'EditPlan', at: 'edit', body: EditPlanBody, summary: 'Replace the content of a draft' },
      { command: 'EstablishPlan', at: 'establish', summary: 'Sign the plan: treatment may start' },
      { command: 'SubmitPlan', at: 'submit', body: SubmitPlanBody, summary: 'Send it to the physician' },
      { command: 'ReviewPlan', at: 'review', body: ReviewPlanBody, summary: 'Agree, or ask for changes' },
      {
        command: 'CertifyPlan',
        at: 'certify',
        body: CertifyPlanBody,
        summary: 'Certify it, where the payer wants that',
      },
      { command: 'CompletePlan', at: 'complete', summary: 'Treatment is done' },
      {
        command: 'DiscontinuePlan',
        at: 'discontinue',
        body: DiscontinuePlanBody,
        summary: 'End it early, with the reason',
      },
    ],
  });

class PlansQuery extends ListQuery {
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) patientId?: string;
  @Code(PLAN_STAGES, { optional: true }) state?: string;
}

export const PLAN_SCOPE: Scope = {
  recipient: 't.organization_id = @org',
  referrer: 't.referrer_organization_id = @org',
};
const QUESTION = {
  resource: 'plan',
  scope: PLAN_SCOPE,
  select: 'select t.* from read.plan t',
} as const satisfies Partial<ListQuestion>;

const plan = shape({
  id: uuid,
  version: integer,
  state: oneOfCodes(PLAN_STAGES),
  current: yesOrNo,
  enteredStateAt: instant,
  patientId: uuid,
  referralId: uuid,
  planVersion: { ...integer, description: 'From 1; 0 before it is established.' },
  content: asSent(PlanContentBody),
  inForce: orNull(asSent(PlanContentBody)),
  payerProfile: oneOfCodes(PAYER_PROFILES),
  needsCertification: yesOrNo,
  review: orNull(shape({ agree: yesOrNo, text: orNull(text), at: instant, by: orNull(uuid) })),
  establishedAt: orNull(instant),
  establishedBy: orNull(uuid),
  submittedAt: orNull(instant),
  certification: orNull(
    shape({ at: instant, by: uuid, from: day, until: day, delayed: yesOrNo, visitRequiredBy: orNull(day) }),
  ),
  endedReason: orNull(text),
  allowedActions: many(oneOfCodes(PLAN_COMMANDS)),
});

@ApiTags('Plans of care')
@Controller('api/v1/plans')
export class PlanQueries {
  constructor(@Inject(READ_DESK) private readonly desk: ReadDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listPlans', summary: 'Plans of care of your side, latest change first' })
  @Answers(pageOf(plan), { sent: [PlanContentBody] })
  list(@Caller() by: Actor, @Query() query: PlansQuery): Promise<Page<object>> {
    const filters = [
      ['t.referral_id = ?', query.referralId],
      ['t.patient_id = ?', query.patientId],
      ['t.stage = ?', query.state],
    ] as const;
    const question: ListQuestion = {
      ...QUESTION,
      order: ['t.entered_stage_at', 't.id'],
      direction: 'desc',
      filters,
    };
    return listOf<PlanRow, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show: (row) => this.show(by, row),
    });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getPlan', summary: 'A plan of care' })
  @Answers(plan, { sent: [PlanContentBody] })
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    return this.show(
      by,
      await oneOf<PlanRow>(this.desk, by, { question: QUESTION, id, patientOf: (row) => row.patient_id }),
    );
  }

  private show(by: Actor, row: PlanRow): object {
    const parties = { recipient: [row.organization_id], referrer: [row.referrer_organization_id] };
    return {
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
      payerProfile: row.payer_profile,
      needsCertification: row.needs_certification,
      review: row.review,
      establishedAt: row.established_at,
      establishedBy: row.established_by,
      submittedAt: row.submitted_at,
      certification:
        row.certified_at === null
          ? null
          : {
              at: row.certified_at,
              by: row.certified_by,
              from: row.certified_from,
              until: row.certified_until,
              delayed: row.certification_delayed,
              visitRequiredBy: row.visit_required_by,
            },
      endedReason: row.ended_reason,
      allowedActions: this.desk.allowedActions(by, 'plan', parties, legalMoves(row)),
    };
  }
}
