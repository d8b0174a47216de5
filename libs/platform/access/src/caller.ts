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

/** Identity comes from the token, rights from our data, so that a change of role acts at once. */
export interface CallerDirectory {
  /** @returns nothing for a subject that is unknown here or suspended. */
  callerOf(sub: string, issuer: string): Promise<Actor | undefined>;
}

export const CALLER_DIRECTORY = Symbol('CALLER_DIRECTORY');

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard; absent on public routes. */
    caller?: Actor;
  }
}

export const PUBLIC_ROUTE = 'fascia:public';

/** A route that needs no token: health, metrics, documentation. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC_ROUTE, true);

/** @throws AccessRefused 401 on a route that the guard let pass without a caller. */
export const requireCaller = (request: Pick<FastifyRequest, 'caller'>): Actor => {
  if (request.caller !== undefined) return request.caller;
  throw new AccessRefused(401, 'TOKEN_MISSING', 'Sign in first.', {
    'www-authenticate': 'Bearer realm="fascia"',
  });
};

/** The caller, as the guard found it. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  requireCaller(context.switchToHttp().getRequest<FastifyRequest>()),
);
