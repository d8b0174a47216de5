/**
 * Whether what is in the way of a claim stands, and the fence where it does not: an event in the owner's stream, at the version
 * at which that owner would append (docs/adr/0002).
 */
import { eventIdFrom, uuidFrom, type Clock, type Instant, type StreamName } from '@fascia/kernel';
import { BOOKKEEPER } from './bookkeeping.js';
import { withPatient } from './history.js';
import type { Log } from './loading.js';
import type { HeldClaim } from './register.js';
import type { Origin, Register } from './registers.js';

/** A stream, as far as its claims are concerned. */
export interface Owner {
  /** Version of its last event, bookkeeping included. */
  readonly end: number;
  /** Ids of the claims that its state holds. */
  readonly holds: ReadonlySet<string>;
  readonly patientId?: string;
}

export interface ClaimContext extends Origin {
  readonly owner: StreamName;
  /** At which it is about to append. */
  readonly ownerVersion: number;
  /** Ids of the claims that it holds once it has: what it gives up is not in its own way. */
  readonly keeps: ReadonlySet<string>;
  ownerOf(stream: StreamName): Promise<Owner>;
}

type Verdict = 'stands' | 'gone' | 'over' | 'doubtful';

/** @param times the store's, as far as it is known, and the caller's own, which may be wrong */
const judge = (
  claim: HeldClaim,
  { end, holds }: Owner,
  times: { readonly stored: Instant; readonly own: Instant },
): Verdict => {
  if (holds.has(claim.claimId)) return 'stands';
  if (end > claim.ownerVersion) return 'gone';
  if (times.stored < claim.until) return times.own < claim.until ? 'stands' : 'doubtful';
  // A stream that is shorter than the claim says was put back from an older copy: nobody is left to come.
  return end < claim.ownerVersion ? 'gone' : 'over';
};

/** @param asked whether the store was asked for the time already: then it is as late as it says */
export type Clear = (
  register: Register,
  inTheWay: readonly HeldClaim[],
  context: ClaimContext,
  asked: boolean,
) => Promise<'taken' | 'ask' | 'again' | 'free'>;

export const clearingIn = ({ store, codec }: Log, clock: Clock): Clear => {
  /** The latest that the store is known to have recorded: of two clocks the one that all have in common. */
  const storedTime = async ({ recordedAt }: Register): Promise<Instant> => {
    const last = await store.readAt((await store.head()).position);
    return last !== undefined && last.recordedAt > recordedAt ? last.recordedAt : recordedAt;
  };

  const judged = async (register: Register, claims: readonly HeldClaim[], context: ClaimContext) => {
    if (claims.length === 0) return [];
    const times = { stored: await storedTime(register), own: clock.now().toISOString() };
    return Promise.all(
      claims.map(async (claim) => {
        const owner = await context.ownerOf(claim.owner);
        return { claim, owner, verdict: judge(claim, owner, times) };
      }),
    );
  };

  /** At the version that the claim names, or not at all: whoever took it over too, or the owner itself, was first. */
  const fence = async (
    { claimId, owner, ownerVersion }: HeldClaim,
    { patientId }: Owner,
    register: StreamName,
    { correlationId, commandId: causationId }: Origin,
  ): Promise<void> => {
    const commandId = uuidFrom('lapsed', register, claimId, String(ownerVersion));
    const event = await codec.encode({
      stream: owner,
      version: ownerVersion + 1,
      id: eventIdFrom(commandId, 0),
      event: { type: 'ClaimLapsed', data: { claimId, register } },
      metadata: {
        occurredAt: clock.now().toISOString(),
        actor: BOOKKEEPER,
        correlationId,
        causationId,
        commandId,
        requestDigest: commandId,
        ...withPatient(patientId),
      },
    });
    const request = { stream: owner, expectedVersion: ownerVersion, commandId, requestDigest: commandId };
    await store.append({ ...request, events: [event] });
  };

  return async (register, inTheWay, context, asked) => {
    const verdicts = await judged(register, inTheWay, context);
    if (verdicts.some(({ verdict }) => verdict === 'stands')) return 'taken';
    if (verdicts.some(({ verdict }) => verdict === 'doubtful')) return asked ? 'taken' : 'ask';
    const over = verdicts.filter(({ verdict }) => verdict === 'over');
    for (const { claim, owner } of over) await fence(claim, owner, register.stream, context);
    return over.length > 0 ? 'again' : 'free';
  };
};
