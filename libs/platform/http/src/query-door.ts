/**
 * The HTTP room of questions: one controller whose methods are rows of a table. A context's questions say address, summary and answer;
 * what is left to say here is the class that checks a list's query string.
 */
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  SetMetadata,
  type Type,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { asWhoMay, requireActing, type Acting } from '@fascia/access';
import { isUuid } from '@fascia/kernel';
import { line, whole } from '@fascia/kernel/contract';
import {
  NotingDesk,
  READ_DESK,
  type ListQuestion,
  type Occasion,
  type OneQuestion,
  type Question,
  type ReadDesk,
} from '@fascia/read-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, pageOf } from './answers.js';
import { checkedBody } from './body-class.js';
import { ApiProblems } from './command-docs.js';
import {
  CURSORS,
  ListQuery,
  LONGEST_CURSOR,
  PAGE_DEFAULT,
  PAGE_MAX,
  type Cursors,
  type Page,
} from './lists.js';
import { openApiOf } from './openapi-schema.js';
import { INCOMPLETE_HEADER } from './positions.js';
import { occasionOf } from './occasion.js';
import { ProblemException, readsIncomplete } from './problems.js';
import { atLeastOf, READS } from './read-your-writes.js';

type QueryOf<Q> = Q extends ListQuestion<string, infer Query> ? Query : Record<never, never>;

/** A list that can be asked for something has a class that checks it; the class offers what the question takes, no more and no less. */
export type QueryClasses<Questions extends readonly Question[]> = {
  readonly [
    Q in Questions[number] as Exclude<keyof QueryOf<Q>, 'id'> extends never ? never : Q['name']
  ]: new () => ListQuery & Omit<QueryOf<Q>, 'id'>;
};

interface Desked {
  readonly desk: ReadDesk;
  readonly cursors: Cursors;
}

interface Asked {
  readonly acting: Acting;
  readonly on: Occasion;
  /** Whether the answer has to hold what the caller knows to be stored. */
  readonly atLeast: boolean;
}

const askedBy = (request: FastifyRequest): Asked => ({
  acting: requireActing(request),
  on: occasionOf(request),
  atLeast: atLeastOf(request) !== undefined,
});

type AnyList = ListQuestion<string, Record<string, unknown>>;

const notThere = (what: string): ProblemException =>
  new ProblemException(404, 'NOT_FOUND', `There is no such ${what}, or it is not yours to see.`);

const isNotThere = (answer: unknown): boolean => answer === undefined;

/** It is not there: or it is parked, and then nobody may believe that it is not. Whoever asks knows its id already. */
const missing = async (desk: NotingDesk, what: string, id: string | undefined): Promise<ProblemException> =>
  id !== undefined && (await desk.lacking({ id })) > 0 ? readsIncomplete() : notThere(what);

/** Whose list it is, where it is one person's. */
const personOf = (
  { at }: Question,
  { id, patientId }: Readonly<Record<string, unknown>>,
): readonly string[] =>
  [at.startsWith('patients/') ? id : undefined, patientId].filter((one) => typeof one === 'string');

const askList = async (
  { desk: itsDesk, cursors }: Desked,
  question: AnyList,
  { acting, on, atLeast }: Asked,
  { limit = PAGE_DEFAULT, cursor, ...asked }: Partial<ListQuery> & { readonly id?: string },
): Promise<Page<unknown>> => {
  if (asked.id !== undefined && !isUuid(asked.id)) throw notThere(question.resource);
  const desk = new NotingDesk(itsDesk, on);
  const after = await cursors.placeOf(question.name, cursor);
  const part = await asWhoMay(acting, (by) => question.ask(desk, by, asked, { limit, after }), isNotThere);
  if (part === undefined && question.deed === 'Audit')
    throw new ProblemException(403, 'FORBIDDEN_ROLE', 'This is for auditors.');
  if (part === undefined) throw await missing(desk, question.resource, asked.id);
  const patients = personOf(question, asked);
  desk.asked(acting.as[0], question.resource, patients);
  const lacking = await desk.lacking(patients.length === 0 ? undefined : { patients });
  // Of everybody's list only the page can say so: one parked stream is not to stop all that read what they wrote.
  if (atLeast && lacking > 0 && patients.length > 0) throw readsIncomplete();
  return cursors.pageFrom(question.name, part, lacking);
};

const askOne = async (
  { desk: itsDesk }: Desked,
  question: OneQuestion,
  { acting, on, atLeast, reply }: Asked & { readonly reply: FastifyReply },
  id: string,
): Promise<unknown> => {
  if (!isUuid(id)) throw notThere(question.resource);
  const desk = new NotingDesk(itsDesk, on);
  const answer = await asWhoMay(acting, (by) => question.ask(desk, by, id), isNotThere);
  if (answer === undefined) throw await missing(desk, question.resource, id);
  const lacking = await desk.lacking({ id });
  if (atLeast && lacking > 0) throw readsIncomplete();
  if (lacking > 0) reply.header(INCOMPLETE_HEADER, String(lacking));
  return answer;
};

