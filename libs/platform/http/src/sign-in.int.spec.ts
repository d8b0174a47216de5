import { createHash } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { AUDIENCE, ISSUER, startEdge, type Edge } from './edge.spec-data.js';

const RETURN_TO = 'http://127.0.0.1:5173/signed-in';
const VERIFIER = 'a-code-verifier-that-is-long-enough-for-rfc-7636-0123456789';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let edge: Edge;

beforeAll(async () => {
  edge = await startEdge();
});

afterAll(() => edge.close());

/** A browser, as far as sign-in needs one: cookies by name, redirects on request. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async get(url: string): Promise<Response> {
    return this.#send(url, { method: 'GET' });
  }

  async post(url: string, form: Record<string, string>): Promise<Response> {
    return this.#send(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  /** Until a page, or an address outside. */
  async follow(answer: Response): Promise<{ page?: Response; outside?: URL }> {
    const to = answer.headers.get('location');
    if (to === null) return { page: answer };
    await answer.arrayBuffer();
    const url = new URL(to, answer.url);
    return url.origin === edge.url ? this.follow(await this.get(url.href)) : { outside: url };
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(url, edge.url), { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }
}

const authorize = (more: Record<string, string> = {}): string =>
  `/oidc/auth?${new URLSearchParams({
    client_id: 'fascia-web',
    response_type: 'code',
    redirect_uri: RETURN_TO,
    scope: 'openid profile offline_access fascia',
    state: 'xyz',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  })}`;

const redeem = async (back: URL): Promise<Record<string, string>> =>
  (await (
    await exchange({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: RETURN_TO,
      code_verifier: VERIFIER,
    })
  ).json()) as Record<string, string>;

