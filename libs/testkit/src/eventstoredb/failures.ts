/** Errors as the server words them: a status, and an `exception` in the trailers that the client turns into a class. */
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

const failure = (
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const unauthenticated = (): ServiceError =>
  failure(status.UNAUTHENTICATED, 'Bad HTTP response. Status code: 401');

export const accessDenied = (): ServiceError =>
  failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const notLeader = (host: string, port: number): ServiceError =>
  failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const appendTooLarge = (limit: number): ServiceError =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const missingMetadata = (property: string): ServiceError =>
  failure(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

/** Whose answers are given where versions of the server differ. */
export type Release = '23.10' | '24.10';

/** A position between two events: where a record is expected there are bytes of another. */
export const invalidPosition = (release: Release): ServiceError =>
  release === '23.10'
    ? failure(status.UNKNOWN, 'Exception was thrown by handler.')
    : failure(status.INVALID_ARGUMENT, 'Invalid position');

export const badRequest = (details: string): ServiceError => failure(status.INVALID_ARGUMENT, details);

export const unavailable = (): ServiceError => failure(status.UNAVAILABLE, 'Connection dropped');

export const cancelled = (): ServiceError => failure(status.CANCELLED, 'Call canceled by the server');

/** Which status a slow consumer gets differs between versions; an adapter must not lean on it. */
export const tooSlow = (): ServiceError =>
  failure(status.RESOURCE_EXHAUSTED, 'The subscription was dropped: its consumer is too slow');

export const unimplemented = (): ServiceError => failure(status.UNIMPLEMENTED, 'Not part of this server');
