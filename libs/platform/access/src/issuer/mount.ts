/** Puts the issuer on a path of the same server: its own router and cookies, bodies untouched, loopback only. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors } from 'oidc-provider';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DevelopmentIssuer } from './development-issuer.js';
import { isLoopback } from './loopback.js';
import { errorPage, loginPage, type Page } from './pages.js';

const LONGEST_FORM = 4096;

const send = (response: ServerResponse, status: number, { html, headers }: Page): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(html) });
  response.end(html);
};

/**
 * A page of another site can make a browser call us under its own name (DNS rebinding), and a server can be moved
 * to another address later: both are refused with every request.
 */
const isLocal = ({ socket, headers }: IncomingMessage): boolean =>
  isLoopback(socket.remoteAddress ?? '') && isLoopback((headers.host ?? '').replace(/:\d+$/, ''));

/** @returns nothing when the form is too long. */
const readForm = async (request: IncomingMessage): Promise<URLSearchParams | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_FORM) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
};

const interact = async (
  { provider, personas }: DevelopmentIssuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { uid, prompt } = await provider.interactionDetails(request, response);
  if (!(request.url ?? '').split('?', 1)[0]?.endsWith(`/${uid}`))
    return send(response, 400, errorPage('invalid_request', 'This sign-in belongs to another tab.'));
  if (prompt.name !== 'login') {
    // Consent is given in advance (see the issuer); what still asks for it asks for something that is not offered.
    return provider.interactionFinished(request, response, {
      error: 'access_denied',
      error_description: 'that access is not offered',
    });
  }
  if (request.method === 'GET') return send(response, 200, loginPage(request.url ?? '', personas));
  if (request.method !== 'POST')
    return send(response, 405, errorPage('invalid_request', 'Choose a person on the page.'));
  const chosen = (await readForm(request))?.get('persona');
  if (!personas.some(({ id }) => id === chosen))
    return send(response, 400, errorPage('invalid_request', 'Nobody of that name is here.'));
  await provider.interactionFinished(request, response, {
    login: { accountId: chosen as string, remember: true },
  });
};

const interactOrTell = async (
  issuer: DevelopmentIssuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    await interact(issuer, request, response);
  } catch (error) {
    if (response.headersSent) response.end();
    else if (error instanceof errors.OIDCProviderError)
      send(
        response,
        error.statusCode,
        errorPage(error.error, 'This sign-in is over, or was started elsewhere.'),
      );
    else send(response, 500, errorPage('server_error', 'Something broke on our side.'));
  }
};

export const mountIssuer = (fastify: FastifyInstance, issuer: DevelopmentIssuer): void => {
  const callback = issuer.provider.callback();
  const interactionPath = `${issuer.path}/interaction/`;
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const raw = request.raw as IncomingMessage & { originalUrl?: string };
    reply.hijack();
    if (!isLocal(raw))
      return send(
        reply.raw,
        403,
        errorPage('access_denied', 'The development issuer serves this machine only.'),
      );
    if ((raw.url ?? '').startsWith(interactionPath)) return interactOrTell(issuer, raw, reply.raw);
    raw.originalUrl = raw.url ?? '';
    raw.url = raw.originalUrl.slice(issuer.path.length) || '/';
    await callback(raw, reply.raw);
  };
  void fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    scope.all(issuer.path, handler);
    scope.all(`${issuer.path}/*`, handler);
    done();
  });
};
