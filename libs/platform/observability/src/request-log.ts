/** One line and one observation per request: the route's template, never the address that was called. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** Addresses that no route serves are one label, however many a scanner tries. */
const NO_ROUTE = '(no route)';

const routeOf = (request: FastifyRequest): string =>
  request.is404 ? NO_ROUTE : (request.routeOptions.url ?? NO_ROUTE);

/** Machines that ask every few seconds would drown the people. */
const QUIET = new Set(['/health/live', '/health/ready', '/metrics']);

/** How long somebody watched is not how long they waited for an answer. */
const isStream = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type')).startsWith('text/event-stream');

export const observeRequests = (
  fastify: FastifyInstance,
  { logger, metrics }: { logger: Logger; metrics: Metrics },
): void => {
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const { method, id } = request;
    const line = { method, route: routeOf(request), status: reply.statusCode };
    if (!isStream(reply)) metrics.observeRequest(line, reply.elapsedTime / 1000);
    const level = line.status >= 500 ? 'warn' : QUIET.has(line.route) ? 'debug' : 'info';
    logger[level](
      {
        ...line,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        requestId: id,
        role: request.caller?.role ?? 'nobody',
      },
      'request',
    );
    done();
  });
};
