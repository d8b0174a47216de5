/** A reverse proxy whose routes are a table. It keeps nothing and decides nothing about access. */
import proxy from '@fastify/http-proxy';
import { HealthRegistry, Metrics, observeRequests, type Logger } from '@fascia/observability';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';

export interface Upstreams {
  readonly write: string;
  readonly read: string;
  readonly audit: string;
}

interface Route {
  readonly prefix: string;
  /** All methods when absent. */
  readonly methods?: readonly string[];
  readonly upstream: string;
}

/** The first that fits answers. Reading asks one process, acting another; who says who people are sits beside the commands. */
export const routesOf = ({ write, read, audit }: Upstreams): readonly Route[] => [
  { prefix: '/oidc', upstream: write },
  { prefix: '/api/v1/audit', upstream: audit },
  { prefix: '/api/v1/admin', upstream: read },
  { prefix: '/api/v1/imports', upstream: write },
  { prefix: '/api/v1', methods: ['GET', 'HEAD', 'OPTIONS'], upstream: read },
  { prefix: '/api/v1', upstream: write },
  { prefix: '/', upstream: read },
];

const fits = (path: string, prefix: string): boolean => prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);

export const upstreamFor = (routes: readonly Route[], method: string, url: string): string => {
  const path = url.split('?', 1)[0] ?? '/';
  const route = routes.find(({ prefix, methods }) => fits(path, prefix) && methods?.includes(method) !== false);
  return route?.upstream ?? '';
};

const unavailable = (reply: FastifyReply): void => {
  void reply.status(503).header('retry-after', '1').type('application/problem+json; charset=utf-8').send(JSON.stringify({
    type: 'urn:fascia:problem:PART_UNAVAILABLE', title: 'A part of the service is not there', status: 503, code: 'PART_UNAVAILABLE',
    detail: 'The part that answers this is starting or cannot be reached. Send the same request again in a moment, with the same Idempotency-Key.',
  }));
};

const DEADLINE_MS = 3_000;

const isReady = async (upstream: string): Promise<boolean> =>
  (await fetch(`${upstream}/health/ready`, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch(() => undefined))?.ok === true;

/** Ready when every upstream is: nobody should be sent to half a service. */
const operations = (server: FastifyInstance, health: HealthRegistry, metrics: Metrics): void => {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const { ready, checks } = await health.readiness();
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready', checks });
  });
  server.get('/metrics', async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
};

export const createServer = async (routes: readonly Route[], logger: Logger): Promise<FastifyInstance> => {
  const server = fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  const metrics = new Metrics();
  const health = new HealthRegistry();
  for (const upstream of new Set(routes.map((route) => route.upstream))) {
    health.register(upstream, async () => ({ ok: await isReady(upstream) }));
  }
  observeRequests(server, { logger, metrics });
  operations(server, health, metrics);
  await server.register(proxy, {
    upstream: '',
    httpMethods: ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS'],
    replyOptions: {
      getUpstream: (request) => upstreamFor(routes, request.method ?? 'GET', request.url ?? '/'),
      // The issuer makes its addresses from what the browser asked for.
      rewriteRequestHeaders: (request, headers) => ({ ...headers, host: request.headers.host }),
      onError: (reply) => { unavailable(reply as FastifyReply); },
    },
  });
  return server;
};

