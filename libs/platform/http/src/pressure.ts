/** Too much at once: new work is turned away while the process still answers those who look after it. */
import type { FastifyRequest } from 'fastify';
import { tryAgain } from './problems.js';

/** Turning probes away would get a busy process killed, and its load put on the next one. */
const LIFELINES = /^\/(health\/|metrics(\?|$))/;

export const turnAway = (request: Pick<FastifyRequest, 'url'>): Promise<void> =>
  LIFELINES.test(request.url)
    ? Promise.resolve()
    : Promise.reject(
        tryAgain(
          'OVERLOADED',
          'The service is too busy right now; nothing was done. Try again in a moment.',
          2,
        ),
      );
