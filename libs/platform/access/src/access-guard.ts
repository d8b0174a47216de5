/** The global guard: a Bearer token on every route that is not declared public. */
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { choosing, identified } from './admission.js';
import { CALLER_DIRECTORY, PUBLIC_ROUTE, type CallerDirectory } from './caller.js';
import { TOKEN_VERIFIER, type TokenVerifier } from './token-verifier.js';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(TOKEN_VERIFIER) readonly verifier: TokenVerifier,
    @Inject(CALLER_DIRECTORY) readonly callers: CallerDirectory,
    @Inject(Reflector) readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC_ROUTE, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { held } = await identified(request.headers, this);
    // Whoever asks for a role that is not theirs is told no as who they are.
    request.acting = { held, as: held };
    const acting = await choosing(request.headers, held, this);
    request.acting = acting;
    [request.caller] = acting.as;
    return true;
  }
}
