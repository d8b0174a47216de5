import { connect } from 'node:net';
import fc from 'fast-check';
import { startEdge, type Edge } from './edge.spec-data.js';
import { turnAway } from './pressure.js';

let edge: Edge;
let token: string;

beforeAll(async () => {
  edge = await startEdge();
  token = await edge.token('physician-demo');
});

afterAll(() => edge.close());

/** Bytes as they are, to the server and back. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(edge.url);
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(bytes));
    socket
      .setEncoding('utf8')
      .on('data', (text) => (answer += String(text)))
      .on('close', () => resolve(answer))
      .on('error', reject);
  });

describe('bytes that are no request', () => {
  it.each([
    ['noise', 'hello\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      400,
    ],
    [
      'a length that is none',
      'POST /api/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n{}',
      400,
    ],
    [
      'length and chunks at once',
      'POST /api/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
  ])('%s is a problem document', async (_what, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
  });
});

const KEYS = [
  'title',
  'onset',
  'sites',
  'region',
  'side',
  'note',
  'id',
  'visits',
  'main',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  '__proto__',
  '',
  '/',
  'é',
];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('2026-03-01', '2026-02-30', 'cervical', 'left', '', null, true, 0, -1, 1e21, 2.5),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('any'), { maxKeys: 6 }),
  ),
})).any;

describe('whatever is sent', () => {
  it('as a body is answered below 500, as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (body) => {
        const answer = await fetch(`${edge.url}/api/v1/things`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body) ?? '',
        });
        expect(answer.status).toBeLessThan(500);
        expect(await answer.json()).toMatchObject(
          answer.ok ? { id: expect.any(String) } : { code: expect.any(String) },
        );
      }),
      { numRuns: 150 },
    );
  });

  it('as query, header or path is answered below 500', async () => {
    const visible = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
    await fc.assert(
      fc.asyncProperty(visible, visible, visible, async (name, text, part) => {
        const query = `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
        const headers = {
          authorization: `Bearer ${token}`,
          'fascia-at-least': text,
          'if-match': text,
          'idempotency-key': text,
          'x-correlation-id': text,
        };
        for (const path of [
          `/api/v1/things?${query}`,
          `/api/v1/things?cursor=${encodeURIComponent(text)}`,
          `/api/v1/${encodeURIComponent(part)}?${text.replace('#', '')}`,
        ]) {
          const answer = await fetch(`${edge.url}${path}`, { headers });
          await answer.arrayBuffer();
          expect(answer.status).toBeLessThan(500);
        }
        const act = await fetch(`${edge.url}/api/v1/things/${encodeURIComponent(part) || 'x'}/send`, {
          method: 'POST',
          headers,
        });
        await act.arrayBuffer();
        expect(act.status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  });
});

describe('under pressure', () => {
  const FOR_PEOPLE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it.each([
    ['/api/v1/things', {}],
    ['/api/v1/things', FOR_PEOPLE],
    ['/fhir/metadata', FOR_PEOPLE],
    ['/oidc/token', { accept: '*/*' }],
  ])('work is turned away with a time to come back: %s %j', async (url, headers) => {
    await expect(turnAway({ url, headers })).rejects.toMatchObject({
      problem: { status: 503, code: 'OVERLOADED' },
      headers: { 'retry-after': '2' },
    });
  });

  it.each([
    ['/health/live', {}],
    ['/metrics', {}],
    // In its place a browser would show a refusal, and never ask again.
    ['/', FOR_PEOPLE],
    ['/referrals/1', FOR_PEOPLE],
    ['/oidc/interaction/1', FOR_PEOPLE],
    ['/config.json', {}],
    // Asked once, by whoever signs in.
    ['/oidc/.well-known/openid-configuration', { accept: '*/*' }],
    ['/oidc/jwks', { accept: '*/*' }],
    ['/assets/page.js', { accept: '*/*' }],
  ])('probes, pages and what they bring along are not: %s %j', async (url, headers) => {
    await expect(turnAway({ url, headers })).resolves.toBeUndefined();
  });
});

describe('stopping', () => {
  it('finishes what is under way, is not ready meanwhile, and then answers nobody', async () => {
    const own = await startEdge();
    const authorization = `Bearer ${await own.token('physician-demo')}`;
    const asked = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    own.door.handle = async (_aggregate, request) => {
      asked.resolve();
      await finish.promise;
      return {
        kind: 'done',
        id: request.id,
        version: 1,
        position: 7n,
        digest: '',
        stage: 'Sent',
        created: false,
        repeated: false,
      };
    };
    const underWay = fetch(`${own.url}/api/v1/things/0f0f0f0f-0000-4000-8000-000000000001/send`, {
      method: 'POST',
      headers: { authorization },
    });
    await asked.promise;
    const stopped = own.close();
    expect((await own.http.health.readiness()).ready).toBe(false);
    finish.resolve();
    expect((await underWay).status).toBe(200);
    await (await underWay).arrayBuffer();
    await stopped;
    await expect(fetch(`${own.url}/health/live`)).rejects.toThrow();
  });
});
