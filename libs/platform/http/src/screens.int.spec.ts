import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync } from 'node:zlib';
import { startEdge, type Edge } from './edge.spec-data.js';
import type { Screens } from './screens.js';

const SCRIPT = 'document.title = "Fascia";';
const SECRET = 'master key';
const PAGE = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="/assets/index-1.js" nonce="__CSP_NONCE__"></script>`;
const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';

const dir = mkdtempSync(join(tmpdir(), 'fascia-screens-'));
const folder = join(dir, 'site');

const CONFIG = {
  issuer: 'https://sso.example.org/realms/clinic',
  clientId: 'fascia-web',
  scope: 'openid fascia',
  demo: false,
  idle: { minutes: 10, of: {} },
};
const SCREENS: Screens = { folder, config: CONFIG, connect: ['https://sso.example.org'] };

let edge: Edge;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(dir, 'keys.txt'), SECRET);
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'assets', 'index-1.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-1.js.br'), brotliCompressSync(SCRIPT));
  edge = await startEdge(SCREENS);
});

afterAll(async () => {
  await edge.close();
  rmSync(dir, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks for the path as it is written: fetch would tidy it up first. */
const ask = async (
  path: string,
  { method = 'GET', headers = { accept: BROWSER }, of = edge }: AskOptions = {},
): Promise<Answer> => {
  const { hostname, port } = new URL(of.url);
  const asked = request({ hostname, port, path, method, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
};

interface AskOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly of?: Edge;
}

const nonceIn = ({ headers }: Answer): string =>
  /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';

const expectProblem = ({ status, headers, body }: Answer, wanted: number, code: string): void => {
  expect({ status, type: headers['content-type'] }).toEqual({
    status: wanted,
    type: 'application/problem+json; charset=utf-8',
  });
  expect(JSON.parse(body)).toMatchObject({ status: wanted, code });
};

describe('the page', () => {
  it.each([
    '/',
    '/referrals',
    '/referrals/11111111-1111-4111-8111-111111111111?tab=plan',
    '/signed-in?code=x',
  ])('answers at %s, is kept by nobody, and lets in only what comes with it', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonceIn(answer)}'`,
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self' https://sso.example.org",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
      ].join('; '),
    });
    expect(answer.body).toBe(PAGE.replaceAll('__CSP_NONCE__', nonceIn(answer)));
  });

  it('has a nonce of its own with every answer', async () => {
    const nonces = (await Promise.all([ask('/'), ask('/'), ask('/tasks')])).map(nonceIn);
    expect(new Set(nonces).size).toBe(3);
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
  });

  it('can be asked for by HEAD', async () => {
    const answer = await ask('/tasks', { method: 'HEAD' });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: '' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining(`'nonce-${nonceIn(answer)}'`),
    });
  });

  it('is what anybody gets at /, and elsewhere whoever wants a page', async () => {
    const headers = { accept: '*/*' };
    expect((await ask('/', { headers })).status).toBe(200);
    expectProblem(await ask('/referrals', { headers }), 404, 'ROUTE_UNKNOWN');
  });

  it('is no answer to what is sent', async () => {
    expectProblem(await ask('/referrals', { method: 'POST' }), 404, 'ROUTE_UNKNOWN');
  });
});

describe('what the page is told', () => {
  it('is who signs people in', async () => {
    const { status, headers, body } = await ask('/config.json');
    expect({ status, config: JSON.parse(body) as unknown }).toEqual({ status: 200, config: CONFIG });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
  });
});