const methodOf = (question: Question): PropertyDescriptor => {
  const value =
    question.kind === 'one'
      ? function (this: Desked, request: FastifyRequest, reply: FastifyReply, id: string): Promise<unknown> {
          return askOne(this, question, { ...askedBy(request), reply }, id);
        }
      : function (this: Desked, request: FastifyRequest, query: ListQuery, id?: string): Promise<unknown> {
          const asked = id === undefined ? query : Object.assign(query, { id });
          return askList(this, question, askedBy(request), asked);
        };
  return method(question.name, value);
};

const method = (name: string, value: (...given: never[]) => unknown): PropertyDescriptor => ({
  value: Object.defineProperty(value, 'name', { value: name }),
  writable: true,
  configurable: true,
});

/** What a search may meet, beside what every question may. */
const MET_BY_SEARCHES = [413, 415, 422];

const MET_BY_QUESTIONS = [400, 401, 403, 404, 503];

/** The list's second address: what would be personal data in an address is asked in a body, under the same rules and records. */
const addSearch = (prototype: object, question: AnyList & Required<Pick<AnyList, 'search'>>): void => {
  const { at, summary, answer, search } = question;
  const name = question.name.replace(/^list/, 'search');
  const words = search.extend({
    limit: whole(1, PAGE_MAX).optional(),
    cursor: line(LONGEST_CURSOR, '`next` of the page before.').optional(),
  });
  const descriptor = method(name, function (this: Desked, request: FastifyRequest): Promise<Page<unknown>> {
    return askList(this, question, askedBy(request), checkedBody(words, request.body));
  });
  Object.defineProperty(prototype, name, descriptor);
  Reflect.defineMetadata('design:paramtypes', [Object], prototype, name);
  Req()(prototype, name, 0);
  const decorators: readonly MethodDecorator[] = [
    Post(`${at}/search`),
    HttpCode(200),
    SetMetadata(READS, true),
    ApiOperation({
      operationId: name,
      summary: `${summary}: asked in a body, which no log or history keeps`,
    }),
    ApiBody({ schema: openApiOf(words, `${name.charAt(0).toUpperCase()}${name.slice(1)}Body`) }),
    Answers(pageOf(answer)),
    ApiProblems(...MET_BY_QUESTIONS, ...MET_BY_SEARCHES),
  ];
  for (const decorate of decorators) decorate(prototype, name, descriptor);
};

const isSearched = (question: Question): question is Question & AnyList & Required<Pick<AnyList, 'search'>> =>
  question.kind === 'list' && question.search !== undefined;

const ONE_HEADERS = {
  [INCOMPLETE_HEADER]: {
    description: 'How many things are parked that this may lack; absent when none is.',
    schema: { type: 'string' },
  },
} as const;

/** A controller without a heading of its own would stand under its class's name as well. */
const headingOf = (name: string, questions: readonly Question[]): string => {
  const [tag, ...others] = new Set(questions.map((question) => question.tag));
  if (tag === undefined || others.length > 0)
    throw new Error(`the questions of ${name} do not stand under one heading`);
  return tag;
};

export const queryDoor = <const Questions extends readonly Question[]>(
  name: string,
  questions: Questions,
  classes: QueryClasses<Questions>,
): Type => {
  const controller = Object.defineProperty(class {} as Type<Desked>, 'name', { value: `${name}Queries` });
  const prototype = controller.prototype as object;
  Inject(READ_DESK)(prototype, 'desk');
  Inject(CURSORS)(prototype, 'cursors');
  for (const question of questions) {
    const { name: method, at, summary, answer } = question;
    const descriptor = methodOf(question);
    Object.defineProperty(prototype, method, descriptor);
    const query = (classes as Readonly<Record<string, Type<ListQuery>>>)[method] ?? ListQuery;
    const identified = at.includes(':id');
    Reflect.defineMetadata(
      'design:paramtypes',
      question.kind === 'one' ? [Object, Object, String] : [Object, query, ...(identified ? [String] : [])],
      prototype,
      method,
    );
    Req()(prototype, method, 0);
    if (question.kind === 'list') Query()(prototype, method, 1);
    else Res({ passthrough: true })(prototype, method, 1);
    if (identified) Param('id')(prototype, method, 2);
    const decorators: readonly MethodDecorator[] = [
      Get(at),
      ApiOperation({ operationId: method, summary }),
      question.kind === 'one'
        ? Answers(answer, { headers: ONE_HEADERS })
        : Answers(pageOf(answer, question.counts)),
      ...(identified ? [ApiParam({ name: 'id', schema: { type: 'string' } })] : []),
    ];
    for (const decorate of decorators) decorate(prototype, method, descriptor);
    if (isSearched(question)) addSearch(prototype, question);
  }
  ApiTags(headingOf(name, questions))(controller);
  Controller('api/v1')(controller);
  return controller;
};
