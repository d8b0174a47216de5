/**
 * The HTTP room of questions: one controller whose methods are rows of a table. A context's questions say address, summary and answer;
 * what is left to say here is the class that checks a list's query string.
 */
import { Controller, Get, Inject, Param, Query, Req, type Type } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { requireCaller } from '@fascia/access';
import { isUuid, type Actor } from '@fascia/kernel';
import {
  READ_DESK,
  type ListQuestion,
  type OneQuestion,
  type Question,
  type ReadDesk,
} from '@fascia/read-store';
import type { FastifyRequest } from 'fastify';
import { Answers, pageOf } from './answers.js';
import { ListQuery, pageFrom, placeOf, type Page } from './lists.js';
import { ProblemException } from './problems.js';

type QueryOf<Q> = Q extends ListQuestion<string, infer Query> ? Query : Record<never, never>;

/** A list that can be asked for something has a class that checks it; the class offers what the question takes, no more and no less. */
export type QueryClasses<Questions extends readonly Question[]> = {
  readonly [
    Q in Questions[number] as Exclude<keyof QueryOf<Q>, 'id'> extends never ? never : Q['name']
  ]: new () => ListQuery & Omit<QueryOf<Q>, 'id'>;
};

interface Desked {
  readonly desk: ReadDesk;
}

type AnyList = ListQuestion<string, Record<string, unknown>>;

const notThere = (what: string): ProblemException =>
  new ProblemException(404, 'NOT_FOUND', `There is no such ${what}, or it is not yours to see.`);

const askList = async (
  desk: ReadDesk,
  question: AnyList,
  by: Actor,
  { limit, cursor, ...asked }: ListQuery & { readonly id?: string },
): Promise<Page<unknown>> => {
  if (asked.id !== undefined && !isUuid(asked.id)) throw notThere(question.resource);
  const part = await question.ask(desk, by, asked, { limit, after: placeOf(cursor) });
  if (part === undefined) throw notThere(question.resource);
  return pageFrom(part);
};

const askOne = async (desk: ReadDesk, question: OneQuestion, by: Actor, id: string): Promise<unknown> => {
  if (!isUuid(id)) throw notThere(question.resource);
  const answer = await question.ask(desk, by, id);
  if (answer === undefined) throw notThere(question.resource);
  return answer;
};

const methodOf = (question: Question): PropertyDescriptor => {
  const value =
    question.kind === 'one'
      ? function (this: Desked, request: FastifyRequest, id: string): Promise<unknown> {
          return askOne(this.desk, question, requireCaller(request), id);
        }
      : function (this: Desked, request: FastifyRequest, query: ListQuery, id?: string): Promise<unknown> {
          const asked = id === undefined ? query : Object.assign(query, { id });
          return askList(this.desk, question, requireCaller(request), asked);
        };
  return {
    value: Object.defineProperty(value, 'name', { value: question.name }),
    writable: true,
    configurable: true,
  };
};

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
  for (const question of questions) {
    const { name: method, at, summary, answer } = question;
    const descriptor = methodOf(question);
    Object.defineProperty(prototype, method, descriptor);
    const query = (classes as Readonly<Record<string, Type<ListQuery>>>)[method] ?? ListQuery;
    const identified = at.includes(':id');
    Reflect.defineMetadata(
      'design:paramtypes',
      question.kind === 'one' ? [Object, String] : [Object, query, ...(identified ? [String] : [])],
      prototype,
      method,
    );
    Req()(prototype, method, 0);
    if (question.kind === 'list') Query()(prototype, method, 1);
    if (identified) Param('id')(prototype, method, question.kind === 'one' ? 1 : 2);
    const decorators: readonly MethodDecorator[] = [
      Get(at),
      ApiOperation({ operationId: method, summary }),
      Answers(question.kind === 'one' ? answer : pageOf(answer)),
      ...(identified ? [ApiParam({ name: 'id', schema: { type: 'string' } })] : []),
    ];
    for (const decorate of decorators) decorate(prototype, method, descriptor);
  }
  ApiTags(headingOf(name, questions))(controller);
  Controller('api/v1')(controller);
  return controller;
};
