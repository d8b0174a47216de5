/**
 * Doors of several processes over one log in memory, which all want the same few things. Whoever asks the store waits for its
 * turn, and a seed draws whose it is: so a process can pause anywhere, for any time, and what it does is replayed by the seed.
 */
import { setImmediate as drained } from 'node:timers/promises';
import { MemoryEventStore } from '@fascia/event-store';
import {
  streamOf,
  uuidFrom,
  type AppendRequest,
  type AppendResult,
  type Category,
  type Clock,
  type EventStore,
  type StoredEvent,
} from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import {
  ACCOUNT_CONTRACT,
  accountAggregate,
  accountPolicy,
  BANK,
  CLERK,
  FlakyStore,
  SetClock,
  type AccountCommand,
  type AccountState,
} from '@fascia/testkit';
import {
  BOOKKEEPING_CONTRACT,
  Door,
  LANE_LIMITS,
  Lanes,
  makeCodec,
  Memory,
  REGISTER_CONTRACT,
  RegisterAdmin,
  type Claim,
} from '@fascia/write-door';
import type { Dice } from './simulation.dice.js';

const MINUTE_MS = 60_000;
const ROOMS = ['hall', 'cell'];
const ALIASES = ['ann', 'bob', 'cat', 'dan', 'eve'];
const AT_ONCE = 6;
const MOST_OPEN = 3;
const MEMBERS = 3;
/** Deliberate mistakes, for the checks to find. */
export interface ClaimDefects {
  /** A store that takes what comes after a claim has lapsed. */
  readonly takesLate?: boolean;
  /** A store that says that it keeps a claim, and sometimes does not. */
  readonly losesClaims?: boolean;
  /** A register that always has moved. */
  readonly neverAppends?: boolean;
}

export interface ClaimFaults {
  pauses: number;
  kills: number;
  jumps: number;
}

/** A process: it has a clock of its own, may sleep, and may be gone. */
class Member implements Clock {
  skewMs = 0;
  asleep = 0;
  gone = false;
  readonly memory = new Memory();

  constructor(private readonly clock: Clock) {}

  now(): Date {
    return new Date(this.clock.now().getTime() + this.skewMs);
  }
}

interface Turn {
  readonly member: Member;
  readonly asked: Asked;
  go(): void;
}

/** One command, from start to end; of a process that is killed it ends there. */
interface Asked {
  readonly member: Member;
  readonly what: string;
  appends: number;
  ended: boolean;
}

/** The log as one command of one process sees it. */
class TakingTurns extends FlakyStore {
  constructor(
    private readonly log: EventStore,
    private readonly turn: () => Promise<void>,
    private readonly asked: Asked,
    private readonly defects: ClaimDefects,
    private readonly dice: Dice,
    private readonly beforeOwner: () => void,
  ) {
    super(log);
  }

  override async append(request: AppendRequest): Promise<AppendResult> {
    this.asked.appends += 1;
    const { takesLate, losesClaims, neverAppends } = this.defects;
    const toRegister = request.stream.startsWith('register-');
    if (!toRegister) this.beforeOwner();
    await this.turn();
    if (toRegister && neverAppends === true) return { kind: 'conflict', actual: request.expectedVersion };
    if (toRegister && losesClaims === true && this.dice.happens(0.2))
      return { kind: 'appended', version: request.expectedVersion + request.events.length, position: 1n };
    const result = await super.append(request);
    if (result.kind !== 'conflict' || takesLate !== true) return result;
    const [last] = await this.log.readStream(request.stream, result.actual, 1);
    return last?.type === 'ClaimLapsed'
      ? super.append({ ...request, expectedVersion: result.actual })
      : result;
  }

  override async readStream(...asked: Parameters<EventStore['readStream']>): Promise<readonly StoredEvent[]> {
    await this.turn();
    return this.log.readStream(...asked);
  }
}

