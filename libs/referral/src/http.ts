/** Referrals over HTTP; the visits' own commands (book, no-show, cancel) come from sessions. */
import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import {
  Answers,
  Code,
  commandDoor,
  Flag,
  Id,
  Instant,
  ListQuery,
  occasionOf,
  ProblemException,
  queryDoor,
} from '@fascia/http';
import type { Actor } from '@fascia/kernel';
import { answer, many, oneOfCodes, uuid, words, yesOrNo } from '@fascia/kernel/contract';
import { NotingDesk, READ_DESK, ReadDesk } from '@fascia/read-store';
import type { FastifyRequest } from 'fastify';
import { REFERRAL_QUESTIONS } from './context.js';
import { STAGES, type Stage } from './contract/lifecycle.js';
import { PRIORITIES } from './contract/order.js';
import type { ReferralAggregate } from './write/referral.aggregate.js';
import { CHECKED_GUARDS, type SendCheck, type SendCheckAnswer } from './write/send-check.js';

const LATE = 'true: what is due next of it was due before now.';

class ReferralsQuery extends ListQuery {
  @Id({ optional: true }) patientId?: string;
  @Code(STAGES, { optional: true }) state?: Stage;
  @Flag({ optional: true, description: 'true: the loop is open.' }) open?: boolean;
  @Code(['mine', 'theirs'], { optional: true, description: 'mine: your side has to act.' }) move?:
    'mine' | 'theirs';
  @Flag({ optional: true, description: LATE }) late?: boolean;
  @Instant({ optional: true, description: 'Sent then or later, to the last clinic that it was sent to.' })
  sentFrom?: string;
  @Instant({ optional: true, description: 'Sent before.' }) sentTo?: string;
  @Code(PRIORITIES, { optional: true }) priority?: (typeof PRIORITIES)[number];
  @Id({ optional: true, description: 'On either side.' }) organizationId?: string;
  @Id({ optional: true, description: 'Who orders.' }) practitionerId?: string;
}

class MyReferralsQuery extends ListQuery {
  @Flag({ optional: true, description: 'true: the loop is open.' }) open?: boolean;
  @Code(['mine', 'theirs'], { optional: true, description: 'mine: your side has to act.' }) move?:
    'mine' | 'theirs';
  @Flag({ optional: true, description: LATE }) late?: boolean;
  @Flag({ optional: true, description: 'true: with how many there are of each kind.' }) counted?: boolean;
}

class CheckQuery {
  @Id() patientId!: string;
}

const checked = answer({
  patientId: uuid(),
  clear: yesOrNo(),
  findings: many(
    answer({ guard: oneOfCodes(CHECKED_GUARDS), code: words(), detail: words(), ids: many(uuid()) }),
  ),
  diagnosisIds: many(uuid()),
});

export const SEND_CHECK = Symbol('SEND_CHECK');

@ApiTags('Referrals')
@Controller('api/v1/referrals')
class SendChecks {
  constructor(
    @Inject(SEND_CHECK) private readonly check: SendCheck,
    @Inject(READ_DESK) private readonly desk: ReadDesk,
  ) {}

  @Get('check')
  @ApiOperation({
    operationId: 'checkReferral',
    summary: 'What would refuse a referral for this patient, before anybody types',
  })
  @Answers(checked)
  async checkSend(
    @Caller() by: Actor,
    @Req() request: FastifyRequest,
    @Query() { patientId }: CheckQuery,
  ): Promise<SendCheckAnswer> {
    const found = await this.check(new NotingDesk(this.desk, occasionOf(request)), by, patientId);
    if (found === undefined)
      throw new ProblemException(404, 'NOT_FOUND', 'There is no such patient, or it is not yours to see.');
    return found;
  }
}

export const referralDoors = (aggregate: ReferralAggregate) => ({
  commands: [commandDoor({ path: 'referrals', tag: 'Referrals', aggregate })],
  queries: [
    SendChecks,
    queryDoor('Referral', REFERRAL_QUESTIONS, {
      listReferrals: ReferralsQuery,
      listMyReferrals: MyReferralsQuery,
    }),
  ],
});
