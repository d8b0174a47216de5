/**
 * Claiming before a decision is stored, and releasing after (docs/adr/0002). A claim stands while its owner's state holds
 * it. One that is not held waits for its owner as long as that can still append at the version which the claim names; whoever
 * takes it over after its time appends there first, so that the owner, should it come yet, comes too late.
 */
import {
  OutcomeUnknown,
  registerStream,
  StoreUnavailable,
  uuidFrom,
  type Clock,
  type Command,
  type DomainEvent,
  type StreamName,
} from '@fascia/kernel';
import { Contended, type Aggregate, type Claim } from './aggregate.js';
import type { Codec } from './codec.js';
import { withPatient, type History } from './history.js';
import { Crowded, type Lanes } from './lanes.js';
import type { Log } from './loading.js';
import { clashing, released, type HeldClaim } from './register.js';
import { registersIn, type Origin, type Registers } from './registers.js';
import { clearingIn, type ClaimContext, type Clear, type Owner } from './take-over.js';

/** Far longer than a door needs between claim and append. */
const CLAIM_LIFE_SECONDS = 5 * 60;
/** Each is one that somebody else won: this many in a row, and the caller may ask again. */
const ROUNDS = 100;

/** What is claimed, whatever is said when somebody else has it. */
export type Wanted = Pick<Claim, 'key' | 'interval'>;

export interface MadeClaim {
  readonly kind: 'made';
  readonly register: StreamName;
  readonly made: number;
}

type Making<W extends Wanted> =
  | { readonly kind: 'made'; readonly claims: readonly MadeClaim[] }
  | { readonly kind: 'taken'; readonly claim: W }
  /** The owner has another version by now: what was decided is not what will be stored. */
  | { readonly kind: 'moved' };

/** The same owner, key and interval have the same claim id, so that a state tells which claims it holds. */
export const claimIdOf = (owner: StreamName, claim: Wanted): string =>
  uuidFrom('claim', owner, ...claim.key, claim.interval?.from ?? '', claim.interval?.to ?? '');

/** The key that a creation was sent under, where a store does not know event ids beyond the stream. It stands for ever. */
export const creationClaim = (commandId: string): Wanted => ({ key: ['creation', commandId] });

/** Everything that a stream holds, by keys that may be read by anybody. */
export const claimsOf = async <S, C extends Command, E extends DomainEvent, F>(
  { holds }: Pick<Aggregate<S, C, E, F>, 'holds'>,
  { state, id }: { readonly state: S; readonly id: string },
  { nameOf }: Pick<Codec, 'nameOf'>,
): Promise<readonly Claim[]> =>
  Promise.all(
    (holds?.(state, id) ?? []).map(async (claim) =>
      claim.personal === true
        ? { ...claim, key: ['named', (await nameOf('claim', ...claim.key)).toString('hex')] }
        : claim,
    ),
  );

/** The owner that a stream is. */
export const ownerOf = <S>(
  claims: readonly Claim[],
  { stream, end, createdBy, patientId }: History<S>,
): Owner => {
  const creation = createdBy === undefined ? [] : [creationClaim(createdBy)];
  const held: readonly Wanted[] = [...claims, ...creation];
  return { end, holds: new Set(held.map((claim) => claimIdOf(stream, claim))), ...withPatient(patientId) };
};

/** What a state must hold that the one before did not, and the other way round. */
export const claimChange = (
  owner: StreamName,
  before: readonly Claim[],
  after: readonly Claim[],
): {
  readonly added: readonly Claim[];
  readonly dropped: readonly Claim[];
  readonly keeps: ReadonlySet<string>;
} => {
  const held = new Map(before.map((claim) => [claimIdOf(owner, claim), claim]));
  const wanted = new Map(after.map((claim) => [claimIdOf(owner, claim), claim]));
  return {
    added: [...wanted].filter(([claimId]) => !held.has(claimId)).map(([, claim]) => claim),
    dropped: [...held].filter(([claimId]) => !wanted.has(claimId)).map(([, claim]) => claim),
    keeps: new Set(wanted.keys()),
  };
};

/** What cannot be cleared away now is in nobody's way for long; the command itself is done, or refused. */
const passing = (error: unknown): void => {
  const passes = [StoreUnavailable, OutcomeUnknown, Contended].some((kind) => error instanceof kind);
  if (!passes) throw error;
};

export class Claims {
  readonly #log: Log;
  readonly #registers: Registers;
  readonly #clear: Clear;
  readonly #lanes: Lanes;

