/** What an error from the client says about whether something was stored, and what a caller is told. */
import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamNotFoundError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
  isCommandError,
} from '@eventstore/db-client';
import { AppendTooLarge, StoreUnavailable } from '@fascia/kernel';
import { DamagedLog, EventStoreDbAccessDenied, NoSuchPosition, UnsuitableEventStoreDb } from './troubles.js';

export type Failure =
  /** Nothing can have been stored: no connection was made. */
  | 'not sent'
  /** Another node leads; the client goes there on the next call. */
  | 'not leader'
  | 'conflict'
  | 'too large'
  | 'denied'
  | 'no stream'
  /** The server understood and refused, such as a position at which no event stands; or a bug on this side. */
  | 'refused'
  /** The call broke, timed out or was cancelled: stored or not is not known. */
  | 'unknown';

/** gRPC's UNKNOWN and INVALID_ARGUMENT: the server answered. */
const ANSWERED: readonly (number | undefined)[] = [2, 3];

/** How grpc-js words it when a call never left: it has no code of its own for that. */
const NEVER_LEFT = /No connection established|Name resolution failed|Channel closed before call started/;

export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof WrongExpectedVersionError) return 'conflict';
  if (error instanceof MaxAppendSizeExceededError) return 'too large';
  if (error instanceof AccessDeniedError) return 'denied';
  if (error instanceof NotLeaderError) return 'not leader';
  if (error instanceof StreamNotFoundError) return 'no stream';
  if (error instanceof UnavailableError && NEVER_LEFT.test(error.message)) return 'not sent';
  if (error instanceof UnknownError && ANSWERED.includes(error.code)) return 'refused';
  if (isCommandError(error) || 'code' in error) return 'unknown';
  // Looking for a cluster's leader ends in a plain error.
  return error.message.startsWith('Failed to discover') ? 'not sent' : 'refused';
};

/** Whether the server answered, and does not know the position. */
export const isNoPosition = (error: unknown): boolean =>
  error instanceof UnknownError && ANSWERED.includes(error.code);

const OUR_OWN = [
  DamagedLog,
  EventStoreDbAccessDenied,
  NoSuchPosition,
  StoreUnavailable,
  UnsuitableEventStoreDb,
];

/** What the caller of a read is told. */
export const readError = (error: unknown): Error => {
  if (OUR_OWN.some((own) => error instanceof own)) return error as Error;
  switch (failureOf(error)) {
    case 'denied':
      return accessDenied(error);
    case 'refused':
    case 'conflict':
    case 'too large':
    case 'no stream':
      return error as Error;
    case 'not sent':
    case 'not leader':
    case 'unknown':
      return new StoreUnavailable('EventStoreDB cannot be reached', { cause: error });
  }
};

export const accessDenied = (cause: unknown): Error =>
  new EventStoreDbAccessDenied(
    'EventStoreDB refuses the user of the connection string: name and password have to be right, and the user an administrator or one whom the default access list ($settings) lets read and write streams of the users and read those of the system ("$systemStreamAcl": {"$r": …})',
    { cause },
  );

export const tooLarge = (cause: unknown): Error =>
  new AppendTooLarge(
    'EventStoreDB takes less in one append than Fascia sends: set its MaxAppendSize to 16000000',
    { cause },
  );
