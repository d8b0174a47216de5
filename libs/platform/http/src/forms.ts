/** What somebody has typed and not sent, over HTTP: their own and nobody else's, whatever they are shown otherwise. */
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { requireActing, roleName } from '@fascia/access';
import { answer, anything, moment, orNull, type AnswerOf } from '@fascia/kernel/contract';
import type { FastifyRequest } from 'fastify';
import { Answers } from './answers.js';
import { ApiProblems } from './command-docs.js';
import type { FormOwner, KeptForms } from './kept-forms.js';
import { ProblemException } from './problems.js';
import { isPlainObject, refused } from './validation.js';

/** Nest token of the {@link KeptForms}. */
export const KEPT_FORMS = Symbol('KEPT_FORMS');

/** What it is for and, where it is about one thing, its id. */
const FORM_NAME = /^[A-Za-z][A-Za-z-]{0,59}(\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

/** DEF: a note of twenty pages. */
const MOST_CHARACTERS = 200_000;

const kept = answer({
  typed: anything('As it was kept; null where nothing is.'),
  savedAt: orNull(moment()),
});
const saved = answer({ savedAt: moment() });

const WHAT = 'What somebody types and has not sent; of the caller in the role of the request.';

const nameIn = (form: string): string => {
  if (FORM_NAME.test(form)) return form;
  throw new ProblemException(
    404,
    'NOT_FOUND',
    'A form is named by letters, and by an id after a full stop where it is about one thing.',
  );
};

const ownerOf = (request: FastifyRequest): FormOwner => {
  const {
    as: [actor],
  } = requireActing(request);
  return { sub: actor.sub, role: roleName(actor) };
};

const typedIn = (body: unknown): object => {
  if (!isPlainObject(body) || !('typed' in body) || !isPlainObject(body.typed))
    throw refused([{ pointer: '/typed', detail: 'must be an object: what was typed so far' }]);
  if (JSON.stringify(body.typed).length > MOST_CHARACTERS)
    throw new ProblemException(
      413,
      'BODY_TOO_LARGE',
      `A form of more than ${String(MOST_CHARACTERS)} characters is not kept. Send part of it.`,
    );
  return body.typed;
};

@ApiTags('Forms')
@Controller('api/v1/forms')
export class FormsKept {
  constructor(@Inject(KEPT_FORMS) private readonly forms: KeptForms) {}

  @Get(':form')
  @ApiOperation({ operationId: 'getForm', summary: 'A form as it was left', description: WHAT })
  @Answers(kept)
  async find(@Req() request: FastifyRequest, @Param('form') form: string): Promise<AnswerOf<typeof kept>> {
    return (await this.forms.find(ownerOf(request), nameIn(form))) ?? { typed: null, savedAt: null };
  }
}

@ApiTags('Forms')
@Controller('api/v1/forms')
export class FormsKeeping {
  constructor(@Inject(KEPT_FORMS) private readonly forms: KeptForms) {}

  @Put(':form')
  @ApiOperation({
    operationId: 'keepForm',
    summary: 'Keep a form that is not finished',
    description: `${WHAT} It replaces what was kept before, and is gone after a stated time (FASCIA_FORM_DAYS).`,
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['typed'],
      additionalProperties: false,
      properties: { typed: { type: 'object', additionalProperties: true } },
    },
  })
  @Answers(saved)
  @ApiProblems(413, 422)
  async keep(
    @Req() request: FastifyRequest,
    @Param('form') form: string,
    @Body() body: unknown,
  ): Promise<AnswerOf<typeof saved>> {
    return { savedAt: await this.forms.keep(ownerOf(request), nameIn(form), typedIn(body)) };
  }

  @Delete(':form')
  @HttpCode(204)
  @ApiOperation({ operationId: 'dropForm', summary: 'Throw a form away, once it is sent or not wanted' })
  @ApiBearerAuth('oidc')
  @ApiResponse({ status: 204, description: 'There is none any more' })
  async drop(@Req() request: FastifyRequest, @Param('form') form: string): Promise<void> {
    await this.forms.drop(ownerOf(request), nameIn(form));
  }
}
