/**
 * Claiming before a decision is stored, and releasing after. A claim names its owner stream and an expiry:
 * one whose owner never came (a crash between claim and append) gives way after it; one whose owner did come
 * stays, however old.
 */
import {
  registerStream,
  uuidFrom,
  type Clock,
  type Command,
  type DomainEvent,
  type EventStore,
  type AnyRefusal,
  type StreamName,
} from '@fascia/kernel';
import type { Aggregate, Claim, Loaded } from './aggregate.js';
import type { Codec } from './codec.js';
import { clashing, type HeldClaim } from './register.js';
import { registersIn, type Origin, type RegisterCommand } from './registers.js';

/** Far longer than a door needs between claim and append; configuration with a default. */
const CLAIM_LIFE_MS = 5 * 60_000;

export interface ClaimContext extends Origin {
  readonly owner: StreamName;
  /** Whether that owner stream really holds the claim now. */
  isHeldBy(owner: StreamName, claimId: string): Promise<boolean>;
}

export interface Claims {
  /** All or none: on a refusal those made before it are released. */
  make(claims: readonly Claim[], context: ClaimContext): Promise<AnyRefusal | undefined>;
  release(claims: readonly Claim[], context: ClaimContext): Promise<void>;
}

/** The same owner, key and interval have the same claim id, so a repeated command claims nothing new. */
export const claimIdOf = (owner: StreamName, claim: Claim): string =>
  uuidFrom('claim', owner, ...claim.key, claim.interval?.from ?? '', claim.interval?.to ?? '');

/** What a state must hold that the one before did not, and the other way round. */
export const claimChange = <S, C extends Command, E extends DomainEvent, F>(
  { holds }: Aggregate<S, C, E, F>,
  { state, stream }: Loaded<S>,
  after: S,
  id: string,
): { added: readonly Claim[]; dropped: readonly Claim[] } => {
  if (holds === undefined) return { added: [], dropped: [] };
  const before = new Map(holds(state, id).map((claim) => [claimIdOf(stream, claim), claim]));
  const wanted = new Map(holds(after, id).map((claim) => [claimIdOf(stream, claim), claim]));
  return {
    added: [...wanted].filter(([claimId]) => !before.has(claimId)).map(([, claim]) => claim),
    dropped: [...before].filter(([claimId]) => !wanted.has(claimId)).map(([, claim]) => claim),
  };
};

export const makeClaims = (store: EventStore, codec: Codec, clock: Clock): Claims => {
  const registers = registersIn(store, codec, clock);

  const stands = async (claim: HeldClaim, context: ClaimContext): Promise<boolean> =>
    clock.now().toISOString() < claim.expiresAt ||
    (await context.isHeldBy(claim.owner as StreamName, claim.claimId));

  const makeOne = async (claim: Claim, context: ClaimContext): Promise<AnyRefusal | undefined> => {
    const stream = registerStream(...claim.key);
    const claimId = claimIdOf(context.owner, claim);
    for (;;) {
      const register = await registers.load(stream);
      const other = clashing(register.state, { claimId, interval: claim.interval });
      if (other !== undefined && (await stands(other, context))) return claim.refusal;
      const expiresAt = new Date(clock.now().getTime() + CLAIM_LIFE_MS).toISOString();
      const command: RegisterCommand = {
        type: 'MakeClaim',
        claimId,
        owner: context.owner,
        interval: claim.interval,
        expiresAt,
        instead: other?.claimId,
      };
      if (await registers.append(register, command, context)) return undefined;
    }
  };

  const release = async (claims: readonly Claim[], context: ClaimContext): Promise<void> => {
    for (const claim of claims) {
      const stream = registerStream(...claim.key);
      const command: RegisterCommand = { type: 'ReleaseClaim', claimId: claimIdOf(context.owner, claim) };
      while (!(await registers.append(await registers.load(stream), command, context)));
    }
  };

  const make = async (claims: readonly Claim[], context: ClaimContext): Promise<AnyRefusal | undefined> => {
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
