/** What an operator does about registers over HTTP: compare them with their owners, and make them right. */
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller } from '@fascia/access';
import { Answers } from '@fascia/http';
import type { AccessPolicy, Actor } from '@fascia/kernel';
import { answer, integer, many, uuid, words, type AnswerOf } from '@fascia/kernel/contract';
import type { RegisterAdmin } from '@fascia/write-door';
import { assertOperator } from './operator.js';

export interface RegisterOperationsParts {
  readonly admin: RegisterAdmin;
  readonly policy: AccessPolicy;
}

const finding = answer({ register: words(), owner: words('The stream whose claim it is.'), claimId: uuid() });

const report = answer({
  registers: integer(),
  standing: integer('Claims that their owners hold.'),
  waiting: integer('Claims whose owners may yet come.'),
  left: many(finding, 'Claims that nobody holds: in nobody’s way, but there.'),
  lacking: many(finding, 'Owners that hold what the register does not know of.'),
  clashing: many(finding, 'Held by two at once.'),
  unknown: many(words(), 'Streams that cannot be read as a whole: what they hold is not known.'),
});

const repair = answer({
  released: integer(),
  claimed: integer(),
  unsolved: many(finding, 'Held by an owner while another one holds it too: for people to decide.'),
});

export const REGISTERS = Symbol('REGISTERS');

@ApiTags('Operation')
@Controller('api/v1/admin/registers')
export class RegisterOperations {
  constructor(@Inject(REGISTERS) private readonly parts: RegisterOperationsParts) {}

  @Post('verify')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'verifyRegisters',
    summary: 'Compare what is claimed once for all with what streams hold',
  })
  @Answers(report)
  async verify(@Caller() by: Actor): Promise<AnswerOf<typeof report>> {
    this.allow(by);
    const { left, lacking, clashing, unknown, ...counts } = await this.parts.admin.verify();
    return {
      ...counts,
      left: [...left],
      lacking: [...lacking],
      clashing: [...clashing],
      unknown: [...unknown],
    };
  }

  @Post('rebuild')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rebuildRegisters',
    summary: 'Release what nobody holds, claim what an owner lacks; asked again it goes on',
  })
  @Answers(repair)
  async rebuild(@Caller() by: Actor): Promise<AnswerOf<typeof repair>> {
    this.allow(by);
    const { unsolved, ...counts } = await this.parts.admin.rebuild(by);
    return { ...counts, unsolved: [...unsolved] };
  }

  private allow(by: Actor): void {
    assertOperator(this.parts.policy, by);
  }
}
