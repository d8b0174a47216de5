/** Registers as streams: loaded, and written to when they still stand where they were seen. */
import {
  eventIdFrom,
  factOf,
  fold,
  uuidFrom,
  type Actor,
  type Clock,
  type EventStore,
  type StreamName,
} from '@fascia/kernel';
import type { Codec } from './codec.js';
import { registerDecider, type RegisterState } from './register.js';
import { readWhole } from './read-whole.js';

export type RegisterCommand = Parameters<typeof registerDecider.decide>[0];

export interface Register {
  readonly stream: StreamName;
  readonly state: RegisterState;
  readonly version: number;
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
  append(register: Register, command: RegisterCommand, origin: Origin): Promise<boolean>;
}

export const registersIn = (store: EventStore, codec: Codec, clock: Clock): Registers => {
  const load = async (stream: StreamName): Promise<Register> => {
    const stored = await readWhole(store, stream);
    const envelopes = await Promise.all(stored.map((event) => codec.decode(event)));
    const facts = envelopes.map((envelope) => factOf(envelope));
    return { stream, state: fold(registerDecider as never, facts), version: stored.length };
  };

  const append = async (
    { stream, state, version }: Register,
    command: RegisterCommand,
    origin: Origin,
  ): Promise<boolean> => {
    const at = clock.now().toISOString();
    const decision = registerDecider.decide(command, state, {
      at,
      by: origin.by,
      id: stream,
      facts: undefined,
    });
    if (!decision.ok) return false;
    if (decision.events.length === 0) return true;
    // The version takes part: claiming, releasing and claiming again are three different writes.
    const commandId = uuidFrom(origin.commandId, stream, command.type, command.claimId, String(version));
    const { by: actor, correlationId, commandId: causationId } = origin;
    const metadata = {
      occurredAt: at,
      actor,
      correlationId,
      causationId,
      commandId,
      requestDigest: commandId,
    };
    const events = await Promise.all(
      decision.events.map((event, index) =>
        codec.encode({
          stream,
          version: version + 1 + index,
          id: eventIdFrom(commandId, index),
          event,
          metadata,
        }),
      ),
    );
    const result = await store.append({
      stream,
      expectedVersion: version,
      commandId,
      requestDigest: commandId,
      events,
    });
    return result.kind === 'appended' || result.kind === 'already';
  };

  return { load, append };
};
