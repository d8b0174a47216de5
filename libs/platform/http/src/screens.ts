/** The screens: one page for every address that a browser may show to a person, and the files that it brings along. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from './problems.js';

/** What the page asks first: who signs people in, and as whom it comes there. */
export interface ScreensConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** RFC 8707, for an issuer that wants to be told what the token is for. */
  readonly resource?: string;
  /** Whether anybody may be anybody, as at the development issuer. */
  readonly demo: boolean;
  /** After so many minutes in which nobody touches them they are covered; by the id of an organisation where it has its own. */
  readonly idle: { readonly minutes: number; readonly of: Readonly<Record<string, number>> };
}

export interface Screens {
  /** Where they are built to; whether they were is asked with every answer. */
  readonly folder: string;
  readonly config: ScreensConfig;
  /** Origins that the page may speak to beside its own. */
  readonly connect: readonly string[];
  /** Where people are sent who came by another name of this machine: the issuer's own, where that has only one. */
  readonly origin?: string;
}

/** As the build writes it, in place of a nonce. */
const NONCE_PLACE = '__CSP_NONCE__';
const NONCE_BYTES = 16;

/** Addresses of others: what is not there is told as it is anywhere, and is no page. */
const OF_OTHERS = /^\/(\/|(api|fhir|oidc|docs|health|metrics|schemas|assets|[^/]+\.(json|yaml))(\/|$))/;

/** Named by what is in them. */
const FOR_EVER = '365d';
/** Called the same after the next release. */
const FOR_A_WHILE = '10m';

/** Beside the files lie their compressed forms; folders have no page of their own. */
const HOW = { index: false, preCompressed: true, dotfiles: 'ignore', suppressWarning: true } as const;

/** Style attributes are set by script, which is not held to it; style elements carry the nonce. */
const policyOf = (nonce: string, connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');

const isForPeople = ({ url, headers }: FastifyRequest): boolean => {
  const [path = ''] = url.split('?', 1);
  return path === '/' || (!OF_OTHERS.test(path) && headers.accept?.includes('text/html') === true);
};

const pageIn = async (folder: string): Promise<string> => {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ProblemException(
      503,
      'SCREENS_NOT_BUILT',
      'The screens have not been built. Run "npm run build" where Fascia is, then load this page again; the API answers meanwhile.',
    );
  }
};

const showPage =
  ({ folder, connect, origin }: Screens) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!isForPeople(request)) {
      reply.callNotFound();
      return reply;
    }
    if (origin !== undefined && request.host !== new URL(origin).host)
      return reply.redirect(`${origin}${request.url}`, 307);
    const page = await pageIn(folder);
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .header('content-security-policy', policyOf(nonce, connect))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE_PLACE, nonce));
  };

export const mountScreens = (fastify: FastifyInstance, screens: Screens): void => {
  const { folder, config } = screens;
  void fastify.register(async (scope) => {
    scope.get('/config.json', () => config);
    scope.get('/*', showPage(screens));
    await scope.register(files, {
      ...HOW,
      root: join(folder, 'assets'),
      prefix: '/assets/',
      maxAge: FOR_EVER,
      immutable: true,
    });
    // Each by its own address: what is not among them may be a page.
    await scope.register(files, {
      ...HOW,
      root: folder,
      wildcard: false,
      globIgnore: ['index.html', 'assets/**'],
      maxAge: FOR_A_WHILE,
      decorateReply: false,
    });
  });
};
