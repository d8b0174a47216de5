/** Too much at once: new work is turned away while the process still answers those who look after it, and whoever loads a page. */
import type { FastifyRequest } from 'fastify';
import { tryAgain } from './problems.js';

type Asked = Pick<FastifyRequest, 'url' | 'headers'>;

/** Turning probes away would get a busy process killed, and its load put on the next one. */
const LIFELINES = /^\/(health\/|metrics(\?|$))/;
/** What signing in begins with, and tokens are held against; nobody asks twice, and it costs next to nothing. */
const ISSUERS_WORDS = /^\/oidc\/(\.well-known\/|jwks(\?|$))/;
/** Asked by programs, which ask again. */
const SERVICE = /^\/(api|fhir)(\/|\?|$)/;
/** Asked by programs, and looked at by people. */
const FOR_BOTH = /^\/(oidc|docs|schemas)(\/|\?|$)/;

/**
 * A page, or a file that it brings along. A browser shows what it is answered in the page's place and asks no more: whoever is told
 * "later" there is told so for ever. It costs a file that is read.
 */
const isOfPage = ({ url, headers }: Asked): boolean =>
  !SERVICE.test(url) && (!FOR_BOTH.test(url) || headers.accept?.includes('text/html') === true);

export const turnAway = (request: Asked): Promise<void> =>
  LIFELINES.test(request.url) || ISSUERS_WORDS.test(request.url) || isOfPage(request)
    ? Promise.resolve()
    : Promise.reject(
        tryAgain(
          'OVERLOADED',
          'The service is too busy right now; nothing was done. Try again in a moment.',
          2,
        ),
      );
