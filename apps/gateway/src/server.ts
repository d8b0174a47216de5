/** A reverse proxy whose routes are a table. It keeps nothing and decides nothing about access. */
import type { Readable } from 'node:stream';
import proxy from '@fastify/http-proxy';
import { isLoopback } from '@fascia/access';
import { HealthRegistry, Metrics, observeRequests, type Logger } from '@fascia/observability';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

export interface Upstreams {
  readonly write: string;
  readonly read: string;
  readonly audit: string;
}

interface Route {
  readonly prefix: string;
  /** How the path ends; however when absent. */
  readonly ending?: string;
  /** All methods when absent. */
  readonly methods?: readonly string[];
  readonly upstream: string;
}

/** The first that fits answers. Reading asks one process, acting another; who says who people are sits beside the commands. */
export const routesOf = ({ write, read, audit }: Upstreams): readonly Route[] => [
  { prefix: '/oidc', upstream: write },
  { prefix: '/api/v1/audit', upstream: audit },
  { prefix: '/api/v1/admin', upstream: read },
  // The list is read; to bring a file and to see what came of it is to ask who writes.
  { prefix: '/api/v1/imports', ending: '/imports', methods: ['GET', 'HEAD'], upstream: read },
  { prefix: '/api/v1/imports', upstream: write },
  { prefix: '/api/v1', methods: ['GET', 'HEAD', 'OPTIONS'], upstream: read },
  // Lists are asked there with what must stand in no address.
  { prefix: '/api/v1', ending: '/search', upstream: read },
  { prefix: '/api/v1', upstream: write },
  { prefix: '/', upstream: read },
];

const fits = (path: string, prefix: string): boolean =>
  prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);

/** As the next hop will read it: with dot segments resolved, however they are written. */
const pathOf = (url: string): string => URL.parse(url, 'http://gateway')?.pathname ?? '/';

export const upstreamFor = (routes: readonly Route[], method: string, url: string): string => {
  const path = pathOf(url);
  const route = routes.find(
    ({ prefix, ending = '', methods }) =>
      fits(path, prefix) && path.endsWith(ending) && methods?.includes(method) !== false,
  );
  return route?.upstream ?? '';
};

const PROBLEM = 'application/problem+json; charset=utf-8';

/** The development issuer hands out anybody's identity and trusts that who calls it is on this machine: here that is known. */
const mayAsk = (request: FastifyRequest): boolean =>
  !fits(pathOf(request.url), '/oidc') || isLoopback(request.socket.remoteAddress ?? '');

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

const refuse = (reply: FastifyReply, refused: Refused): FastifyReply =>
  reply
    .status(refused.status)
    .type(PROBLEM)
    .send(JSON.stringify({ type: `urn:fascia:problem:${refused.code}`, ...refused }));

const notFromHere = (reply: FastifyReply): FastifyReply =>
  refuse(reply, {
    status: 404,
    code: 'ROUTE_UNKNOWN',
    title: 'Not found',
    detail: 'There is no such address. The addresses are listed at /docs.',
  });

const unreadable = (reply: FastifyReply): FastifyReply =>
  refuse(reply, {
    status: 400,
    code: 'REQUEST_MALFORMED',
    title: 'The request cannot be read',
    detail: 'The address cannot be read. Check its slashes and escapes.',
  });

const unavailable = (reply: FastifyReply): FastifyReply =>
  refuse(reply.header('retry-after', '1'), {
    status: 503,
    code: 'PART_UNAVAILABLE',
    title: 'A part of the service is not there',
    detail:
      'The part that answers this is starting or cannot be reached. Send the same request again in a moment, with the same Idempotency-Key.',
  });

/** A live stream holds a connection to its upstream for hours; nobody else is to wait for one. */
const CONNECTIONS = 10_000;

/** Answers that end when a browser or an upstream does: whoever stops does not wait for them. */
const isEndless = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type')).startsWith('text/event-stream');

const DEADLINE_MS = 3_000;

const isReady = async (upstream: string): Promise<boolean> =>
  (
    await fetch(`${upstream}/health/ready`, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch(
      () => undefined,
    )
  )?.ok === true;

/** Ready when every upstream is: nobody should be sent to half a service. */
const operations = (server: FastifyInstance, health: HealthRegistry, metrics: Metrics): void => {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const { ready, checks } = await health.readiness();
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks });
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
};

export const createServer = async (routes: readonly Route[], logger: Logger): Promise<FastifyInstance> => {
  const server = fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  const metrics = new Metrics();
  const health = new HealthRegistry();
  for (const upstream of new Set(routes.map((route) => route.upstream))) {
    health.register(upstream, async () => ({ ok: await isReady(upstream) }));
  }
  observeRequests(server, { logger, metrics });
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) =>
    (error.statusCode ?? 500) < 500 ? unreadable(reply) : unavailable(reply),
  );
  operations(server, health, metrics);
  const endless = new Set<Readable>();
  server.addHook('preClose', (done) => {
    for (const stream of endless) stream.destroy();
    done();
  });
  await server.register(proxy, {
    upstream: '',
    preHandler: (request, reply, done) => {
      if (mayAsk(request)) done();
      else notFromHere(reply);
    },
    undici: { connections: CONNECTIONS },
    destroyAgent: true,
    httpMethods: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS'],
    replyOptions: {
      getUpstream: (request) => upstreamFor(routes, request.method ?? 'GET', request.url ?? '/'),
      // The issuer makes its addresses from what the browser asked for.
      rewriteRequestHeaders: (request, headers) => ({ ...headers, host: request.headers.host }),
      onResponse: (_request, reply, { stream }) => {
        if (isEndless(reply as FastifyReply)) {
          endless.add(stream);
          stream.once('close', () => endless.delete(stream));
        }
        void reply.send(stream);
      },
      onError: (reply) => {
        unavailable(reply as FastifyReply);
      },
    },
  });
  return server;
};
