/** The command line's HTTP client: a token for a demo person, or the one that it is given; and patience with a busy server. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from '@fascia/retry';
import { InvalidArgumentError, type Command } from 'commander';
import { Failure } from './failure.js';
import { endOf, isInParts, type Far } from './parts.js';

export interface Connection {
  readonly url: string;
  readonly as: string;
  /** Which of their roles they act in: `physician@<organisation id>`; the first that may when it is not said. */
  readonly role?: string;
  /** What for, as a code of HL7 PurposeOfUse; what the role is there for when it is not said. */
  readonly purpose?: string;
  /** Seconds in which a server that says "not now" is asked again. */
  readonly wait: number;
}

const DEFAULT_URL = 'http://127.0.0.1:4600';
const DEMO_SECRET = 'demo';
const WAIT_SECONDS = 30;

const seconds = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > 86_400)
    throw new InvalidArgumentError('Seconds, from 0 to 86400.');
  return value;
};

export const withConnection = (command: Command, as: string): Command =>
  command
    .option('--url <address>', 'where Fascia runs', process.env['FASCIA_URL'] ?? DEFAULT_URL)
    .option('--as <person>', 'demo person to act as (FASCIA_TOKEN wins)', as)
    .option('--role <role>', 'which of their roles to act in, such as physician@<organisation id>')
    .option(
      '--purpose <code>',
      'what for, where the role is there for something else (HL7 PurposeOfUse, such as HLEGAL)',
    )
    .option(
      '--wait <seconds>',
      'how long a server that says "not now" (503, 429) is asked again',
      seconds,
      WAIT_SECONDS,
    );

export interface Problem {
  readonly code?: string;
  readonly detail?: string;
}

interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly body: Partial<T> & Problem;
}

/** The request was on its way: what became of it is not known. */
const BROKE_OFF = [
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
];

const brokeOff = (url: string): Failure =>
  new Failure(
    `${new URL(url).origin} took the request, and its answer did not come or broke off. Look at what is there before asking again: fascia status`,
  );

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    if (BROKE_OFF.includes(cause?.code ?? '')) throw brokeOff(url);
    throw new Failure(`Nothing answers at ${new URL(url).origin}. Is Fascia running? Try: fascia start`);
  }
};

type Progress = (far: Far) => void;

/** Whole, and in parts: as it ended. */
const ended = async (url: string, response: Response, progress: Progress) => {
  if (!isInParts(response)) {
    const text = await response.text().catch(() => {
      throw brokeOff(url);
    });
    return { ok: response.ok, status: response.status, text };
  }
  const end = await endOf(response, progress);
  if (end === undefined) throw brokeOff(url);
  return end;
};

/** Nothing of a refusal that is no JSON: a proxy's page, say. */
const answerOf = async <T>(url: string, response: Response, progress: Progress): Promise<Answer<T>> => {
  const { ok, status, text } = await ended(url, response, progress);
  const { statusText } = response;
  try {
    const body = (text === '' ? {} : JSON.parse(text)) as Partial<T> & Problem;
    return { ok, status, statusText, body };
  } catch {
    if (!ok) return { ok, status, statusText, body: {} };
    throw new Failure(`What answers at ${new URL(url).origin} is not Fascia: its answer is no JSON.`);
  }
};

/** RFC 9110, 10.2.3: seconds, or a date. @returns milliseconds; undefined when nothing can be made of it */
export const retryAfterMs = (header: string | null, now: number): number | undefined => {
  if (header === null || header.trim() === '') return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};

const saidNotNow = ({ status }: Pick<Response, 'status'>): boolean => status === 503 || status === 429;

/**
 * Asks, and asks again while the server says "not now" (after its `Retry-After`), as long as the connection's patience goes.
 * Every request can be asked again: questions change nothing, commands carry one key through all attempts.
 */
const ask = async <T>(
  { wait }: Pick<Connection, 'wait'>,
  url: string,
  init: RequestInit,
  progress: Progress = () => undefined,
): Promise<Answer<T>> => {
  const backoff = new Backoff();
  const since = Date.now();
  for (let asked = 1; ; asked += 1) {
    const response = await reach(url, init);
    const answer = await answerOf<T>(url, response, progress);
    if (!saidNotNow(answer)) return answer;
    const { status, statusText, body } = answer;
    const why = `${body.code ?? String(status)}: ${body.detail ?? statusText}`;
    const waitMs = Math.max(
      retryAfterMs(response.headers.get('retry-after'), Date.now()) ?? 0,
      backoff.next(),
    );
    if (Date.now() + waitMs > since + wait * 1_000) {
      const waited = Math.round((Date.now() - since) / 1_000);
      throw new Failure(
        `${why}\nAsked ${asked === 1 ? 'once' : `${String(asked)} times in ${String(waited)} s`}; the server asks for ${String(Math.ceil(waitMs / 1_000))} s more. Wait longer with --wait <seconds>.`,
      );
    }
    if (asked === 1) process.stderr.write(`Waiting, as the server says ${why}\n`);
    await delay(waitMs);
  }
};

export const tokenFor = async ({ url, as, wait }: Connection): Promise<string> => {
  const given = process.env['FASCIA_TOKEN'];
  if (given !== undefined && given !== '') return given;
  const { status, body } = await ask<{ access_token: string }>({ wait }, `${url}/oidc/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${as}:${DEMO_SECRET}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  });
  if (body.access_token === undefined) {
    throw new Failure(
      `No token for "${as}" (${String(status)}). With an issuer of your own set FASCIA_TOKEN; the demo people are listed by: fascia token --list`,
    );
  }
  return body.access_token;
};

interface Request {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Exclude<RequestInit['body'], undefined>;
  /** Is told how far it is, of what is long. */
  readonly progress?: Progress;
}

/** @throws Failure with the problem's own sentence */
export const call = async <T>(
  connection: Connection,
  method: 'GET' | 'POST',
  path: string,
  { progress, ...init }: Request = {},
): Promise<T> => {
  const token = await tokenFor(connection);
  const headers = {
    ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    ...(connection.role === undefined ? {} : { 'fascia-role': connection.role }),
    ...(connection.purpose === undefined ? {} : { 'fascia-purpose': connection.purpose }),
    ...(progress === undefined ? {} : { accept: 'text/event-stream' }),
    ...init.headers,
    authorization: `Bearer ${token}`,
  };
  const { ok, status, statusText, body } = await ask<T>(
    connection,
    `${connection.url}${path}`,
    { ...init, method, headers },
    progress,
  );
  if (!ok) throw new Failure(`${body.code ?? String(status)}: ${body.detail ?? statusText}`);
  return body as T;
};
