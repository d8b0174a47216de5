/** Against a server of its own that says "not now" as often as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call, retryAfterMs, tokenFor } from './client.js';
import { Failure } from './failure.js';

interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What is sent as it is, and whether the connection is then cut. */
  readonly raw?: string;
  readonly cut?: true;
}

const NOT_NOW: Said = {
  status: 503,
  headers: { 'retry-after': '0' },
  body: { code: 'LIST_BUILDING', detail: 'This list is being built.' },
};
const TOKEN: Said = { status: 200, body: { access_token: 'a-token' } };

let server: Server;
let url: string;
/** What is said next, per path; the last one again and again. */
let script: Record<string, Said[]>;
let heard: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
let told: string;
const write = process.stderr.write.bind(process.stderr);

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    heard.push({ path, headers: request.headers });
    const lines = script[path] ?? [];
    const said = lines.length > 1 ? lines.shift() : lines[0];
    if (said?.raw !== undefined) {
      if (said.raw !== '') response.writeHead(said.status, { 'content-length': '100' }).write(said.raw);
      if (said.cut === true) return void setImmediate(() => request.socket.destroy());
      return void response.end(' '.repeat(100 - said.raw.length));
    }
    response
      .writeHead(said?.status ?? 404, { 'content-type': 'application/json', ...said?.headers })
      .end(JSON.stringify(said?.body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

beforeEach(() => {
  heard = [];
  told = '';
  script = { '/oidc/token': [TOKEN] };
  process.stderr.write = (text) => {
    told += String(text);
    return true;
  };
});

afterEach(() => {
  process.stderr.write = write;
});

const connection = (wait: number) => ({ url, as: 'physician-demo', wait });

const sentenceOf = async (failing: Promise<unknown>): Promise<string> => {
  const error: unknown = await failing.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  return (error as Failure).message;
};

describe('a server that says "not now"', () => {
  it('is asked again for a token, and says once what is waited for', async () => {
    script['/oidc/token'] = [NOT_NOW, NOT_NOW, TOKEN];
    expect(await tokenFor(connection(60))).toBe('a-token');
    expect(told).toBe('Waiting, as the server says LIST_BUILDING: This list is being built.\n');
  });

  it.each(['GET', 'POST'] as const)('is asked again: %s', async (method) => {
    script['/thing'] = [NOT_NOW, { ...NOT_NOW, status: 429 }, { status: 200, body: { n: 1 } }];
    expect(await call(connection(60), method, '/thing')).toEqual({ n: 1 });
    const keys = heard
      .filter(({ path }) => path === '/thing')
      .map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0] === undefined).toBe(method === 'GET');
  });

  it('is told in which role, where one is chosen', async () => {
    script['/thing'] = [{ status: 200, body: {} }];
    await call({ ...connection(60), role: 'auditor' }, 'GET', '/thing');
    await call(connection(60), 'GET', '/thing');
    const roles = heard.filter(({ path }) => path === '/thing').map(({ headers }) => headers['fascia-role']);
    expect(roles).toEqual(['auditor', undefined]);
  });

  it('is asked no more when the time is over: it is said for what, and how often', async () => {
    script['/thing'] = [NOT_NOW];
    const sentence = await sentenceOf(call(connection(0.3), 'POST', '/thing'));
    expect(sentence).toMatch(
      /^LIST_BUILDING: This list is being built\.\nAsked \d+ times in \d s; the server asks for 1 s more\. Wait longer with --wait <seconds>\.$/,
    );
  });

  it('is believed: what takes longer than one would wait is not waited for', async () => {
    script['/thing'] = [{ ...NOT_NOW, headers: { 'retry-after': '3600' } }];
    expect(await sentenceOf(call(connection(30), 'GET', '/thing'))).toContain(
      'Asked once; the server asks for 3600 s more.',
    );
  });

  it('without a sentence is told by its status', async () => {
    script['/thing'] = [{ status: 503, headers: { 'retry-after': '60' } }];
    expect(await sentenceOf(call(connection(1), 'GET', '/thing'))).toContain('503: Service Unavailable');
  });
});

describe('any other answer', () => {
  it.each([400, 409, 500])('%i is told at once', async (status) => {
    script['/thing'] = [{ status, body: { code: 'NO', detail: 'A sentence.' } }];
    expect(await sentenceOf(call(connection(60), 'POST', '/thing'))).toBe('NO: A sentence.');
    expect(heard.filter(({ path }) => path === '/thing')).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-04-01T09:00:00Z');

  it.each([
    ['2', 2_000],
    ['0', 0],
    ['Wed, 01 Apr 2026 09:00:05 GMT', 5_000],
    ['Wed, 01 Apr 2026 08:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %p ms', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe('an answer that cannot be understood', () => {
  it.each<[string, Said, RegExp]>([
    [
      'none, of a server that took the request',
      { status: 200, raw: '', cut: true },
      /did not come or broke off/,
    ],
    ['half of one', { status: 200, raw: '{"asked": 1', cut: true }, /did not come or broke off/],
    ['a page of somebody else', { status: 200, raw: '<html>' }, /is not Fascia/],
    ['a page of a proxy that refuses', { status: 502, raw: '<html>' }, /^502: /],
  ])('is said, and taken for no success: %s', async (_what, said, sentence) => {
    script['/api/v1/things'] = [said];
    expect(await sentenceOf(call(connection(0), 'POST', '/api/v1/things'))).toMatch(sentence);
  });
});
