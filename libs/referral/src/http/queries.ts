/** Referrals as lists and in detail. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  Code,
  Flag,
  Id,
  ListQuery,
  listOf,
  oneOf,
  pageOf,
  type ListQuestion,
  type Page,
} from '@fascia/http';
import type { Actor } from '@fascia/kernel';
import { READ_DESK, ReadDesk, type Scope } from '@fascia/read-store';
import { Transform } from 'class-transformer';
import { STAGES } from '../contract/transition-table.js';
import { legalMoves, partiesOfRow } from '../read/moves.js';
import type { ReferralRow } from '../read/referral.js';
import type { ThreadRow } from '../read/thread.js';
import { checkAnswer, detailAnswer, SENT, summaryAnswer } from './answers.js';
import { CHECK_PORT, type SendCheck } from './check.js';

export const REFERRAL_SCOPE: Scope = {
  referrer: 't.referrer_organization_id = @org',
  recipient: 't.recipient_organization_id = @org',
  pool: '@org = any(t.pool_organization_ids)',
};

const asBoolean = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);

class ReferralsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Code(STAGES, { optional: true }) state?: string;
  @asBoolean @Flag({ optional: true, description: 'true: the loop is open.' }) open?: boolean;
  @Code(['mine', 'theirs'], { optional: true, description: 'mine: your side has to act.' }) move?:
    'mine' | 'theirs';
}

class CheckQuery {
  @Id() patientId!: string;
}

interface Named {
  readonly patient_name: string | null;
  readonly patient_birth_date: string | null;
  readonly recipient_name: string | null;
  readonly referrer_name: string | null;
}

type Row = ReferralRow & Named;

const SELECT = `select t.*, p.name as patient_name, p.birth_date as patient_birth_date, ro.name as recipient_name, fo.name as referrer_name
 from read.referral t left join read.patient p on p.id = t.patient_id
 left join read.organization ro on ro.id = t.recipient_organization_id
 left join read.organization fo on fo.id = t.referrer_organization_id`;

const summary = (row: Row, actions: readonly string[]) => ({
  id: row.id,
  version: row.version,
  state: row.stage,
  open: row.open,
  whoseMove: row.whose_move,
  enteredStateAt: row.entered_stage_at,
  patient: { id: row.patient_id, name: row.patient_name, birthDate: row.patient_birth_date },
  referrer: {
    organizationId: row.referrer_organization_id,
    name: row.referrer_name,
    practitionerId: row.referrer_practitioner_id,
  },
  recipient:
    row.recipient_organization_id === null
      ? null
      : { organizationId: row.recipient_organization_id, name: row.recipient_name },
  priority: row.priority,
  sites: row.sites,
  diagnosisCodes: row.diagnosis_codes,
  payerProfile: row.payer_profile,
  validUntil: row.valid_until,
  leg: row.legs.length,
  loop: row.loop,
  allowedActions: actions,
});

const detail = (row: Row, thread: readonly ThreadRow[]) => ({
  content: row.content,
  legs: row.legs.map(({ no, kind, listing_ids, organization_ids, recipient, ended }) => ({
    no,
    kind,
    listingIds: listing_ids,
    organizationIds: organization_ids,
    recipientOrganizationId: recipient,
    ended,
  })),
  booked: row.booked,
  proposal: row.proposal,
  revisionToAcknowledge: row.revision_to_acknowledge,
  holder: row.holder,
  outcome: row.outcome,
  thread: thread.map(({ id, at, by, role, kind, text, details }) => ({
    id,
    at,
    by,
    role,
    kind,
    text,
    details,
  })),
});

@ApiTags('Referrals')
@Controller('api/v1/referrals')
export class ReferralQueries {
  constructor(
    @Inject(READ_DESK) private readonly desk: ReadDesk,
    @Inject(CHECK_PORT) private readonly check: SendCheck,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listReferrals', summary: 'Referrals of your side, latest change first' })
  @Answers(pageOf(summaryAnswer), { sent: SENT })
  list(@Caller() by: Actor, @Query() query: ReferralsQuery): Promise<Page<object>> {
    const mine = `(case t.whose_move when 'referrer' then t.referrer_organization_id when 'recipient' then t.recipient_organization_id end) is not distinct from ?`;
    const question: ListQuestion = {
      resource: 'referral',
      scope: REFERRAL_SCOPE,
      select: SELECT,
      order: ['t.entered_stage_at', 't.id'],
      direction: 'desc',
      filters: [
        ['t.patient_id = ?', query.patientId],
        ['t.stage = ?', query.state],
        ['t.open = ?', query.open],
        [
          query.move === 'theirs' ? `not (${mine})` : mine,
          query.move === undefined ? undefined : (by.organizationId ?? null),
        ],
      ],
    };
    return listOf<Row, object>(this.desk, by, {
      question,
      query,
      patientOf: (row) => row.patient_id,
      show: (row) => summary(row, this.actions(by, row)),
    });
  }

  @Get('check')
  @ApiOperation({
    operationId: 'checkReferral',
    summary: 'What would refuse a referral for this patient, before anybody types',
  })
  @Answers(checkAnswer)
  checkSend(@Caller() by: Actor, @Query() query: CheckQuery): Promise<object> {
    return this.check.check(by, query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getReferral', summary: 'A referral with its loop and thread' })
  @Answers(detailAnswer, { sent: SENT })
  async one(@Caller() by: Actor, @Param('id') id: string): Promise<object> {
    const question = { resource: 'referral', scope: REFERRAL_SCOPE, select: SELECT } as const;
    const row = await oneOf<Row>(this.desk, by, { question, id, patientOf: ({ patient_id }) => patient_id });
    const thread = await this.desk.rows.query<ThreadRow>(
      'select * from read.referral_thread where referral_id = $1 order by ordinal',
      [id],
    );
    return { ...summary(row, this.actions(by, row)), ...detail(row, thread) };
  }

  private actions(by: Actor, row: ReferralRow): readonly string[] {
    return this.desk.allowedActions(by, 'referral', partiesOfRow(row), legalMoves(row));
  }
}
