/** Which methods an address takes, so that a wrong one is told as 405 with `Allow`. */
import type { FastifyInstance } from 'fastify';
import type { AllowedMethods } from './problem-filter.js';

interface Served {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

const patternOf = (template: string): RegExp => {
  const parts = template
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}$`);
};

/** Has to be called before the routes are. Wildcards (pages, assets) are left out: nobody posts there by mistake. */
export const watchRoutes = (fastify: FastifyInstance): AllowedMethods => {
  const served: Served[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) served.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  return (path) =>
    [...new Set(served.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))].sort();
};
