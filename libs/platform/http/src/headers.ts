/** Headers that every answer carries. */
import type { FastifyInstance } from 'fastify';

const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The documentation page brings one inline style sheet and images as data. The page of the screens has a policy of its own. */
const DOCUMENTATION =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ANSWERS = /^\/(api|fhir|health|metrics|openapi\.json|config\.json)(\/|\?|$)/;
const DOCS = /^\/docs(\/|\?|$)/;

export const installHeaders = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
      'content-security-policy': DOCS.test(request.url) ? DOCUMENTATION : NOTHING,
      'x-request-id': request.id,
      ...(ANSWERS.test(request.url) ? { 'cache-control': 'no-store' } : {}),
    });
    done();
  });
};
