/**
 * Registers, compared with the streams that claim in them, and made right again. An owner is read before the register that it is
 * looked for in, and again before it is told of, so that commands may go on meanwhile.
 */
import { randomUUID } from 'node:crypto';
import {
  categoryOf,
  idOf,
  registerStream,
  type Actor,
  type Category,
  type Clock,
  type StreamName,
} from '@fascia/kernel';
import type { AnyAggregate } from './aggregate.js';
import { claimIdOf, Claims, claimsOf, ownerOf, type Wanted } from './claims.js';
import { historyOf } from './history.js';
import { Lanes } from './lanes.js';
import type { Log } from './loading.js';
import { StreamUnreadable, UpgradeNeeded } from './opened.js';
import { clashing, type HeldClaim } from './register.js';
import { registersIn, type Register, type Registers } from './registers.js';
import type { Owner } from './take-over.js';

type Holding = Pick<AnyAggregate, 'decider' | 'holds'>;

export interface RegisterAdminParts extends Log {
  readonly clock: Clock;
  readonly aggregates: ReadonlyMap<Category, Holding>;
}

/** A claim by what it is in and whose it is. */
export interface RegisterFinding {
  readonly register: StreamName;
  readonly owner: StreamName;
  readonly claimId: string;
}

export interface RegisterReport {
  readonly registers: number;
  /** Claims that their owners hold. */
  readonly standing: number;
  /** Claims whose owners may yet come. */
  readonly waiting: number;
  /** Claims that nobody holds nor can come to hold: in nobody's way, but there. */
  readonly left: readonly RegisterFinding[];
  /** Owners that hold what the register does not know of. */
  readonly lacking: readonly RegisterFinding[];
  /** Held by two at once. */
  readonly clashing: readonly RegisterFinding[];
  /** Streams that cannot be read as a whole, so that what they hold is not known. */
  readonly unknown: readonly StreamName[];
}

export interface RegisterRepair {
  readonly released: number;
  readonly claimed: number;
  /** What its owner holds, while another one holds it too. */
  readonly unsolved: readonly RegisterFinding[];
}

type Known = Owner & { readonly wants: readonly Wanted[] };
type Entry = RegisterFinding & Pick<HeldClaim, 'made' | 'ownerVersion'>;
interface Lacking extends RegisterFinding {
  readonly wanted: Wanted;
  readonly known: Known;
}

const PAGE = 500;

const plain = ({ register, owner, claimId }: RegisterFinding): RegisterFinding => ({
  register,
  owner,
  claimId,
});

/** What is looked at once, one thing after another. */
interface Survey {
  readonly registers: number;
  readonly standing: number;
  readonly waiting: number;
  readonly left: readonly Entry[];
  readonly clashing: readonly RegisterFinding[];
  readonly lacking: readonly Lacking[];
  readonly unknown: readonly StreamName[];
}

export class RegisterAdmin {
  readonly #parts: RegisterAdminParts;
  readonly #registers: Registers;
  readonly #claims: Claims;

  /** Reads every stream once, and remembers none: what commands remember is not to make room for it. */
  constructor({ store, codec, clock, aggregates }: RegisterAdminParts) {
    const parts = { store, codec, clock, aggregates };
    this.#parts = parts;
    this.#registers = registersIn(parts, parts.clock);
    this.#claims = new Claims(parts, parts.clock, new Lanes());
  }

  async verify(): Promise<RegisterReport> {
    const { left, lacking, ...rest } = await this.#survey();
    return { ...rest, left: left.map(plain), lacking: lacking.map(plain) };
  }

