/** What would come of a command now, before anybody gives it: every rule that says no, in its words, and nothing stored. */
import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { asWhoMay, requireActing } from '@fascia/access';
import { isUuid, type Refusals } from '@fascia/kernel';
import { answer, anything, many, maybe, words, type AnswerOf } from '@fascia/kernel/contract';
import type { AnyAggregate, RehearsalDoor } from '@fascia/write-door';
import type { FastifyRequest } from 'fastify';
import { Answers } from './answers.js';
import { checkedBody } from './body-class.js';
import { doneOr, reasonsOf } from './command-answer.js';
import { REFUSAL_ROWS, WRITE_DOOR } from './command-door.js';
import { ApiProblems } from './command-docs.js';
import { isPlainObject, refused, requireEmpty, UNKNOWN_NAME } from './validation.js';
import type { ProblemError } from './problems.js';

/** Nest token of the aggregates that have an address, by the types of their commands. */
export const REHEARSED = Symbol('REHEARSED');
export type RehearsedCommands = ReadonlyMap<string, AnyAggregate>;

const rehearsal = answer({
  refusals: many(
    answer({
      code: words(),
      title: words(),
      detail: words('A sentence a person can act on.'),
      pointer: maybe(words('RFC 6901, into the body of the command.')),
      about: maybe(anything('Codes and ids that it is about.')),
    }),
    'Every rule that would refuse it; empty: it would be done.',
  ),
});

interface Asked {
  readonly command: string;
  readonly id?: string;
  readonly body?: unknown;
}

const NAMES: readonly string[] = ['command', 'id', 'body'];

/** All that is wrong with it, at once. */
const askedIn = (given: unknown, commands: RehearsedCommands): Asked => {
  if (!isPlainObject(given)) throw refused([{ pointer: '', detail: 'must be an object' }]);
  const { command, id, body } = given as Readonly<Record<string, unknown>>;
  const known = typeof command === 'string' && commands.has(command);
  const faults: readonly ProblemError[] = [
    ...Object.keys(given)
      .filter((name) => !NAMES.includes(name))
      .map((name) => ({ pointer: `/${name}`, detail: UNKNOWN_NAME })),
    ...(known ? [] : [{ pointer: '/command', detail: 'must be a command, such as SendReferral' }]),
    ...(id === undefined || (typeof id === 'string' && isUuid(id))
      ? []
      : [{ pointer: '/id', detail: 'must be an id (a lower-case UUID)' }]),
  ];
  if (faults.length > 0) throw refused(faults);
  return { command: command as string, ...(typeof id === 'string' ? { id } : {}), body };
};

@ApiTags('Rehearsals')
@Controller('api/v1/rehearsals')
export class Rehearsals {
  constructor(
    @Inject(WRITE_DOOR) private readonly door: RehearsalDoor,
    @Inject(REHEARSED) private readonly commands: RehearsedCommands,
    @Inject(REFUSAL_ROWS) private readonly refusals: Refusals,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rehearseCommand',
    summary: 'What would refuse a command now; nothing is stored',
    description:
      'For a checklist while somebody writes. Whoever may not give the command may not rehearse it. What somebody else claims in the same moment is told only by the command itself.',
  })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['command'],
      additionalProperties: false,
      properties: {
        command: { type: 'string', description: 'Its type.', example: 'SendReferral' },
        id: {
          type: 'string',
          format: 'uuid',
          description: 'Of what it is given to; absent for one that begins something.',
        },
        body: { type: 'object', additionalProperties: true, description: 'As the command takes it.' },
      },
    },
  })
  @Answers(rehearsal)
  @ApiProblems(403, 404, 422)
  async rehearse(
    @Req() request: FastifyRequest,
    @Body() given: unknown,
  ): Promise<AnswerOf<typeof rehearsal>> {
    const { command: type, id = randomUUID(), body } = askedIn(given, this.commands);
    const aggregate = this.commands.get(type) as AnyAggregate;
    const schema = aggregate.commands[type]?.body;
    const takes = schema !== undefined && Object.keys(schema.shape).length > 0;
    if (!takes) requireEmpty(body);
    const { id: _brought, ...said } = takes ? checkedBody(schema, body) : {};
    const outcome = await asWhoMay(
      requireActing(request),
      (by) => this.door.rehearse(aggregate, { id, by, command: { ...said, type } }),
      ({ kind }) => kind === 'forbidden' || kind === 'notFound',
    );
    if (outcome.kind === 'willBeDone') return { refusals: [] };
    if (outcome.kind === 'refused') return { refusals: reasonsOf(outcome.refusal, this.refusals) };
    return doneOr(outcome, this.refusals) as never;
  }
}
