/** The command line's HTTP client: a token for a demo person, or the one that it is given. */
import type { Command } from 'commander';
import { Failure } from './failure.js';

export interface Connection {
  readonly url: string;
  readonly as: string;
}

const DEFAULT_URL = 'http://127.0.0.1:4600';
const DEMO_SECRET = 'demo';

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

export const tokenFor = async ({ url, as }: Connection): Promise<string> => {
  const given = process.env['FASCIA_TOKEN'];
  if (given !== undefined && given !== '') return given;
  const response = await reach(`${url}/oidc/token`, {
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
  const response = await reach(`${connection.url}${path}`, {
    ...init,
    method,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
  const body = (await response.json().catch(() => ({}))) as T & Problem;
  if (!response.ok)
    throw new Failure(`${body.code ?? String(response.status)}: ${body.detail ?? response.statusText}`);
  return body;
};
