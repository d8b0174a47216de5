/**
 * Claiming before a decision is stored, and releasing after. A claim names its owner stream and an expiry:
 * one whose owner never came (a crash between claim and append) gives way after it; one whose owner did come
 * stays, however old.
 */
import {
  eventIdFrom, registerStream, uuidFrom, factOf, fold,
  type Actor, type Clock, type EventStore, type Refusal, type StreamName,
} from '@fascia/kernel';
import type { Claim } from './aggregate.js';
import type { Codec } from './codec.js';
import { clashing, registerDecider, type HeldClaim, type RegisterState } from './register.js';
import { readWhole } from './read-whole.js';

/** Far longer than a door needs between claim and append; configuration with a default. */
const CLAIM_LIFE_MS = 5 * 60_000;

export interface ClaimContext {
  readonly owner: StreamName;
  readonly by: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  /** Whether that owner stream really holds the claim now. */
  isHeldBy(owner: StreamName, claimId: string): Promise<boolean>;
}

export interface Claims {
  /** All or none: on a refusal those made before it are released. */
  make(claims: readonly Claim[], context: ClaimContext): Promise<Refusal | undefined>;
  release(claims: readonly Claim[], context: ClaimContext): Promise<void>;
}

/** The same owner, key and interval have the same claim id, so a repeated command claims nothing new. */
export const claimIdOf = (owner: StreamName, claim: Claim): string =>
  uuidFrom('claim', owner, ...claim.key, claim.interval?.from ?? '', claim.interval?.to ?? '');

type RegisterCommand = Parameters<typeof registerDecider.decide>[0];

interface Register {
  readonly stream: StreamName;
  readonly state: RegisterState;
  readonly version: number;
}

export const makeClaims = (store: EventStore, codec: Codec, clock: Clock): Claims => {
  const load = async (stream: StreamName): Promise<Register> => {
    const stored = await readWhole(store, stream);
    const envelopes = await Promise.all(stored.map((event) => codec.decode(event)));
    const facts = envelopes.map((envelope) => factOf(envelope));
    return { stream, state: fold(registerDecider as never, facts), version: stored.length };
  };

  /** @returns false when the register moved meanwhile */
  const append = async ({ stream, state, version }: Register, command: RegisterCommand, context: ClaimContext): Promise<boolean> => {
    const at = clock.now().toISOString();
    const decision = registerDecider.decide(command, state, { at, by: context.by, id: stream, facts: undefined });
    if (!decision.ok) return false;
    if (decision.events.length === 0) return true;
    // The version takes part: claiming, releasing and claiming again are three different writes.
    const commandId = uuidFrom(context.commandId, stream, command.type, command.claimId, String(version));
    const { by: actor, correlationId, commandId: causationId } = context;
    const metadata = { occurredAt: at, actor, correlationId, causationId, commandId, requestDigest: commandId };
    const events = await Promise.all(
      decision.events.map((event, index) =>
        codec.encode({ stream, version: version + 1 + index, id: eventIdFrom(commandId, index), event, metadata }),
      ),
    );
    const result = await store.append({ stream, expectedVersion: version, commandId, requestDigest: commandId, events });
    return result.kind === 'appended' || result.kind === 'already';
  };

  const stands = async (claim: HeldClaim, context: ClaimContext): Promise<boolean> =>
    clock.now().toISOString() < claim.expiresAt || (await context.isHeldBy(claim.owner as StreamName, claim.claimId));

  const makeOne = async (claim: Claim, context: ClaimContext): Promise<Refusal | undefined> => {
    const stream = registerStream(...claim.key);
    const claimId = claimIdOf(context.owner, claim);
    for (;;) {
      const register = await load(stream);
      const other = clashing(register.state, { claimId, interval: claim.interval });
      if (other !== undefined && (await stands(other, context))) return claim.refusal;
      const expiresAt = new Date(clock.now().getTime() + CLAIM_LIFE_MS).toISOString();
      const command: RegisterCommand = {
        type: 'MakeClaim', claimId, owner: context.owner, interval: claim.interval, expiresAt, instead: other?.claimId,
      };
      if (await append(register, command, context)) return undefined;
    }
  };

  const release = async (claims: readonly Claim[], context: ClaimContext): Promise<void> => {
    for (const claim of claims) {
      const stream = registerStream(...claim.key);
      const command: RegisterCommand = { type: 'ReleaseClaim', claimId: claimIdOf(context.owner, claim) };
      while (!(await append(await load(stream), command, context)));
    }
  };

  const make = async (claims: readonly Claim[], context: ClaimContext): Promise<Refusal | undefined> => {
    const made: Claim[] = [];
    for (const claim of claims) {
      const refusal = await makeOne(claim, context);
      if (refusal !== undefined) {
        await release(made, context);
        return refusal;
      }
      made.push(claim);
    }
    return undefined;
  };

  return { make, release };
};
