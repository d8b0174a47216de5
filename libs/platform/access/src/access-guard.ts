/** The global guard: a Bearer token on every route that is not declared public. */
import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AccessRefused } from './access-refused.js';
import { actingAs, ON_BEHALF_HEADER, PURPOSE_HEADER, ROLE_HEADER, type Chosen } from './acting.js';
import { CALLER_DIRECTORY, PUBLIC_ROUTE, type CallerDirectory } from './caller.js';
import { TOKEN_VERIFIER, type TokenFault, type TokenVerifier } from './token-verifier.js';

const FAULTS: Readonly<Record<TokenFault, string>> = {
  malformed: 'The access token is not one that can be read. Sign in again.',
  expired: 'Your sign-in has expired. Sign in again.',
  notYetValid: 'The access token is not valid yet. Check the clock of the machine that issued it.',
  wrongAudience: 'The access token is for another service.',
  wrongIssuer: 'The access token is from an issuer that is not trusted here.',
  badSignature: 'The access token was not signed by the issuer. Sign in again.',
  issuerUnreachable: 'The issuer cannot be reached to check your token. Try again in a moment.',
};

/** RFC 6750 §3: no error code when no token came at all. */
const challenge = (fault?: TokenFault): string =>
  fault === undefined ? 'Bearer realm="fascia"' : 'Bearer realm="fascia", error="invalid_token"';

const bearer = (header: string | undefined): string | undefined =>
  /^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1];

const one = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header.trim() : header?.join(', ');

const chosenBy = (headers: IncomingHttpHeaders): Chosen => ({
  role: one(headers[ROLE_HEADER.toLowerCase()]),
  onBehalfOf: one(headers[ON_BEHALF_HEADER.toLowerCase()]),
  purpose: one(headers[PURPOSE_HEADER.toLowerCase()]),
});

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
    const token = bearer(request.headers.authorization);
    if (token === undefined) {
      throw new AccessRefused(401, 'TOKEN_MISSING', 'Sign in first: this needs a Bearer access token.', {
        headers: { 'www-authenticate': challenge() },
      });
    }
    const verdict = await this.verifier.verify(token);
    if (!verdict.ok) throw refusalOf(verdict.fault);
    const held = await this.callers.rolesOf(verdict.sub, verdict.issuer);
    const [first, ...others] = held;
    if (first === undefined) {
      throw new AccessRefused(
        403,
        'ACCOUNT_UNKNOWN',
        'You are signed in, but this service has no active account for you. Ask your organisation.',
      );
    }
    // Whoever asks for a role that is not theirs is told no as who they are.
    request.acting = { held, as: [first, ...others] };
    const acting = await actingAs(held, chosenBy(request.headers), this.callers);
    request.acting = acting;
    [request.caller] = acting.as;
    return true;
  }
}

const refusalOf = (fault: TokenFault): AccessRefused =>
  fault === 'issuerUnreachable'
    ? new AccessRefused(503, 'ISSUER_UNREACHABLE', FAULTS[fault], { headers: { 'retry-after': '2' } })
    : new AccessRefused(401, 'TOKEN_INVALID', FAULTS[fault], {
        headers: { 'www-authenticate': challenge(fault) },
      });