const exchange = (form: Record<string, string>): Promise<Response> =>
  fetch(`${edge.url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'fascia-web', ...form }),
  });

const things = (token: string): Promise<Response> =>
  fetch(`${edge.url}/api/v1/things`, { headers: { authorization: `Bearer ${token}` } });

const signIn = async (browser: Browser, persona: string): Promise<URL> => {
  const { page } = await browser.follow(await browser.get(authorize()));
  const html = (await page?.text()) ?? '';
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
  const { outside } = await browser.follow(await browser.post(action, { persona }));
  return outside ?? new URL('missing:');
};

describe('signing in on the page', () => {
  it('lists the demo people, escaped, under a policy that lets no script run', async () => {
    const browser = new Browser();
    const { page } = await browser.follow(await browser.get(authorize()));
    const html = (await page?.text()) ?? '';
    expect(page?.status).toBe(200);
    expect(html).toContain('Dr. Ada &lt;b&gt;Quill&lt;/b&gt;');
    expect(html).toContain('Tomás &quot;Tom&quot; Ruiz');
    expect(html).toContain('<html lang="en">');
    expect(page?.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(html).not.toContain('<script');
  });

  it('gives a code, a token for the API, and a refresh token that works once', async () => {
    const browser = new Browser();
    const back = await signIn(browser, 'physician-demo');
    expect(back.href).toContain(RETURN_TO);
    expect(back.searchParams.get('state')).toBe('xyz');
    const tokens = await redeem(back);
    expect((await things(tokens['access_token'] ?? '')).status).toBe(200);
    const claims = JSON.parse(
      Buffer.from(tokens['access_token']?.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(claims).toMatchObject({ sub: 'physician-demo', aud: AUDIENCE, iss: ISSUER });

    const refresh = tokens['refresh_token'] ?? '';
    const again = await exchange({ grant_type: 'refresh_token', refresh_token: refresh });
    expect(
      (await things(((await again.json()) as Record<string, string>)['access_token'] ?? '')).status,
    ).toBe(200);
    expect((await exchange({ grant_type: 'refresh_token', refresh_token: refresh })).status).toBe(400);
  });

  it('remembers who signed in', async () => {
    const browser = new Browser();
    await signIn(browser, 'therapist-demo');
    const { outside } = await browser.follow(await browser.get(authorize()));
    expect(outside?.searchParams.has('code')).toBe(true);
  });

  it('refuses a code without its verifier, a request without a challenge, and a return outside this machine', async () => {
    const back = await signIn(new Browser(), 'physician-demo');
    const code = back.searchParams.get('code') ?? '';
    expect(
      (
        await exchange({
          grant_type: 'authorization_code',
          code,
          redirect_uri: RETURN_TO,
          code_verifier: `${VERIFIER}x`,
        })
      ).status,
    ).toBe(400);
    const { outside } = await new Browser().follow(
      await new Browser().get(authorize({ code_challenge: '' })),
    );
    expect(outside?.searchParams.get('error')).toBe('invalid_request');
    const elsewhere = await new Browser().get(authorize({ redirect_uri: 'http://evil.example/signed-in' }));
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('refuses somebody who is not on the page, a form of another tab, and a form without a sign-in', async () => {
    const browser = new Browser();
    const { page } = await browser.follow(await browser.get(authorize()));
    const [, action = ''] = /action="([^"]+)"/.exec((await page?.text()) ?? '') ?? [];
    expect((await browser.post(action, { persona: 'root' })).status).toBe(400);
    expect((await browser.post(action, { persona: 'x'.repeat(10_000) })).status).toBe(400);
    expect((await browser.post('/oidc/interaction/another', { persona: 'physician-demo' })).status).toBe(400);
    expect((await new Browser().post(action, { persona: 'physician-demo' })).status).toBe(400);
  });

  it('ends what it began: signed out, the browser is asked again and its tokens are not renewed', async () => {
    const browser = new Browser();
    const tokens = await redeem(await signIn(browser, 'physician-demo'));
    const ending = `/oidc/session/end?${new URLSearchParams({
      id_token_hint: tokens['id_token'] ?? '',
      post_logout_redirect_uri: RETURN_TO,
      state: 'out',
    })}`;
    const html = await (await browser.get(ending)).text();
    expect(html).toContain('Sign out?');
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
    const { outside } = await browser.follow(await browser.post(action, { xsrf, logout: 'yes' }));
    expect(outside?.href).toBe(`${RETURN_TO}?state=out`);

    const { page } = await browser.follow(await browser.get(authorize()));
    expect(await page?.text()).toContain('Who are you today?');
    const renewed = await exchange({
      grant_type: 'refresh_token',
      refresh_token: tokens['refresh_token'] ?? '',
    });
    expect(renewed.status).toBe(400);
  });

  it('serves no other name than loopback: a rebound page gets nothing', async () => {
    const { port } = new URL(edge.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = plainRequest(
        { host: '127.0.0.1', port, path: '/oidc/jwks', headers: { host: `evil.example:${port}` } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      call.on('error', reject).end();
    });
    expect(status).toBe(403);
  });
});

describe('a token', () => {
  const { privateKey: stranger } = { privateKey: generateKeyPair('RS256') };
  const claims = (audience = AUDIENCE, expires = '1h'): SignJWT =>
    new SignJWT({})
      .setSubject('physician-demo')
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expires);

  const expectRefused = async (token: string): Promise<Record<string, unknown>> => {
    const answer = await things(token);
    const text = await answer.text();
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="fascia", error="invalid_token"');
    expect(text).not.toContain(token);
    return JSON.parse(text) as Record<string, unknown>;
  };

  it('is needed, and its absence is told as such', async () => {
    const answer = await fetch(`${edge.url}/api/v1/things`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="fascia"');
    expect(await answer.json()).toMatchObject({ code: 'TOKEN_MISSING' });
  });

  it('of a client that knows its secret is taken; of a suspended person it is 403', async () => {
    expect((await things(await edge.token('physician-demo'))).status).toBe(200);
    const suspended = await things(await edge.token('suspended-demo'));
    expect(suspended.status).toBe(403);
    expect(await suspended.json()).toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    const wrong = await fetch(`${edge.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('physician-demo:guess')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(wrong.status).toBe(401);
  });

  it('that was forged, unsigned, cut or made up is refused', async () => {
    const { privateKey } = await stranger;
    const kid = edge.issuer.jwks.keys[0]?.kid ?? '';
    const good = await edge.token('physician-demo');
    expect(
      await expectRefused(await claims().setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)),
    ).toMatchObject({ detail: expect.stringContaining('not signed by the issuer') });
    await expectRefused(
      await claims()
        .setProtectedHeader({ alg: 'HS256', kid })
        .sign(new TextEncoder().encode(JSON.stringify(edge.issuer.jwks.keys[0]))),
    );
    await expectRefused(
      new UnsecuredJWT({})
        .setSubject('physician-demo')
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setExpirationTime('1h')
        .encode(),
    );
    await expectRefused(good.slice(0, -4));
    await expectRefused(`${good.split('.').slice(0, 2).join('.')}.`);
    await expectRefused('not-a-token');
    await expectRefused('x'.repeat(8_000));
  });

  it('with its key inside, as attackers send it, is refused', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    await expectRefused(
      await claims()
        .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(publicKey) })
        .sign(privateKey),
    );
  });

  it('for another resource is not issued', async () => {
    const answer = await fetch(`${edge.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('physician-demo:demo')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:other:api' }),
    });
    expect(answer.status).toBe(400);
  });
});
