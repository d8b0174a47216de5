/** Positions as clients see them: opaque, so that nobody computes with them or compares logs of two lives. */

/** Where a write ended. */
export interface LogPosition {
  readonly position: bigint;
  /** Of the event there, hex; empty when there is none. It names the history: the same after a fail-over, another after a restore. */
  readonly digest: string;
  /** Of the delivery, when there are several; 0 is the whole log. */
  readonly partition: number;
}

/** What the read side knows about how far it has come. */
export interface Positions {
  /** Of the event that stands there, hex; nothing when none does. */
  digestAt(position: bigint): Promise<string | undefined>;
  /** Whether the projections reached it within the time. */
  waitFor(position: bigint, timeoutMs: number): Promise<boolean>;
  /** Whether lists lack the event that stands there, or anything else about whom it is about. */
  isLacking(position: bigint): Promise<boolean>;
}

export const POSITIONS = Symbol('POSITIONS');

export const POSITION_HEADER = 'Fascia-Position';
export const AT_LEAST_HEADER = 'Fascia-At-Least';
/** How many things are parked that an answer about one thing may lack. */
export const INCOMPLETE_HEADER = 'Fascia-Incomplete';

const LONGEST_TOKEN = 300;
/** A store counts no further. */
const LARGEST = 2n ** 63n - 1n;
const DIGEST = /^[0-9a-f]{16}$/;

/** So much of a digest tells two histories apart. */
const DIGEST_DIGITS = 16;

export const encodePosition = ({ position, digest, partition }: LogPosition): string =>
  Buffer.from(JSON.stringify([position.toString(), digest.slice(0, DIGEST_DIGITS), partition])).toString(
    'base64url',
  );

/** @returns nothing when the text was not made by {@link encodePosition}. */
export const decodePosition = (token: string): LogPosition | undefined => {
  if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
  const parts = parse(Buffer.from(token, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [position, digest, partition] = parts as unknown[];
  if (typeof position !== 'string' || !/^(0|[1-9]\d{0,18})$/.test(position)) return undefined;
  if (BigInt(position) > LARGEST) return undefined;
  if (typeof digest !== 'string' || !(position === '0' ? /^$/ : DIGEST).test(digest)) return undefined;
  if (typeof partition !== 'number' || !Number.isSafeInteger(partition) || partition < 0) return undefined;
  return { position: BigInt(position), digest, partition };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
