/** Who calls: from the subject of a verified token to a person of our directory. */
import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { Actor } from '@fascia/kernel';
import type { FastifyRequest } from 'fastify';
import { AccessRefused } from './access-refused.js';
import type { Acting, Colleagues } from './acting.js';

/** Identity comes from the token, rights from our data, so that a change of role acts at once. */
export interface CallerDirectory extends Colleagues {
  /** In the order in which they were given. @returns none for a subject that is unknown here or suspended. */
  rolesOf(sub: string, issuer: string): Promise<readonly Actor[]>;
}

export const CALLER_DIRECTORY = Symbol('CALLER_DIRECTORY');

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard; absent on public routes. The first of the roles that `acting` says. */
    caller?: Actor;
    acting?: Acting;
  }
}

export const PUBLIC_ROUTE = 'fascia:public';

/** A route that needs no token: health, metrics, documentation. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC_ROUTE, true);

/** @throws AccessRefused 401 on a route that the guard let pass without a caller. */
export const requireActing = (request: Pick<FastifyRequest, 'acting'>): Acting => {
  if (request.acting !== undefined) return request.acting;
  throw new AccessRefused(401, 'TOKEN_MISSING', 'Sign in first.', {
    headers: { 'www-authenticate': 'Bearer realm="fascia"' },
  });
};

/** @throws as {@link requireActing} */
export const requireCaller = (request: Pick<FastifyRequest, 'acting'>): Actor => requireActing(request).as[0];

/**
 * In the first of the caller's roles that may: where one is told no, the next is asked, and the first "no" is what is told.
 * @param saysNo an answer under which nothing was done and nothing shown
 */
export const asWhoMay = async <T>(
  { as: [first, ...others] }: Acting,
  ask: (by: Actor) => Promise<T>,
  saysNo: (answer: T) => boolean,
): Promise<T> => {
  const answer = await ask(first);
  if (!saysNo(answer)) return answer;
  for (const by of others) {
    const other = await ask(by);
    if (!saysNo(other)) return other;
  }
  return answer;
};

/** The caller, as the guard found it. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  requireCaller(context.switchToHttp().getRequest<FastifyRequest>()),
);
