/** Access tokens: JWTs of one issuer, for one audience, signed with asymmetric algorithms that are fixed here. */
import { createHash } from 'node:crypto';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { LRUCache } from 'lru-cache';

export const TOKEN_VERIFIER = Symbol('TOKEN_VERIFIER');

export type TokenFault =
  | 'malformed'
  | 'expired'
  | 'notYetValid'
  | 'wrongAudience'
  | 'wrongIssuer'
  | 'badSignature'
  /** Not the token's fault: its keys could not be fetched. */
  | 'issuerUnreachable';

export type TokenVerdict =
  | { readonly ok: true; readonly sub: string; readonly issuer: string; readonly expiresAt: Date }
  | { readonly ok: false; readonly fault: TokenFault };

export interface TokenVerifier {
  /** Never throws, and never repeats the token in what it answers. */
  verify(token: string): Promise<TokenVerdict>;
}

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its keys, or the keys themselves. */
  readonly jwks: URL | JSONWebKeySet;
  /** Asymmetric ones only: `none` and shared secrets are refused when the verifier is made. */
  readonly algorithms?: readonly string[];
  readonly clockToleranceSeconds?: number;
  readonly now?: () => Date;
}

const ASYMMETRIC = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const LONGEST_TOKEN = 16 * 1024;
const REMEMBERED = 10_000;
const FETCH_TIMEOUT_MS = 3000;
const COOLDOWN_MS = 5000;

type Good = Extract<TokenVerdict, { ok: true }>;

export const createTokenVerifier = (options: TokenVerifierOptions): TokenVerifier => {
  const algorithms = options.algorithms ?? ASYMMETRIC;
  const odd = algorithms.find((name) => !/^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/.test(name));
  if (odd !== undefined || algorithms.length === 0)
    throw new Error(`not an algorithm for access tokens: ${odd ?? '(none)'}`);
  const keys: JWTVerifyGetKey =
    options.jwks instanceof URL
      ? createRemoteJWKSet(options.jwks, { timeoutDuration: FETCH_TIMEOUT_MS, cooldownDuration: COOLDOWN_MS })
      : createLocalJWKSet(options.jwks);
  return new RememberingVerifier(options, algorithms, keys);
};

/** A verified token is remembered by its hash until it expires: a signature costs far more than a look-up. */
class RememberingVerifier implements TokenVerifier {
  readonly #known = new LRUCache<string, Good>({ max: REMEMBERED });

  constructor(
    private readonly options: TokenVerifierOptions,
    private readonly algorithms: readonly string[],
    private readonly keys: JWTVerifyGetKey,
  ) {}

  async verify(token: string): Promise<TokenVerdict> {
    if (token.length > LONGEST_TOKEN) return { ok: false, fault: 'malformed' };
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.#recall(hash);
    if (known !== undefined) return known;
    const verdict = await this.#check(token);
    if (verdict.ok) this.#known.set(hash, verdict);
    return verdict;
  }

  #now(): Date {
    return this.options.now?.() ?? new Date();
  }

  #recall(hash: string): Good | undefined {
    const known = this.#known.get(hash);
    if (known === undefined || known.expiresAt > this.#now()) return known;
    this.#known.delete(hash);
    return undefined;
  }

  async #check(token: string): Promise<TokenVerdict> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer: this.options.issuer,
        audience: this.options.audience,
        algorithms: [...this.algorithms],
        clockTolerance: this.options.clockToleranceSeconds ?? 5,
        currentDate: this.#now(),
        requiredClaims: ['sub', 'exp'],
      });
      return goodOr(payload, this.options.issuer);
    } catch (error) {
      return { ok: false, fault: faultOf(error) };
    }
  }
}

const LONGEST_SUB = 255;

const goodOr = ({ sub, exp }: JWTPayload, issuer: string): TokenVerdict =>
  sub === undefined || sub === '' || sub.length > LONGEST_SUB || exp === undefined
    ? { ok: false, fault: 'malformed' }
    : { ok: true, sub, issuer, expiresAt: new Date(exp * 1000) };

const faultOf = (error: unknown): TokenFault => {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'wrongAudience';
    if (error.claim === 'iss') return 'wrongIssuer';
    return error.claim === 'nbf' ? 'notYetValid' : 'malformed';
  }
  // A key id that the issuer does not publish, or an algorithm that is not ours: nobody we trust signed this.
  const forged = [
    errors.JWSSignatureVerificationFailed,
    errors.JWKSNoMatchingKey,
    errors.JWKSMultipleMatchingKeys,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
  ];
  if (forged.some((type) => error instanceof type)) return 'badSignature';
  const unreadable = [errors.JWSInvalid, errors.JWTInvalid, errors.JWEInvalid];
  if (unreadable.some((type) => error instanceof type)) return 'malformed';
  // What is left came from fetching the keys: time-out, refused connection, an answer that is no key set.
  return 'issuerUnreachable';
};
