/** The command line's HTTP client: a token for a demo person, or the one that it is given. */
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from '@fascia/retry';
import type { Command } from 'commander';
import { Failure } from './failure.js';

export interface Connection {
  readonly url: string;
  readonly as: string;
}

const DEFAULT_URL = 'http://127.0.0.1:4600';
const DEMO_SECRET = 'demo';
const PATIENCE_MS = 20_000;

export const withConnection = (command: Command, as: string): Command =>
  command
    .option('--url <address>', 'where Fascia runs', process.env['FASCIA_URL'] ?? DEFAULT_URL)
    .option('--as <person>', 'demo person to act as (FASCIA_TOKEN wins)', as);

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch {
    throw new Failure(`Nothing answers at ${new URL(url).origin}. Is Fascia running? Try: fascia start`);
  }
};

/** A server that says "not now" is asked again for a while: nothing came of the request. */
const reachAtLast = async (url: string, init: RequestInit): Promise<Response> => {
  const backoff = new Backoff();
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const response = await reach(url, init);
    if (response.status !== 503 || Date.now() > deadline) return response;
    await delay(backoff.next());
  }
};

export const tokenFor = async ({ url, as }: Connection): Promise<string> => {
  const given = process.env['FASCIA_TOKEN'];
  if (given !== undefined && given !== '') return given;
  const response = await reachAtLast(`${url}/oidc/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${as}:${DEMO_SECRET}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  });
  const body = (await response.json().catch(() => ({}))) as { access_token?: string };
  if (body.access_token === undefined) {
    throw new Failure(
      `No token for "${as}" (${String(response.status)}). With an issuer of your own set FASCIA_TOKEN; the demo people are listed by: fascia token --list`,
    );
  }
  return body.access_token;
};

export interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Exclude<RequestInit['body'], undefined>;
}

/** @throws Failure with the problem's own sentence */
export const call = async <T>(
  connection: Connection,
  method: 'GET' | 'POST',
  path: string,
  init: Request = {},
): Promise<T> => {
  const token = await tokenFor(connection);
  const ask = method === 'GET' ? reachAtLast : reach;
  const response = await ask(`${connection.url}${path}`, {
    ...init,
    method,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
  const body = (await response.json().catch(() => ({}))) as T & Problem;
  if (!response.ok)
    throw new Failure(`${body.code ?? String(response.status)}: ${body.detail ?? response.statusText}`);
  return body;
};
