/** Which of the caller's lists changed, told while they look at them. */
import { Controller, Get, Inject, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CALLER_DIRECTORY, TOKEN_VERIFIER, type CallerDirectory, type TokenVerifier } from '@fascia/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from './command-docs.js';
import { EVENT_HEADERS, EVENTS } from './event-stream.js';
import { LiveStreams, type LivePart } from './live-streams.js';

/** Nest token of the {@link LivePart}. */
export const LIVE = Symbol('LIVE');

@ApiTags('Live')
@Controller('api/v1/live')
export class Live implements OnModuleDestroy {
  readonly #streams: LiveStreams;

  constructor(
    @Inject(LIVE) part: LivePart,
    @Inject(TOKEN_VERIFIER) verifier: TokenVerifier,
    @Inject(CALLER_DIRECTORY) callers: CallerDirectory,
  ) {
    this.#streams = new LiveStreams({ verifier, callers }, part);
  }

  @Get()
  @ApiOperation({
    operationId: 'watchLists',
    summary: 'Which of your lists change, as it happens: server-sent events, until your token expires',
    description:
      'Open it before you read a list. `changed` names the lists to read again, by their addresses under `/api/v1` (`referrals`, `patients/:id/timeline`); the first names what changed since `Last-Event-ID`, or nothing. `resync`: read everything again. A comment comes when nothing else does. The stream ends with the token, when your roles change, and when the service stops: open it again.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The `id` of the last event that you had.',
    schema: { type: 'string' },
  })
  @ApiBearerAuth('oidc')
  @ApiResponse({
    status: 200,
    description: 'A stream of `changed` with `{"lists": [...]}` and `resync` with `{}`',
    content: { [EVENTS]: { schema: { type: 'string' } } },
  })
  @ApiProblems(429)
  async watch(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const stream = request.method === 'HEAD' ? undefined : await this.#streams.open(request);
    void reply.headers(EVENT_HEADERS).send(stream);
  }

  /** Before the server stops, which waits for every answer to end. */
  onModuleDestroy(): void {
    this.#streams.end();
  }
}
