/** What every adapter checks before it stores or sends anything, so that all of them refuse alike. */
import { APPEND_LIMIT_BYTES, AppendTooLarge, isUuid } from '@fascia/kernel';
import type { AppendRequest } from '@fascia/kernel';

/** The largest page that a reader may ask for. */
export const PAGE_LIMIT = 10_000;

/** Bytes of a command's events, as counted against the 1 MiB limit: data and metadata. */
export const sizeOf = (request: AppendRequest): number =>
  request.events.reduce((bytes, event) => bytes + event.data.byteLength + event.metadata.byteLength, 0);

// PostgreSQL text holds neither NUL nor lone surrogates; the memory adapter must not accept more than it.
const isStorableText = (text: string): boolean =>
  text !== '' && !text.includes('\u0000') && text.isWellFormed();

/** Leaves room in a 32-bit integer for any number of events that fits into 1 MiB. */
const LARGEST_VERSION = 2_000_000_000;

const isVersion = (version: number): boolean =>
  Number.isSafeInteger(version) && version >= 0 && version <= LARGEST_VERSION;

const requirement = (holds: boolean, sentence: string): void => {
  if (!holds) throw new TypeError(`not an append: ${sentence}`);
};

/**
 * @throws AppendTooLarge above 1 MiB
 * @throws TypeError for what no caller sends on purpose (a bug, not a refusal)
 */
export const assertAppendable = (request: AppendRequest): void => {
  requirement(isStorableText(request.stream), 'the stream has no name');
  requirement(
    isVersion(request.expectedVersion),
    `expectedVersion is a whole number from 0 to ${LARGEST_VERSION}`,
  );
  requirement(isUuid(request.commandId), 'commandId is a lower-case UUID');
  requirement(isStorableText(request.requestDigest), 'requestDigest is missing');
  requirement(request.events.length > 0, 'there are no events');
  for (const event of request.events) {
    requirement(isUuid(event.id), 'every event id is a lower-case UUID');
    requirement(isStorableText(event.type), 'every event has a type');
  }
  const bytes = sizeOf(request);
  if (bytes > APPEND_LIMIT_BYTES) {
    throw new AppendTooLarge(`${bytes} bytes in one command; the limit is ${APPEND_LIMIT_BYTES}`);
  }
};

/** @throws RangeError: a page silently cut short would look like the end of the log. */
export const assertPage = (limit: number): void => {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > PAGE_LIMIT) {
    throw new RangeError(`a page holds 1 to ${PAGE_LIMIT} events, not ${limit}`);
  }
};
