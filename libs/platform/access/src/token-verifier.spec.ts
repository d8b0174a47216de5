import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet } from 'jose';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.js';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'urn:fascia:api';
const NOW = new Date('2026-04-01T12:00:00Z');

let key: CryptoKey;
let jwks: JSONWebKeySet;
let now = NOW;

const verifierFor = (more: Partial<Parameters<typeof createTokenVerifier>[0]> = {}): TokenVerifier =>
  createTokenVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks, now: () => now, ...more });

const token = (claims: Record<string, unknown> = {}): Promise<string> => {
  const at = Math.floor(NOW.getTime() / 1000);
  return new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'somebody', iat: at, exp: at + 600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .sign(key);
};

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
});

beforeEach(() => {
  now = NOW;
});

describe('a token of the issuer', () => {
  it('tells subject, issuer and end', async () => {
    expect(await verifierFor().verify(await token())).toEqual({
      ok: true,
      sub: 'somebody',
      issuer: ISSUER,
      expiresAt: new Date('2026-04-01T12:10:00Z'),
    });
  });

  it('is remembered, but not beyond its end', async () => {
    const verifier = verifierFor();
    const text = await token();
    const first = await verifier.verify(text);
    expect(await verifier.verify(text)).toBe(first);
    now = new Date('2026-04-01T12:10:06Z');
    expect(await verifier.verify(text)).toEqual({ ok: false, fault: 'expired' });
  });

  it.each([
    ['another audience', { aud: 'urn:other' }, 'wrongAudience'],
    ['no audience', { aud: undefined }, 'wrongAudience'],
    ['another issuer', { iss: 'https://other.example' }, 'wrongIssuer'],
    ['an end that is over', { exp: 1 }, 'expired'],
    ['no end', { exp: undefined }, 'malformed'],
    ['a start to come', { nbf: 4_000_000_000 }, 'notYetValid'],
    ['no subject', { sub: undefined }, 'malformed'],
    ['an empty subject', { sub: '' }, 'malformed'],
  ])('with %s is refused', async (_what, claims, fault) => {
    expect(await verifierFor().verify(await token(claims))).toEqual({ ok: false, fault });
  });

  it('under an algorithm that is not wanted is refused', async () => {
    expect(await verifierFor({ algorithms: ['RS256'] }).verify(await token())).toEqual({
      ok: false,
      fault: 'badSignature',
    });
  });

  it('changed by one character is refused', async () => {
    const [header, payload, signature = ''] = (await token()).split('.');
    const changed = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    expect(await verifierFor().verify(`${header}.${payload}.${changed}`)).toEqual({
      ok: false,
      fault: 'badSignature',
    });
  });
});

describe('an issuer that is away', () => {
  it("is not the token's fault", async () => {
    expect(await verifierFor({ jwks: new URL('http://127.0.0.1:1/jwks') }).verify(await token())).toEqual({
      ok: false,
      fault: 'issuerUnreachable',
    });
  });
});

describe('a verifier', () => {
  it('is never made for shared secrets or unsigned tokens', () => {
    expect(() => verifierFor({ algorithms: ['HS256'] })).toThrow('not an algorithm');
    expect(() => verifierFor({ algorithms: ['none'] })).toThrow('not an algorithm');
    expect(() => verifierFor({ algorithms: [] })).toThrow('not an algorithm');
  });
});
