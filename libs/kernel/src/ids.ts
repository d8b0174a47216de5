/**
 * Identifiers that repeat when a command repeats (RFC 9562, version 5), so that a retry writes the
 * same ids and a store can tell "again" from "another".
 */
import { stringify, v5 } from 'uuid';

/** The namespace of every name-based id that Fascia makes. Changing it would change every id. */
const FASCIA_NAMESPACE = '6b6f1a52-93c4-5f0e-8d7e-1f7a2c0b9d41';

/** A name-based UUID over the parts, joined by a character that JSON strings never hold raw. */
export const uuidFrom = (...parts: readonly string[]): string => v5(parts.join('\u0000'), FASCIA_NAMESPACE);

const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;

/** An id of 16 bytes that somebody has made (RFC 9562, version 8). */
export const uuidOf = (made: Uint8Array): string => {
  const bytes = Uint8Array.from(made.subarray(0, 16));
  bytes[VERSION_BYTE] = ((bytes[VERSION_BYTE] ?? 0) & 0x0f) | 0x80;
  bytes[VARIANT_BYTE] = ((bytes[VARIANT_BYTE] ?? 0) & 0x3f) | 0x80;
  return stringify(bytes);
};

/** The target is the stream a command acts on or, for a creation, the category. */
export const commandIdFrom = (sub: string, target: string, idempotencyKey: string): string =>
  uuidFrom('command', sub, target, idempotencyKey);

export const eventIdFrom = (commandId: string, ordinal: number): string =>
  uuidFrom('event', commandId, String(ordinal));

/** The id of a thing whose creator brought none. */
export const createdIdFrom = (commandId: string): string => uuidFrom('created', commandId);