describe('a file', () => {
  it('that is named by what is in it is kept for ever', async () => {
    const { status, headers, body } = await ask('/assets/index-1.js', { headers: {} });
    expect({ status, body }).toEqual({ status: 200, body: SCRIPT });
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('is sent compressed to whoever takes it so', async () => {
    const answer = await fetch(`${edge.url}/assets/index-1.js`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
    expect(answer.headers.get('vary')).toBe('accept-encoding');
    expect(await answer.text()).toBe(SCRIPT);
  });

  it('that is called the same after the next release is kept for minutes', async () => {
    const { status, headers } = await ask('/icon.svg');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=600',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it.each(['/assets/index-2.js', '/assets/', '/assets', '/assets/index-1.js/x'])(
    'that is not there, as %s, is no page',
    async (path) => {
      const headers = { accept: BROWSER, 'accept-encoding': 'br, gzip' };
      expectProblem(await ask(path, { headers }), 404, 'ROUTE_UNKNOWN');
    },
  );

  it.each([
    '/assets/../../keys.txt',
    '/assets/..%2f..%2fkeys.txt',
    '/assets/%2e%2e/%2e%2e/keys.txt',
    '/assets/..%5c..%5ckeys.txt',
    '/assets/%252e%252e/%252e%252e/keys.txt',
    '/assets/./../../keys.txt',
    '/assets//../../keys.txt',
    '/assets/index-1.js%00/../../../keys.txt',
    '/../keys.txt',
    '/..%2fkeys.txt',
    '//keys.txt',
    '/assets/../index.html',
  ])('outside the folder is not to be had as %s', async (path) => {
    for (const headers of [{ accept: '*/*' }, { accept: '*/*', 'accept-encoding': 'br' }]) {
      const answer = await ask(path, { headers });
      expect([400, 403, 404]).toContain(answer.status);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.body).not.toContain(SECRET);
    }
  });
});

describe('the addresses of others', () => {
  it.each([
    '/api',
    '/api/v1/nothing',
    '/fhir/Patient',
    '/health/nothing',
    '/metrics/nothing',
    '/nothing.json',
    '/nothing.yaml',
    '//evil.example/x',
  ])('%s is told as before, in a browser as well', async (path) => {
    const answer = await ask(path);
    expect(answer.headers['content-type']).not.toContain('text/html');
    expect([401, 404]).toContain(answer.status);
  });

  it('that take another method say so', async () => {
    const answer = await ask('/api/v1/things/11111111-1111-4111-8111-111111111111/send');
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    expect(answer.headers['allow']).toContain('POST');
  });

  it('are there: API, documentation, issuer', async () => {
    expect((await ask('/docs')).body).toContain('swagger-ui');
    expect(JSON.parse((await ask('/openapi.json')).body)).toMatchObject({ info: { title: 'Fascia' } });
    expect((await ask('/oidc/.well-known/openid-configuration')).status).toBe(200);
  });
});

describe('where signing in works at one address only', () => {
  let alone: Edge;

  beforeAll(async () => {
    alone = await startEdge({ ...SCREENS, connect: [], origin: 'http://127.0.0.1:4600' });
  });
  afterAll(() => alone.close());

  const at = (path: string, host: string): Promise<Answer> =>
    ask(path, { of: alone, headers: { accept: BROWSER, host } });

  it('who comes by another name is sent there, to the same page', async () => {
    const { status, headers } = await at('/referrals?stage=Sent', 'localhost:4600');
    expect({ status, location: headers.location }).toEqual({
      status: 307,
      location: 'http://127.0.0.1:4600/referrals?stage=Sent',
    });
  });

  it('who is there gets the page, which speaks to nobody else', async () => {
    const { status, headers } = await at('/', '127.0.0.1:4600');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("connect-src 'self';");
  });
});

describe('where the screens were not built', () => {
  let without: Edge;

  beforeAll(async () => {
    without = await startEdge({ ...SCREENS, folder: join(dir, 'nothing') });
  });
  afterAll(() => without.close());

  it('the page says how they are, and the rest answers', async () => {
    const answer = await ask('/', { of: without });
    expectProblem(answer, 503, 'SCREENS_NOT_BUILT');
    expect(answer.body).toContain('npm run build');
    expectProblem(await ask('/assets/index-1.js', { of: without }), 404, 'ROUTE_UNKNOWN');
    expect((await ask('/health/live', { of: without })).status).toBe(200);
  });

  it('they are shown from the moment that they are', async () => {
    mkdirSync(join(dir, 'nothing', 'assets'), { recursive: true });
    writeFileSync(join(dir, 'nothing', 'index.html'), PAGE);
    writeFileSync(join(dir, 'nothing', 'assets', 'index-1.js'), SCRIPT);
    expect((await ask('/', { of: without })).status).toBe(200);
    expect((await ask('/assets/index-1.js', { of: without })).body).toBe(SCRIPT);
  });
});
