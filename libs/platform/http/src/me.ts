/** Who the caller is here: the roles that they hold, and the one that this request would be made in. */
import { Controller, Get, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { requireActing, roleName } from '@fascia/access';
import { ROLES, type Actor } from '@fascia/kernel';
import { answer, many, oneOfCodes, orNull, uuid, words, type AnswerOf } from '@fascia/kernel/contract';
import type { FastifyRequest } from 'fastify';
import { Answers } from './answers.js';

const held = {
  name: words('What the header Fascia-Role says to choose it.'),
  role: oneOfCodes(ROLES),
  organizationId: orNull(uuid()),
};

const me = answer({
  sub: words('Subject of the access token.'),
  practitionerId: orNull(uuid()),
  roles: many(answer(held)),
  actingAs: answer({ ...held, onBehalfOf: orNull(uuid()) }),
});

const shown = (actor: Actor): { name: string; role: Actor['role']; organizationId: string | null } => ({
  name: roleName(actor),
  role: actor.role,
  organizationId: actor.organizationId ?? null,
});

@ApiTags('Directory')
@Controller('api/v1/me')
export class Me {
  @Get()
  @ApiOperation({ operationId: 'getMe', summary: 'Who you are here: your roles, and the one that is chosen' })
  @Answers(me)
  show(@Req() request: FastifyRequest): AnswerOf<typeof me> {
    const {
      held: roles,
      as: [first],
    } = requireActing(request);
    return {
      sub: first.sub,
      practitionerId: first.practitionerId ?? null,
      roles: roles.map(shown),
      actingAs: { ...shown(first), onBehalfOf: first.onBehalfOf ?? null },
    };
  }
}