  /** Each step by itself makes one claim right: broken off, it is begun again. */
  async rebuild(by: Actor): Promise<RegisterRepair> {
    const { left, lacking } = await this.#survey();
    const commandId = randomUUID();
    const origin = { by, commandId, correlationId: commandId };
    await this.#claims.letGo(
      left.map(({ register, made }) => ({ kind: 'made', register, made })),
      origin,
    );
    let claimed = 0;
    const unsolved: RegisterFinding[] = [];
    for (const one of lacking) {
      const making = await this.#claims.make([one.wanted], {
        ...origin,
        owner: one.owner,
        ownerVersion: one.known.end,
        keeps: new Set([one.claimId]),
        ownerOf: (stream) => this.#ownerOf(stream),
      });
      if (making.kind === 'made') claimed += 1;
      if (making.kind === 'taken') unsolved.push(plain(one));
    }
    return { released: left.length, claimed, unsolved };
  }

  async #survey(): Promise<Survey> {
    const { registers, owners } = await this.#streams();
    const unknown = new Set<StreamName>();
    const lacking: Lacking[] = [];
    for (const owner of owners) lacking.push(...(await this.#lackingOf(owner, unknown)));
    const [standing, left, clashes]: [HeldClaim[], Entry[], RegisterFinding[]] = [[], [], []];
    let waiting = 0;
    for (const stream of registers) {
      const register = await this.#registers.load(stream);
      const held: HeldClaim[] = [];
      for (const claim of register.held) {
        const owner = await this.#knownOf(claim.owner, unknown);
        if (owner === undefined) continue;
        if (owner.holds.has(claim.claimId)) held.push(claim);
        else if (owner.end > claim.ownerVersion) left.push({ register: stream, ...claim });
        else waiting += 1;
      }
      standing.push(...held);
      clashes.push(
        ...held
          .filter((claim) => clashing(held, claim).length > 0)
          .map((claim) => plain({ register: stream, ...claim })),
      );
    }
    return {
      registers: registers.length,
      standing: standing.length,
      waiting,
      left,
      clashing: clashes,
      lacking,
      unknown: [...unknown],
    };
  }

  /** All registers, and all streams of the kinds that claim. */
  async #streams(): Promise<{
    readonly registers: readonly StreamName[];
    readonly owners: readonly StreamName[];
  }> {
    const found = new Set<StreamName>();
    for (let after = 0n; ;) {
      const page = await this.#parts.store.readAll(after, PAGE);
      for (const { stream } of page) found.add(stream);
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.position;
    }
    const streams = [...found];
    const holds = (stream: StreamName): boolean =>
      this.#parts.aggregates.get(categoryOf(stream))?.holds !== undefined;
    return {
      registers: streams.filter((stream) => categoryOf(stream) === 'register'),
      owners: streams.filter(holds),
    };
  }

  async #lackingOf(owner: StreamName, unknown: Set<StreamName>): Promise<readonly Lacking[]> {
    const known = await this.#knownOf(owner, unknown);
    const found: Lacking[] = [];
    for (const wanted of known?.wants ?? []) {
      const claimId = claimIdOf(owner, wanted);
      const register = registerStream(...wanted.key);
      if (has(await this.#registers.load(register), claimId)) continue;
      // It may have been given up since the owner was read.
      const again = await this.#knownOf(owner, unknown);
      if (again?.holds.has(claimId) === true) found.push({ register, owner, claimId, wanted, known: again });
    }
    return found;
  }

  /** @returns nothing where it cannot be known */
  async #knownOf(stream: StreamName, unknown: Set<StreamName>): Promise<Known | undefined> {
    try {
      return await this.#ownerOf(stream);
    } catch (error) {
      if (!(error instanceof UpgradeNeeded || error instanceof StreamUnreadable)) throw error;
      unknown.add(stream);
      return undefined;
    }
  }

  async #ownerOf(stream: StreamName): Promise<Known> {
    const aggregate = this.#parts.aggregates.get(categoryOf(stream));
    if (aggregate === undefined) throw new TypeError(`nothing claims in a stream like ${stream}`);
    const history = await historyOf(this.#parts, aggregate.decider, stream);
    const id = idOf(stream);
    const wants = await claimsOf(aggregate, { state: history.state, id }, this.#parts.codec);
    return { ...ownerOf(wants, history), wants };
  }
}

const has = ({ held }: Register, claimId: string): boolean => held.some((claim) => claim.claimId === claimId);