export class ClaimsWorld {
  readonly faults: ClaimFaults = { pauses: 0, kills: 0, jumps: 0 };
  readonly log: EventStore;
  readonly #clock = new SetClock('2026-04-02T09:00:00.000Z');
  readonly #codec = makeCodec(
    [ACCOUNT_CONTRACT, REGISTER_CONTRACT, BOOKKEEPING_CONTRACT],
    memorySubjectKeys(),
  );
  readonly #asked: Asked[] = [];
  readonly #accounts: string[] = [];
  readonly #open: string[] = [];
  #members: Member[];
  #turns: Turn[] = [];
  #step = 0;
  #troubled = true;

  constructor(
    private readonly dice: Dice,
    private readonly defects: ClaimDefects = {},
  ) {
    this.log = new MemoryEventStore({ clock: this.#clock });
    this.#members = Array.from({ length: MEMBERS }, () => this.#member());
  }

  #member(): Member {
    const member = new Member(this.#clock);
    member.skewMs = (this.dice.below(41) - 20) * MINUTE_MS;
    return member;
  }

  /** Commands and troubles, drawn one after another, each between two turns of those that are under way. */
  async run(steps: number): Promise<void> {
    for (; this.#step < steps; this.#step += 1) {
      if (this.#underWay() < AT_ONCE) this.#ask(this.dice.oneOf(this.#members), this.#deed());
      if (this.dice.happens(0.05)) this.#trouble();
      this.#clock.advance(this.dice.below(3) * 1_000);
      await this.#oneTurn();
    }
  }

  /** Whoever sleeps wakes, and everything that is under way ends; what the dead had claimed grows old. */
  async comesToRest(): Promise<void> {
    this.#troubled = false;
    for (const member of this.#members) member.asleep = 0;
    while (await this.#oneTurn());
    this.#clock.advance(6 * MINUTE_MS);
  }

  /** Everything that nobody holds can be had, by somebody who asks once. */
  async freeThingsThatAreRefused(): Promise<readonly string[]> {
    const held = new Set(
      (await this.holdings()).flatMap(({ claims }) => claims.map(({ key }) => key.join(' '))),
    );
    const found: string[] = [];
    for (const alias of ALIASES.filter((one) => !held.has(`alias ${one}`))) {
      const kind = await this.#answerOf({ type: 'OpenAccount', organizationId: BANK, alias });
      if (kind !== 'done') found.push(`alias ${alias} is held by nobody and answered ${kind}`);
    }
    return found;
  }

  /** What every account holds, by its own events. */
  async holdings(): Promise<readonly { readonly id: string; readonly claims: readonly Claim[] }[]> {
    const door = this.#door(this.log, this.#clock);
    return Promise.all(
      this.#accounts.map(async (id) => {
        const { state }: { state: AccountState } = await door.load(accountAggregate, id);
        return { id, claims: accountAggregate.holds?.(state, id) ?? [] };
      }),
    );
  }

  verifyRegisters(): ReturnType<RegisterAdmin['verify']> {
    const aggregates = new Map<Category, never>([['calendar', accountAggregate as never]]);
    return new RegisterAdmin({
      store: this.log,
      codec: this.#codec,
      clock: this.#clock,
      aggregates,
    }).verify();
  }

  get asked(): readonly Readonly<Asked>[] {
    return this.#asked;
  }

  async #answerOf(command: AccountCommand): Promise<string> {
    const id = uuidFrom('account', String(this.dice.seed), 'afterwards', JSON.stringify(command));
    this.#accounts.push(id);
    const outcome = await this.#door(this.log, this.#clock).handle(
      accountAggregate,
      this.#request(id, command),
    );
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  }

  #underWay(): number {
    return this.#asked.filter(({ ended }) => !ended).length;
  }

  #door(store: EventStore, clock: Clock, memory = new Memory()): Door {
    const rowsAt = (): Promise<never> => Promise.reject(new Error('no lookup is expected'));
    const lanes = new Lanes(LANE_LIMITS, () => Promise.resolve());
    return new Door({ store, codec: this.#codec, policy: accountPolicy, clock, rowsAt, lanes, memory });
  }

  #request(id: string, command: AccountCommand) {
    const commandId = uuidFrom('asked', id, String(this.#asked.length), command.type);
    const correlationId = commandId;
    return { id, command, by: CLERK, commandId, correlationId, causationId: commandId, keyGiven: true };
  }

  #deed(): { readonly id: string; readonly command: AccountCommand } {
    const [oldest] = this.#open;
    if (oldest !== undefined && this.#open.length > MOST_OPEN) {
      this.#open.shift();
      return { id: oldest, command: { type: 'CloseAccount' } };
    }
    if (oldest === undefined || this.dice.happens(0.3)) {
      const id = uuidFrom('account', String(this.dice.seed), String(this.#accounts.length));
      this.#accounts.push(id);
      const alias = this.dice.happens(0.7) ? { alias: this.dice.oneOf(ALIASES) } : {};
      return { id, command: { type: 'OpenAccount', organizationId: BANK, ...alias } };
    }
    const hour = 8 + this.dice.below(10);
    const at = (of: number): string => new Date(Date.UTC(2026, 3, 8, of, this.dice.below(60))).toISOString();
    const command = this.dice.oneOf<AccountCommand>([
      { type: 'BookRoom', room: this.dice.oneOf(ROOMS), from: at(hour), to: at(hour + 1) },
      { type: 'TakeAlias', alias: this.dice.oneOf(ALIASES) },
    ]);
    return { id: this.dice.oneOf(this.#open), command };
  }

  #ask(member: Member, { id, command }: { readonly id: string; readonly command: AccountCommand }): void {
    const what = `${command.type} on ${streamOf('calendar', id)}`;
    const asked: Asked = { member, what, appends: 0, ended: false };
    const store = new TakingTurns(
      this.log,
      () => this.#turnOf(member, asked),
      asked,
      this.defects,
      this.dice,
      () => {
        if (this.#troubled && this.dice.happens(0.1)) this.#pause(member);
      },
    );
    const request = this.#request(id, command);
    this.#asked.push(asked);
    void this.#door(store, member, member.memory)
      .handle(accountAggregate, request)
      .then(({ kind }) => {
        if (kind === 'done' && command.type === 'OpenAccount') this.#open.push(id);
      })
      .catch(() => undefined)
      .finally(() => {
        asked.ended = true;
      });
  }

  #turnOf(member: Member, asked: Asked): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    if (member.gone) asked.ended = true;
    else
      this.#turns.push({
        member,
        asked,
        go: () => {
          resolve(undefined);
        },
      });
    return promise.then(() => undefined);
  }

  /** @returns whether there was anybody to go */
  async #oneTurn(): Promise<boolean> {
    await drained();
    const awake = this.#turns.filter(({ member }) => member.asleep <= this.#step);
    if (awake.length === 0) return false;
    const turn = this.dice.oneOf(awake);
    this.#turns = this.#turns.filter((other) => other !== turn);
    turn.go();
    return true;
  }

  #trouble(): void {
    const member = this.dice.oneOf(this.#members);
    const trouble = this.dice.oneOf(['pause', 'pause', 'kill', 'jump'] as const);
    if (trouble === 'pause') this.#pause(member);
    else if (trouble === 'jump') {
      this.faults.jumps += 1;
      member.skewMs = (this.dice.below(241) - 120) * MINUTE_MS;
    } else this.#kill(member);
  }

  #pause(member: Member): void {
    this.faults.pauses += 1;
    member.asleep = this.#step + 20 + this.dice.below(80);
    if (this.dice.happens(0.5)) this.#clock.advance(6 * MINUTE_MS);
  }

  #kill(member: Member): void {
    this.faults.kills += 1;
    member.gone = true;
    // Also those who wait for what another command of theirs reads.
    for (const asked of this.#asked.filter((one) => one.member === member)) asked.ended = true;
    this.#turns = this.#turns.filter((turn) => turn.member !== member);
    this.#members = [...this.#members.filter((other) => other !== member), this.#member()];
  }
}
