/** From the headers of a request to who calls: asked for every request, and again while an answer goes on. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '@fascia/kernel';
import { AccessRefused } from './access-refused.js';
import {
  actingAs,
  ON_BEHALF_HEADER,
  PURPOSE_HEADER,
  ROLE_HEADER,
  type Acting,
  type Chosen,
} from './acting.js';
import type { CallerDirectory } from './caller.js';
import type { TokenFault, TokenVerifier } from './token-verifier.js';

export interface Admission {
  readonly verifier: TokenVerifier;
  readonly callers: CallerDirectory;
}

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

const refusalOf = (fault: TokenFault): AccessRefused =>
  fault === 'issuerUnreachable'
    ? new AccessRefused(503, 'ISSUER_UNREACHABLE', FAULTS[fault], { headers: { 'retry-after': '2' } })
    : new AccessRefused(401, 'TOKEN_INVALID', FAULTS[fault], {
        headers: { 'www-authenticate': challenge(fault) },
      });

interface Identified {
  readonly held: Acting['as'];
  /** When the token expires. */
  readonly until: Date;
}

/** Every role of whoever brings the token. @throws AccessRefused 401 and 403; 503 when it cannot be known */
export const identified = async (
  { authorization }: IncomingHttpHeaders,
  { verifier, callers }: Admission,
): Promise<Identified> => {
  const token = bearer(authorization);
  if (token === undefined) {
    throw new AccessRefused(401, 'TOKEN_MISSING', 'Sign in first: this needs a Bearer access token.', {
      headers: { 'www-authenticate': challenge() },
    });
  }
  const verdict = await verifier.verify(token);
  if (!verdict.ok) throw refusalOf(verdict.fault);
  const [first, ...others]: readonly Actor[] = await callers.rolesOf(verdict.sub, verdict.issuer);
  if (first === undefined) {
    throw new AccessRefused(
      403,
      'ACCOUNT_UNKNOWN',
      'You are signed in, but this service has no active account for you. Ask your organisation.',
    );
  }
  return { held: [first, ...others], until: verdict.expiresAt };
};

/** In which of them a request is made, as its headers choose. @throws AccessRefused 403 and 400 */
export const choosing = (
  headers: IncomingHttpHeaders,
  held: readonly Actor[],
  { callers }: Admission,
): Promise<Acting> => actingAs(held, chosenBy(headers), callers);
