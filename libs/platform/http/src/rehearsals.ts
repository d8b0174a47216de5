/** What would come of a command now, before anybody gives it: every rule that says no, in its words, and nothing stored. */
import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, Post, Req, type Type } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags, type ApiBodyOptions } from '@nestjs/swagger';
import { asWhoMay, requireActing } from '@fascia/access';
import { isUuid, type Refusals } from '@fascia/kernel';
import { answer, anything, many, maybe, words, type AnswerOf } from '@fascia/kernel/contract';
import type { AnyAggregate, RehearsalDoor } from '@fascia/write-door';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from './answers.js';
import { checkedBody } from './body-class.js';
import { doneOr, reasonsOf } from './command-answer.js';
import { REFUSAL_ROWS, WRITE_DOOR } from './command-door.js';
import { ApiProblems } from './command-docs.js';
import { isPlainObject, refused, requireEmpty, UNKNOWN_NAME } from './validation.js';
import { ProblemException, type ProblemError } from './problems.js';

/** Aggregates by the types of their commands. */
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

type Told = AnswerOf<typeof rehearsal>['refusals'][number];

interface Asked {
  readonly command: string;
  readonly id?: string;
  readonly body?: unknown;
  readonly aggregate: AnyAggregate;
}

const NAMES: readonly string[] = ['command', 'id', 'body'];

/** All that is wrong with it, at once. */
const askedIn = (given: unknown, commands: RehearsedCommands): Asked => {
  if (!isPlainObject(given)) throw refused([{ pointer: '', detail: 'must be an object' }]);
  const { command, id, body } = given as Readonly<Record<string, unknown>>;
  const aggregate = commands.get(String(command));
  const faults: readonly ProblemError[] = [
    ...Object.keys(given)
      .filter((name) => !NAMES.includes(name))
      .map((name) => ({ pointer: `/${name}`, detail: UNKNOWN_NAME })),
    ...(aggregate !== undefined
      ? []
      : [{ pointer: '/command', detail: 'must be a command, such as SendReferral' }]),
    ...(id === undefined || (typeof id === 'string' && isUuid(id))
      ? []
      : [{ pointer: '/id', detail: 'must be an id (a lower-case UUID)' }]),
  ];
  if (faults.length > 0 || aggregate === undefined) throw refused(faults);
  return { command: String(command), ...(typeof id === 'string' ? { id } : {}), body, aggregate };
};

/** Of a body that the command would not take: each fault as a refusal. */
const faultsOf = ({ problem: { code, title, detail, errors = [] } }: ProblemException): Told[] =>
  errors.length === 0
    ? [{ code, title, detail }]
    : errors.map((fault) => ({ code, title, detail: fault.detail, pointer: fault.pointer }));

/** @returns what the command is given; what is wrong with it instead */
const saidIn = (schema: z.ZodObject, body: unknown): Readonly<Record<string, unknown>> | Told[] => {
  try {
    if (Object.keys(schema.shape).length > 0) return checkedBody(schema, body);
    requireEmpty(body);
    return {};
  } catch (error) {
    if (error instanceof ProblemException) return faultsOf(error);
    throw error;
  }
};

const described = (commands: RehearsedCommands): ApiBodyOptions => ({
  schema: {
    type: 'object',
    required: ['command'],
    additionalProperties: false,
    properties: {
      command: { type: 'string', enum: [...commands.keys()].sort(), example: 'SendReferral' },
      id: {
        type: 'string',
        format: 'uuid',
        description: 'Of what it is given to; absent for one that begins something.',
      },
      body: { type: 'object', additionalProperties: true, description: 'As the command takes it.' },
    },
  },
});

/** @param commands those that somebody can give at an address */
export const rehearsalDoor = (commands: RehearsedCommands): Type => {
  @ApiTags('Rehearsals')
  @Controller('api/v1/rehearsals')
  class Rehearsals {
    constructor(
      @Inject(WRITE_DOOR) private readonly door: RehearsalDoor,
      @Inject(REFUSAL_ROWS) private readonly refusals: Refusals,
    ) {}

    @Post()
    @HttpCode(200)
    @ApiOperation({
      operationId: 'rehearseCommand',
      summary: 'What would refuse a command now; nothing is stored',
      description:
        'For a checklist while somebody writes. Whoever may not give the command may not rehearse it, but for a delegate who prepares an order for a physician (`Fascia-On-Behalf-Of`): they are told what would be refused to that physician. What somebody else claims in the same moment is told only by the command itself.',
    })
    @ApiBody(described(commands))
    @Answers(rehearsal)
    @ApiProblems(403, 404, 422)
    async rehearse(
      @Req() request: FastifyRequest,
      @Body() given: unknown,
    ): Promise<AnswerOf<typeof rehearsal>> {
      const { command: type, id = randomUUID(), body, aggregate } = askedIn(given, commands);
      const said = saidIn(aggregate.commands[type]?.body as z.ZodObject, body);
      if (Array.isArray(said)) return { refusals: said };
      const { id: _brought, ...rest } = said;
      const outcome = await asWhoMay(
        requireActing(request),
        (by) => this.door.rehearse(aggregate, { id, by, command: { ...rest, type } }),
        ({ kind }) => kind === 'forbidden' || kind === 'notFound',
      );
      if (outcome.kind === 'willBeDone') return { refusals: [] };
      if (outcome.kind === 'refused') return { refusals: reasonsOf(outcome.refusal, this.refusals) };
      return doneOr(outcome, this.refusals) as never;
    }
  }
  return Rehearsals;
};
