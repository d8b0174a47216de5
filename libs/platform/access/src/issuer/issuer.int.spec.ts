import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { testDatabase, type TestDatabase } from '@fascia/testkit';
import { createTokenVerifier } from '../token-verifier.js';
import { createDevelopmentIssuer } from './development-issuer.js';
import { mountIssuer } from './mount.js';
import { ISSUER_TABLE_SQL, sqlAdapter } from './sql-adapter.js';

const ISSUER = 'http://127.0.0.1:1/oidc';
const AUDIENCE = 'urn:fascia:api';
const RETURN_TO = 'http://127.0.0.1:5173/signed-in';
const VERIFIER = 'a-code-verifier-that-is-long-enough-for-rfc-7636-0123456789';

let dataDir: string;
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fascia-issuer-'));
  database = await testDatabase();
  pool = new Pool({ connectionString: database.connectionString, max: 4 });
  await pool.query(ISSUER_TABLE_SQL);
  await pool.query(ISSUER_TABLE_SQL);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A process of its own, as far as the issuer can tell. */
const withServer = async <T>(
  use: (url: string, verify: (token: string) => Promise<unknown>) => Promise<T>,
): Promise<T> => {
  const issuer = await createDevelopmentIssuer({
    issuer: ISSUER,
    dataDir,
    audience: AUDIENCE,
    listenHost: '127.0.0.1',
    warn: () => undefined,
    personas: [{ id: 'physician-demo', name: 'Ada', title: 'Physician' }],
    adapter: sqlAdapter({ query: (text, values) => pool.query(text, [...(values ?? [])]) }),
  });
  const server: FastifyInstance = fastify({ forceCloseConnections: true });
  mountIssuer(server, issuer);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const verifier = createTokenVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: issuer.jwks });
  try {
    return await use(url, (token) => verifier.verify(token));
  } finally {
    await server.close();
  }
};

const cookies = new Map<string, string>();

const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    cookies.set(name, value);
  }
  return answer;
};

/** Follows redirects of the issuer itself; answers the page, or the address outside. */
const follow = async (answer: Response): Promise<Response | URL> => {
  const to = answer.headers.get('location');
  if (to === null) return answer;
  const next = new URL(to, answer.url);
  return next.host === new URL(answer.url).host ? follow(await go(next.href)) : next;
};

const authorize = (url: string): Promise<Response | URL> => {
  const query = new URLSearchParams({
    client_id: 'fascia-web',
    response_type: 'code',
    redirect_uri: RETURN_TO,
    scope: 'openid profile fascia',
    state: 's',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return go(`${url}/oidc/auth?${query}`).then(follow);
};

const tokens = async (url: string, form: Record<string, string>): Promise<Record<string, string>> =>
  (await (
    await fetch(`${url}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'fascia-web', ...form }),
    })
  ).json()) as Record<string, string>;

const exchange = (url: string, back: Response | URL): Promise<Record<string, string>> => {
  const code = back instanceof URL ? (back.searchParams.get('code') ?? '') : '';
  return tokens(url, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: RETURN_TO,
    code_verifier: VERIFIER,
  });
};

describe('after a restart', () => {
  it('people are signed in as before: old access tokens, refresh tokens and the session all hold', async () => {
    const before = await withServer(async (url) => {
      const page = await authorize(url);
      const [, action = ''] = page instanceof URL ? [] : (/action="([^"]+)"/.exec(await page.text()) ?? []);
      return exchange(
        url,
        await follow(
          await go(`${url}${action}`, {
            method: 'POST',
            body: new URLSearchParams({ persona: 'physician-demo' }),
          }),
        ),
      );
    });
    expect(before['access_token']).toEqual(expect.any(String));

    await withServer(async (url, verify) => {
      expect(await verify(before['access_token'] ?? '')).toMatchObject({ ok: true, sub: 'physician-demo' });
      const after = await tokens(url, {
        grant_type: 'refresh_token',
        refresh_token: before['refresh_token'] ?? '',
      });
      expect(await verify(after['access_token'] ?? '')).toMatchObject({ ok: true, sub: 'physician-demo' });
      const again = await exchange(url, await authorize(url));
      expect(await verify(again['access_token'] ?? '')).toMatchObject({ ok: true, sub: 'physician-demo' });
    });
  });

  it('a refresh token that was used is still used, and using it again ends the whole grant', async () => {
    const first = await withServer(async (url) => exchange(url, await authorize(url)));
    const second = await withServer((url) =>
      tokens(url, { grant_type: 'refresh_token', refresh_token: first['refresh_token'] ?? '' }),
    );
    await withServer(async (url) => {
      expect(
        await tokens(url, { grant_type: 'refresh_token', refresh_token: first['refresh_token'] ?? '' }),
      ).toMatchObject({ error: 'invalid_grant' });
      expect(
        await tokens(url, { grant_type: 'refresh_token', refresh_token: second['refresh_token'] ?? '' }),
      ).toMatchObject({ error: 'invalid_grant' });
    });
  });
});