  constructor(log: Log, clock: Clock, lanes: Lanes) {
    this.#lanes = lanes;
    this.#log = log;
    this.#registers = registersIn(log, clock);
    this.#clear = clearingIn(log, clock);
  }

  /** All or none: of those made before one that cannot be made each is let go. @throws Contended */
  async make<W extends Wanted>(wanted: readonly W[], context: ClaimContext): Promise<Making<W>> {
    const claims: MadeClaim[] = [];
    try {
      for (const claim of wanted) {
        const register = registerStream(...claim.key);
        const one = await this.#lanes.through(register, () => this.#makeOne(register, claim, context));
        if (one.kind === 'made') {
          claims.push(one);
          continue;
        }
        await this.letGo(claims, context);
        return one.kind === 'taken' ? { kind: 'taken', claim } : { kind: 'moved' };
      }
    } catch (error) {
      await this.letGo(claims, context);
      throw error;
    }
    return { kind: 'made', claims };
  }

  /** Only what was made, whatever else the owner has claimed. What cannot be let go now gives way later. */
  async letGo(claims: readonly MadeClaim[], origin: Origin): Promise<void> {
    for (const { register, made } of claims)
      await this.#release(register, (claim) => claim.made === made, origin).catch(passing);
  }

  /** What the owner held up to a version, and holds no more. What cannot be released now gives way when it is in the way. */
  async drop(claims: readonly Wanted[], context: ClaimContext): Promise<void> {
    for (const dropped of claims) {
      const claimId = claimIdOf(context.owner, dropped);
      await this.#release(
        registerStream(...dropped.key),
        (claim) => claim.claimId === claimId && claim.ownerVersion <= context.ownerVersion,
        context,
      ).catch(passing);
    }
  }

  async #hasMoved({ owner, ownerVersion }: ClaimContext): Promise<boolean> {
    return (await this.#log.store.readStream(owner, ownerVersion + 1, 1)).length > 0;
  }

  async #makeOne(
    stream: StreamName,
    wanted: Wanted,
    context: ClaimContext,
  ): Promise<MadeClaim | { readonly kind: 'taken' | 'moved' }> {
    const { owner, ownerVersion, keeps } = context;
    const claim = { claimId: claimIdOf(owner, wanted), interval: wanted.interval };
    let asked = false;
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.#lanes.afterLosing(round);
      if (round > 0 && (await this.#hasMoved(context))) return { kind: 'moved' };
      const register = await this.#registers.load(stream);
      const others = clashing(register.held, claim);
      if (others.some((other) => other.owner === owner && keeps.has(other.claimId))) return { kind: 'taken' };
      const inTheWay = others.filter((other) => other.owner !== owner);
      const verdict = await this.#clear(register, inTheWay, context, asked);
      if (verdict === 'taken') return { kind: 'taken' };
      if (verdict === 'ask')
        asked = await this.#registers.append(
          register,
          inTheWay.slice(0, 1).map(({ claimId }) => ({ type: 'ClaimDoubted', data: { claimId } })),
          context,
        );
      if (verdict !== 'free') continue;
      // Attempts of this owner at a version that has passed came to nothing.
      const past = register.held.filter(
        (one) => one.claimId === claim.claimId && one.ownerVersion < ownerVersion,
      );
      const ends = [...inTheWay, ...past].map(released);
      const data = { ...claim, owner, ownerVersion, lifeSeconds: CLAIM_LIFE_SECONDS };
      if (await this.#registers.append(register, [...ends, { type: 'ClaimMade', data }], context))
        return { kind: 'made', register: stream, made: register.version + ends.length + 1 };
    }
    throw new Contended(`a register moved ${String(ROUNDS)} times meanwhile`);
  }

  /** Who gives back does not fail by how many want it: a claim of an owner that did not move would stand until its time. */
  async #release(stream: StreamName, ends: (claim: HeldClaim) => boolean, origin: Origin): Promise<void> {
    const release = () => this.#releaseNow(stream, ends, origin);
    try {
      await this.#lanes.through(stream, release);
    } catch (error) {
      if (!(error instanceof Crowded)) throw error;
      await release();
    }
  }

  async #releaseNow(stream: StreamName, ends: (claim: HeldClaim) => boolean, origin: Origin): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      await this.#lanes.afterLosing(round);
      const register = await this.#registers.load(stream);
      const events = register.held.filter(ends).map(released);
      if (events.length === 0 || (await this.#registers.append(register, events, origin))) return;
    }
    throw new Contended(`a register moved ${String(ROUNDS)} times meanwhile`);
  }
}
