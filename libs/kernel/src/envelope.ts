/** The stored envelope as readers see it: decoded data and metadata, personal fields opened. */
import type { Actor, Instant } from './contract/actor.js';
import type { DomainEvent, Fact } from './decider.js';
import type { Position } from './event-store.js';
import type { StreamName } from './stream.js';

export interface EventMetadata {
  /** When it happened in the world; `recordedAt` is set by the store. */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  /** Whose health data this is: the partition and the owner of the sealing key. */
  readonly patientId?: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly commandId: string;
  readonly requestDigest: string;
  readonly schemaVersion: number;
  readonly policy?: { readonly profile: string; readonly version: string };
}

/** Discriminated by `type`, as the events are. */
export type Envelope<E extends DomainEvent = DomainEvent> = E extends DomainEvent
  ? EventMetadata & {
      readonly position: Position;
      readonly stream: StreamName;
      readonly version: number;
      readonly id: string;
      readonly recordedAt: Instant;
      readonly type: E['type'];
      readonly data: E['data'];
    }
  : never;

/** As a fold sees it. */
export const factOf = (envelope: Envelope): Fact<DomainEvent> => ({
  type: envelope.type,
  data: envelope.data,
  id: envelope.id,
  at: envelope.occurredAt,
  by: envelope.actor,
});

/** Shown in place of a personal field whose key has been erased. */
export const ERASED = '[erased]';

/** The injected wall clock: the only source of "now". */
export interface Clock {
  now(): Date;
}

// eslint-disable-next-line no-restricted-syntax -- the one place where time comes from
export const systemClock: Clock = { now: () => new Date() };
