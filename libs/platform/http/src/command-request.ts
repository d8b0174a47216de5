/** What a command's headers and path say before any rule sees it. */
import { randomUUID } from 'node:crypto';
import { commandIdFrom, createdIdFrom, isUuid, streamOf, type Category } from '@fascia/kernel';
import { notFound, ProblemException } from './problems.js';

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = (headers: Headers, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

/** 1 to 255 visible ASCII characters; made here when the client brings none. */
export const idempotencyKeyOf = (headers: Headers): { readonly key: string; readonly keyGiven: boolean } => {
  const key = one(headers, 'idempotency-key');
  if (key === undefined) return { key: randomUUID(), keyGiven: false };
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return { key, keyGiven: true };
  throw new ProblemException(
    400,
    'IDEMPOTENCY_KEY_MALFORMED',
    'Idempotency-Key must be 1 to 255 visible ASCII characters without spaces.',
  );
};

/**
 * The version that the caller has seen. `*` ("whatever is there") is no condition: acting on what is not there is
 * answered 404 anyway. A weak tag never matches `If-Match` (RFC 9110 §13.1.1), so it is told, not ignored.
 */
export const ifVersionOf = (headers: Headers): number | undefined => {
  const value = one(headers, 'if-match')?.trim();
  if (value === undefined || value === '*') return undefined;
  const [, digits] = /^"(0|[1-9]\d{0,9})"$/.exec(value) ?? [];
  if (digits !== undefined) return Number(digits);
  const weak = value.startsWith('W/');
  throw new ProblemException(
    400,
    'IF_MATCH_MALFORMED',
    weak
      ? 'If-Match needs the strong tag that an answer gave in its ETag header, such as "7"; a weak tag (W/) never matches.'
      : 'If-Match must be one version as an answer gave it in its ETag header, such as "7" with the quotes.',
  );
};

/** A correlation id of the caller's own, if it is one; anything else is replaced, since it only names a trace. */
export const correlationIdOf = (headers: Headers): string => {
  const value = one(headers, 'x-correlation-id')?.toLowerCase();
  return value !== undefined && isUuid(value) ? value : randomUUID();
};

export interface Target {
  readonly id: string;
  readonly commandId: string;
}

/** A stranger's key can never return your answer: the id is made of the subject, the target and the key. */
export const targetOf = (
  category: Category,
  sub: string,
  key: string,
  given: { path?: string | undefined; body?: string | undefined },
): Target => {
  if (given.path !== undefined) {
    if (!isUuid(given.path)) throw notFound();
    return { id: given.path, commandId: commandIdFrom(sub, streamOf(category, given.path), key) };
  }
  const commandId = commandIdFrom(sub, category, key);
  return { id: given.body ?? createdIdFrom(commandId), commandId };
};
