/** Positions as clients see them: opaque, so that nobody computes with them or compares logs of two lives. */

/** Where a write ended. */
export interface LogPosition {
  /** Names the log; another one after a fail-over or a restore. */
  readonly epoch: string;
  readonly position: bigint;
  /** Of the delivery, when there are several; 0 is the whole log. */
  readonly partition: number;
}

/** What the read side knows about how far it has come. */
export interface Positions {
  epoch(): Promise<string> | string;
  /** Of the log, not of a projection. */
  head(): Promise<bigint>;
  /** Whether the projections reached it within the time. */
  waitFor(position: bigint, timeoutMs: number): Promise<boolean>;
}

export const POSITIONS = Symbol('POSITIONS');

export const POSITION_HEADER = 'Fascia-Position';
export const AT_LEAST_HEADER = 'Fascia-At-Least';

const LONGEST_TOKEN = 300;

export const encodePosition = ({ epoch, position, partition }: LogPosition): string =>
  Buffer.from(JSON.stringify([epoch, position.toString(), partition])).toString('base64url');

/** @returns nothing when the text was not made by {@link encodePosition}. */
export const decodePosition = (token: string): LogPosition | undefined => {
  if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
  const parts = parse(Buffer.from(token, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 3) return undefined;
  const [epoch, position, partition] = parts as unknown[];
  if (typeof epoch !== 'string' || typeof position !== 'string' || !/^(0|[1-9]\d{0,18})$/.test(position))
    return undefined;
  if (typeof partition !== 'number' || !Number.isSafeInteger(partition) || partition < 0) return undefined;
  return { epoch, position: BigInt(position), partition };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
