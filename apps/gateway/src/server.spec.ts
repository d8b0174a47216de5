/** Requests reach the process that answers them, whole; and who is not there is said to be away. */
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createLogger } from '@fascia/observability';
import { EventReader, until } from '@fascia/testkit';
import type { FastifyInstance } from 'fastify';
import { createServer, routesOf, upstreamFor } from './server.js';

const ROUTES = routesOf({ write: 'write', read: 'read', audit: 'audit' });

describe('the table of routes', () => {
  it.each([
    ['POST', '/api/v1/referrals', 'write'],
    ['POST', '/api/v1/referrals/1/send', 'write'],
    ['GET', '/api/v1/referrals?open=true', 'read'],
    ['HEAD', '/api/v1/referrals', 'read'],
    ['POST', '/api/v1/patients/search', 'read'],
    ['POST', '/api/v1/patients/search/../1/merge', 'write'],
    ['POST', '/api/v1/patients/1/merge?at=/search', 'write'],
    ['GET', '/api/v1/imports?limit=50', 'read'],
    ['GET', '/api/v1/imports/1', 'write'],
    ['POST', '/api/v1/imports', 'write'],
    ['POST', '/api/v1/admin/models/referral/rebuild', 'read'],
    ['GET', '/api/v1/audit/access?patientId=1', 'audit'],
    ['GET', '/api/v1/auditors', 'read'],
    ['DELETE', '/api/v1/referrals/1', 'write'],
    ['POST', '/oidc/token', 'write'],
    ['POST', '/api/v1/../../oidc/token', 'write'],
    ['GET', '/api/v1/x/../audit/access', 'audit'],
    ['GET', '/docs', 'read'],
    ['GET', '/openapi.json', 'read'],
    ['GET', '/asyncapi.json', 'read'],
  ])('sends %s %s to the process that answers it', (method, url, upstream) => {
    expect(upstreamFor(ROUTES, method, url)).toBe(upstream);
  });
});

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('the one address', () => {
  let upstream: Server;
  let gateway: FastifyInstance;
  let address: string;
  let upstreamAt: string;
  const seen: Seen[] = [];
  /** Live streams that are open behind it. */
  const live = new Set<ServerResponse>();

  beforeAll(async () => {
    upstream = createHttpServer((request, response) => {
      if (request.url === '/api/v1/live') {
        live.add(response);
        response.once('close', () => live.delete(response));
        response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
        response.write('event: changed\ndata: {"lists":[]}\n\n');
        return;
      }
      void text(request).then((body) => {
        seen.push({ method: request.method, url: request.url, headers: request.headers, body });
        response.writeHead(request.url?.includes('missing') === true ? 404 : 200, {
          'content-type': 'application/json',
          'fascia-position': 'abc',
        });
        response.end('{"ok":true}');
      });
    });
    await new Promise<void>((resolve) => {
      upstream.listen(0, '127.0.0.1', () => {
        resolve();
      });
    });
    upstreamAt = `http://127.0.0.1:${String((upstream.address() as AddressInfo).port)}`;
    gateway = await createServer(
      routesOf({ write: upstreamAt, read: upstreamAt, audit: 'http://127.0.0.1:9' }),
      createLogger({ level: 'silent' }),
    );
    address = await gateway.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await gateway.close();
    upstream.close();
  });
  beforeEach(() => {
    seen.length = 0;
  });

  it('passes method, address, headers and body on as they came, and the answer back', async () => {
    const body = '{"a":"ü 健康"}';
    const answer = await fetch(`${address}/api/v1/referrals/x%20y/send?z=%C3%BC`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k', authorization: 'Bearer t' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('fascia-position')).toBe('abc');
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/v1/referrals/x%20y/send?z=%C3%BC',
        body,
        headers: { 'idempotency-key': 'k', authorization: 'Bearer t' },
      },
    ]);
    expect(seen[0]?.headers.host).toBe(new URL(address).host);
  });

  it("passes bytes on unread: a gzip stays one, broken JSON is the process's to refuse", async () => {
    const bytes = Buffer.from([0x1f, 0x8b, 0, 255, 1]);
    await fetch(`${address}/api/v1/imports`, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' },
    });
    await fetch(`${address}/api/v1/referrals`, {
      method: 'POST',
      body: '{"a":',
      headers: { 'content-type': 'application/json' },
    });
    expect(seen.map(({ headers }) => headers['content-length'])).toEqual(['5', '5']);
  });

  it.each(['//example.com/x', '/%2F%2Fexample.com/x', '/\\example.com/x', '/x?u=http://example.com'])(
    'never asks anybody but its processes, whatever %s says',
    async (url) => {
      const answer = await gateway.inject({ method: 'GET', url });
      if (answer.statusCode === 200) expect(seen).toHaveLength(1);
      else expect(answer.json()).toMatchObject({ status: 400, code: 'REQUEST_MALFORMED' });
    },
  );

  it("passes large imports on: how much is too much is the process's to say", async () => {
    const answer = await fetch(`${address}/api/v1/imports`, {
      method: 'POST',
      body: Buffer.alloc(20 * 1024 * 1024, 120),
      headers: { 'content-type': 'application/fhir+json' },
    });
    expect(answer.status).toBe(200);
    expect(seen[0]?.body.length).toBe(20 * 1024 * 1024);
  });

  it('passes refusals back as they are', async () => {
    expect((await fetch(`${address}/api/v1/referrals/missing`)).status).toBe(404);
  });

  it('answers 503 with a sentence when the process is not there', async () => {
    const answer = await fetch(`${address}/api/v1/audit/access`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'PART_UNAVAILABLE', status: 503 });
  });

  it('lets nobody but this machine ask who people are', async () => {
    for (const [remoteAddress, status] of [
      ['127.0.0.1', 200],
      ['::ffff:127.0.0.1', 200],
      ['203.0.113.7', 404],
    ] as const) {
      const answer = await gateway.inject({
        method: 'GET',
        url: '/oidc/jwks?x=/',
        headers: { host: '127.0.0.1' },
        remoteAddress,
      });
      expect(answer.statusCode).toBe(status);
    }
    for (const url of ['/api/v1/../../oidc/token', '/api/v1/%2e%2e/%2E./oidc/token', '/x/../oidc']) {
      expect((await gateway.inject({ method: 'POST', url, remoteAddress: '203.0.113.7' })).statusCode).toBe(
        404,
      );
    }
    expect(seen.filter(({ url }) => url?.startsWith('/oidc') === true)).toHaveLength(2);
  });

  describe('and live streams', () => {
    const opened = async (): Promise<EventReader> => {
      const reader = await EventReader.open(`${address}/api/v1/live`);
      await until(() => reader.heard.length > 0, { message: 'the first event' });
      return reader;
    };

    it('passes on each event as it comes, and that its reader is gone', async () => {
      const reader = await opened();
      expect(reader.headers.get('x-accel-buffering')).toBe('no');
      for (const response of live) response.write('event: changed\ndata: {"lists":["tasks"]}\n\n');
      await until(() => reader.heard.length > 1, { message: 'the second event' });
      expect(reader.heard.at(-1)).toMatchObject({ event: 'changed', data: { lists: ['tasks'] } });
      reader.leave();
      await until(() => live.size === 0, { message: 'the process behind it to hear of it' });
    });

    it('lets others through, however many there are', async () => {
      const readers = await Promise.all(Array.from({ length: 130 }, () => opened()));
      expect((await fetch(`${address}/api/v1/referrals/missing`)).status).toBe(404);
      for (const reader of readers) reader.leave();
      await until(() => live.size === 0, { message: 'all of them to be closed' });
    });

    it('does not wait for them when it stops', async () => {
      const other = await createServer(
        routesOf({ write: upstreamAt, read: upstreamAt, audit: upstreamAt }),
        createLogger({ level: 'silent' }),
      );
      const at = await other.listen({ port: 0, host: '127.0.0.1' });
      const reader = await EventReader.open(`${at}/api/v1/live`);
      await until(() => reader.heard.length > 0, { message: 'the first event' });
      await other.close();
      await until(() => reader.ended, { message: 'its reader to hear of it' });
      await until(() => live.size === 0, { message: 'the process behind it to hear of it' });
    });
  });

  it('is live by itself, and ready only when everything behind it is', async () => {
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    const ready = await fetch(`${address}/health/ready`);
    expect(ready.status).toBe(503);
    expect(
      ((await ready.json()) as { checks: { ok: boolean }[] }).checks.filter(({ ok }) => ok),
    ).toHaveLength(1);
    expect(await (await fetch(`${address}/metrics`)).text()).toContain(
      'fascia_http_request_duration_seconds',
    );
  });
});
