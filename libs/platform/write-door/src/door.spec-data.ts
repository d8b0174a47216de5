/** A door over a store, with accounts behind it; and requests to it. */
import { randomUUID } from 'node:crypto';
import {
  commandIdFrom,
  streamOf,
  type Actor,
  type Clock,
  type EventStore,
  type StoredEvent,
} from '@fascia/kernel';
import { memorySubjectKeys, type ErasableKeys } from '@fascia/sealing';
import {
  ACCOUNT_CONTRACT,
  accountAggregate,
  accountPolicy,
  BANK,
  CLERK,
  SetClock,
  TimedStore,
  type AccountAggregate,
  type AccountCommand,
} from '@fascia/testkit';
import type { CommandRequest, Outcome } from './aggregate.js';
import { BOOKKEEPING_CONTRACT } from './bookkeeping.js';
import { makeCodec, type Codec } from './codec.js';
import { Door } from './door.js';
import { LANE_LIMITS, Lanes } from './lanes.js';
import { Memory } from './memory.js';
import { readWhole } from './read-whole.js';
import { REGISTER_CONTRACT } from './register.js';

export interface Ask {
  readonly by?: Actor;
  readonly key?: string;
  readonly ifVersion?: number;
  /** Default true where a key is given. */
  readonly keyGiven?: boolean;
}

export const request = (
  id: string,
  command: AccountCommand,
  { by = CLERK, key, ifVersion, keyGiven = key !== undefined }: Ask = {},
): CommandRequest<AccountCommand> => {
  const commandId = commandIdFrom(by.sub, streamOf('calendar', id), key ?? randomUUID());
  return {
    id,
    command,
    by,
    commandId,
    correlationId: commandId,
    causationId: commandId,
    keyGiven,
    ...(ifVersion === undefined ? {} : { ifVersion }),
  };
};

/** On a busy machine a crowd takes longer than people are kept waiting. */
const PATIENT = { ...LANE_LIMITS, waitMs: 120_000 };

export class Bank {
  readonly codec: Codec;
  readonly #door: Door;

  readonly store: EventStore;

  /** @param clock of the store and of its doors; a door may be given another one */
  constructor(
    store: EventStore,
    readonly accounts: AccountAggregate = accountAggregate,
    readonly clock: SetClock = new SetClock(),
    readonly keys: ErasableKeys = memorySubjectKeys(),
  ) {
    this.codec = makeCodec([ACCOUNT_CONTRACT, BOOKKEEPING_CONTRACT, REGISTER_CONTRACT], keys);
    this.store = new TimedStore(store, clock);
    this.#door = this.newDoor();
  }

  /** Another process on the same store. */
  newDoor(
    store: EventStore = this.store,
    clock: Clock = this.clock,
    { lanes = new Lanes(PATIENT), memory = new Memory() }: { lanes?: Lanes; memory?: Memory } = {},
  ): Door {
    const nobody = () => Promise.reject(new Error('no lookup is expected'));
    return new Door({
      store,
      codec: this.codec,
      policy: accountPolicy,
      clock,
      rowsAt: nobody,
      lanes,
      memory,
    });
  }

  ask(id: string, command: AccountCommand, how: Ask & { readonly door?: Door } = {}): Promise<Outcome> {
    return (how.door ?? this.#door).handle(this.accounts, request(id, command, how));
  }

  /** An account with this much in it. */
  async opened(balance = 0, alias?: string): Promise<string> {
    const id = randomUUID();
    const outcome = await this.ask(id, {
      type: 'OpenAccount',
      organizationId: BANK,
      ...(alias === undefined ? {} : { alias }),
    });
    if (outcome.kind !== 'done') throw new Error(`the account was not opened: ${outcome.kind}`);
    if (balance > 0) await this.ask(id, { type: 'PayIn', amount: balance });
    return id;
  }

  eventsOf(id: string): Promise<readonly StoredEvent[]> {
    return readWhole(this.store, streamOf('calendar', id));
  }

  async typesOf(id: string): Promise<readonly string[]> {
    return (await this.eventsOf(id)).map(({ type }) => type);
  }
}

/** What an outcome says, apart from whether it was said before. */
export const answer = (outcome: Outcome): Outcome =>
  outcome.kind === 'done' ? { ...outcome, repeated: false } : outcome;

/** The kind of an outcome, or the code of a refusal. */
export const kind = (outcome: Outcome): string =>
  outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
