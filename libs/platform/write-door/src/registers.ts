/** Registers as streams: loaded, and written to when they still stand where they were seen. */
import { randomUUID } from 'node:crypto';
import {
  eventIdFrom,
  type Actor,
  type Clock,
  type Envelope,
  type Instant,
  type StreamName,
} from '@fascia/kernel';
import type { Folding } from './folding.js';
import { knownOf, type Log } from './loading.js';
import { evolveRegister, type RegisterEvent, type RegisterState } from './register.js';

export interface Register {
  readonly stream: StreamName;
  readonly held: RegisterState;
  readonly version: number;
  /** Of its last event; empty when there is none. */
  readonly recordedAt: Instant;
}

/** The command on whose behalf a register is written to. */
export interface Origin {
  readonly by: Actor;
  readonly commandId: string;
  readonly correlationId: string;
}

export interface Registers {
  load(stream: StreamName): Promise<Register>;
  /** @returns false when the register moved meanwhile */
  append(register: Register, events: readonly RegisterEvent[], origin: Origin): Promise<boolean>;
}

const REGISTER: Folding<RegisterState> = {
  name: 'register',
  code: evolveRegister.toString(),
  initial: [],
  // Registers hold nothing else.
  evolve: (held, event) => evolveRegister(held, event as Envelope<RegisterEvent>),
};

export const registersIn = (log: Log, clock: Clock): Registers => {
  const load = async (stream: StreamName): Promise<Register> => {
    const { state: held, end: version, last } = await knownOf(log, REGISTER, stream);
    return { stream, held, version, recordedAt: last?.recordedAt ?? '' };
  };

  const append = async (
    { stream, version }: Register,
    events: readonly RegisterEvent[],
    origin: Origin,
  ): Promise<boolean> => {
    // Its own each time: two attempts at one command make two claims, and each lets go of its own.
    const commandId = randomUUID();
    const metadata = {
      occurredAt: clock.now().toISOString(),
      actor: origin.by,
      correlationId: origin.correlationId,
      causationId: origin.commandId,
      commandId,
      requestDigest: commandId,
    };
    const encoded = await Promise.all(
      events.map((event, index) =>
        log.codec.encode({
          stream,
          version: version + 1 + index,
          id: eventIdFrom(commandId, index),
          event,
          metadata,
        }),
      ),
    );
    const result = await log.store.append({
      stream,
      expectedVersion: version,
      commandId,
      requestDigest: commandId,
      events: encoded,
    });
    return result.kind === 'appended' || result.kind === 'already';
  };

  return { load, append };
};
