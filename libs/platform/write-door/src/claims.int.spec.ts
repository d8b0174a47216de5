import { SubjectErased } from '@fascia/sealing';
import { randomUUID } from 'node:crypto';
import { registerStream, type AppendRequest } from '@fascia/kernel';
import {
  BANK,
  FlakyStore,
  SetClock,
  STORES,
  type AccountAggregate,
  type AccountCommand,
  type OpenStore,
} from '@fascia/testkit';
import type { Claim } from './aggregate.js';
import { claimIdOf } from './claims.js';
import type { Door } from './door.js';
import { Bank, kind } from './door.spec-data.js';
import { Lanes } from './lanes.js';
import { readWhole } from './read-whole.js';

const MINUTE = 60_000;
const at = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 3, 8, hour, minute)).toISOString();

const wantedBoth = (alias: string, room: string): readonly Claim[] => [
  { key: ['alias', alias], refusal: { code: 'ALIAS_TAKEN', detail: '' } },
  {
    key: ['room', room],
    interval: { from: at(9), to: at(10) },
    refusal: { code: 'ROOM_TAKEN', detail: '' },
  },
];

describe.each(STORES)('what only one may have, on $name', ({ open }) => {
  let opened: OpenStore;
  let bank: Bank;

  beforeAll(async () => {
    opened = await open();
    bank = new Bank(opened.store);
  });
  afterAll(() => opened.close());

  const openWith = (alias: string, id: string = randomUUID()) =>
    bank.ask(id, { type: 'OpenAccount', organizationId: BANK, alias }, { key: 'k' });
  const registerOf = async (...key: string[]) =>
    (await readWhole(opened.store, registerStream(...key))).map(({ type }) => type);

  const bankWith = (part: Pick<AccountAggregate, 'holds'>): Bank =>
    new Bank(bank.store, { ...bank.accounts, ...part }, bank.clock);

  /** A door whose append to an account is held back until it is let through. */
  const pausing = (): { readonly door: Door; readonly paused: Promise<void>; go: () => void } => {
    const [arrived, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const store = new FlakyStore(bank.store);
    const append = store.append.bind(store);
    store.append = async (request) => {
      if (request.stream.startsWith('calendar-')) {
        arrived.resolve(undefined);
        await released.promise;
      }
      return append(request);
    };
    return {
      door: bank.newDoor(store),
      paused: arrived.promise,
      go: () => {
        released.resolve(undefined);
      },
    };
  };

  /** An owner that claimed and never came: its event could not be stored. */
  const claimOnly = async (
    alias: string,
    id: string,
    command: AccountCommand = { type: 'OpenAccount', organizationId: BANK, alias },
  ): Promise<void> => {
    const flaky = new FlakyStore(bank.store);
    flaky.breakOn((_append: number, { stream }: AppendRequest) =>
      stream.startsWith('calendar-') ? 'before' : undefined,
    );
    await expect(bank.ask(id, command, { key: 'k', door: bank.newDoor(flaky) })).rejects.toThrow(
      'as planned',
    );
  };

  it('is given back however many wait for it', async () => {
    const [alias, id] = [randomUUID(), randomUUID()];
    await openWith(alias, id);
    const lanes = new Lanes({ waiting: 0, waitMs: 60_000 });
    const crowd = Promise.withResolvers<undefined>();
    const crowded = lanes.through(registerStream('alias', alias), () => crowd.promise);
    const door = bank.newDoor(bank.store, bank.clock, { lanes });
    expect(kind(await bank.ask(id, { type: 'CloseAccount' }, { door }))).toBe('done');
    expect(await registerOf('alias', alias)).toEqual(['ClaimMade', 'ClaimReleased']);
    crowd.resolve(undefined);
    await crowded;
  });

  it('is refused to the second who asks, and nothing is stored of them', async () => {
    const [alias, second] = [randomUUID(), randomUUID()];
    await openWith(alias);
    expect(kind(await openWith(alias, second))).toBe('ALIAS_TAKEN');
    expect(await bank.typesOf(second)).toEqual([]);
  });

  it('is not held by a command that cannot be written', async () => {
    const [alias, id, person] = [randomUUID(), randomUUID(), randomUUID()];
    const theirs = new Bank(
      bank.store,
      {
        ...bank.accounts,
        subject: async (request, tools) => ({
          ...(await bank.accounts.subject(request, tools)),
          patientId: person,
        }),
      },
      bank.clock,
    );
    await theirs.ask(id, { type: 'OpenAccount', organizationId: BANK });
    await theirs.keys.erase(`patient-${person}`);
    await expect(theirs.ask(id, { type: 'TakeAlias', alias })).rejects.toThrow(SubjectErased);
    expect(await registerOf('alias', alias)).toEqual([]);
    expect(kind(await openWith(alias))).toBe('done');
  });

  it('goes to one of two who ask at once, and of twenty', async () => {
    for (const callers of [2, 20]) {
      const alias = randomUUID();
      const outcomes = await Promise.all(Array.from({ length: callers }, () => openWith(alias)));
      expect(outcomes.map(kind).sort()).toEqual([
        ...Array.from({ length: callers - 1 }, () => 'ALIAS_TAKEN'),
        'done',
      ]);
    }
  });

  it('is free again once its owner lets it go', async () => {
    const [alias, id] = [randomUUID(), randomUUID()];
    await openWith(alias, id);
    await bank.ask(id, { type: 'CloseAccount' });
    expect(kind(await openWith(alias))).toBe('done');
    expect(await registerOf('alias', alias)).toEqual(['ClaimMade', 'ClaimReleased', 'ClaimMade']);
  });

  it('is exchanged: the new is held, the old is free', async () => {
    const [before, after, id] = [randomUUID(), randomUUID(), randomUUID()];
    await openWith(before, id);
    expect(kind(await bank.ask(id, { type: 'TakeAlias', alias: after }))).toBe('done');
    expect(kind(await openWith(after))).toBe('ALIAS_TAKEN');
    expect(kind(await openWith(before))).toBe('done');
  });

  it('is given back to the first owner after another had it', async () => {
    const [alias, other, id] = [randomUUID(), randomUUID(), randomUUID()];
    await openWith(alias, id);
    await bank.ask(id, { type: 'TakeAlias', alias: other });
    expect(kind(await bank.ask(id, { type: 'TakeAlias', alias }))).toBe('done');
    expect(kind(await openWith(alias))).toBe('ALIAS_TAKEN');
  });

  describe('when its owner claimed and never came', () => {
    it("is kept for them for five minutes, then it is anybody's", async () => {
      const [alias, lost] = [randomUUID(), randomUUID()];
      await claimOnly(alias, lost);
      bank.clock.advance(5 * MINUTE - 1);
      expect(kind(await openWith(alias))).toBe('ALIAS_TAKEN');
      bank.clock.advance(1);
      const next = randomUUID();
      expect(kind(await openWith(alias, next))).toBe('done');
      expect(kind(await openWith(alias, lost))).toBe('ALIAS_TAKEN');
    });

    it('goes to one of many who come after that', async () => {
      const alias = randomUUID();
      await claimOnly(alias, randomUUID());
      bank.clock.advance(5 * MINUTE);
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => openWith(alias)));
      expect(outcomes.map(kind).filter((one) => one === 'done')).toHaveLength(1);
    });

    it('is kept anew for an owner who tries again after the time', async () => {
      const [alias, slow] = [randomUUID(), randomUUID()];
      await claimOnly(alias, slow);
      bank.clock.advance(6 * MINUTE);
      await claimOnly(alias, slow);
      expect(kind(await openWith(alias))).toBe('ALIAS_TAKEN');
      expect(kind(await openWith(alias, slow))).toBe('done');
    });
  });

  describe('when two owners claimed and never came', () => {
    it('what is in the way of one who needs some of both gives way together', async () => {
      const room = randomUUID();
      const [one, other, next] = [await bank.opened(), await bank.opened(), await bank.opened()];
      await claimOnly('', one, { type: 'BookRoom', room, from: at(9), to: at(10) });
      await claimOnly('', other, { type: 'BookRoom', room, from: at(10), to: at(11) });
      const book = () =>
        bank.ask(next, { type: 'BookRoom', room, from: at(9, 30), to: at(10, 30) }).then(kind);
      expect(await book()).toBe('ROOM_TAKEN');
      bank.clock.advance(5 * MINUTE);
      expect(await book()).toBe('done');
      expect(await bank.typesOf(one)).toEqual(['AccountOpened', 'ClaimLapsed']);
    });
  });

  describe('when somebody else has another clock', () => {
    const clockAt = (ms: number): SetClock =>
      new SetClock(new Date(bank.clock.now().getTime() + ms).toISOString());
    const askedAt = (ms: number, alias: string) =>
      bank
        .ask(
          randomUUID(),
          { type: 'OpenAccount', organizationId: BANK, alias },
          { door: bank.newDoor(bank.store, clockAt(ms)) },
        )
        .then(kind);

    it('a clock that is ahead takes nothing over before the store says so', async () => {
      const alias = randomUUID();
      await claimOnly(alias, randomUUID());
      expect(await askedAt(60 * MINUTE, alias)).toBe('ALIAS_TAKEN');
      bank.clock.advance(5 * MINUTE);
      expect(await askedAt(60 * MINUTE, alias)).toBe('done');
    });

    it('a clock that is behind keeps nothing longer than what was recorded since says', async () => {
      const alias = randomUUID();
      await claimOnly(alias, randomUUID());
      bank.clock.advance(5 * MINUTE);
      await bank.opened();
      expect(await askedAt(-60 * MINUTE, alias)).toBe('done');
    });
  });

  describe('when its owner pauses between claim and append, and comes after somebody took it over', () => {
    it('there is one who has it', async () => {
      const [alias, slow, quick] = [randomUUID(), randomUUID(), randomUUID()];
      const { door, paused, go } = pausing();
      const late = bank.ask(slow, { type: 'OpenAccount', organizationId: BANK, alias }, { key: 'k', door });
      await paused;
      bank.clock.advance(5 * MINUTE);
      expect(kind(await openWith(alias, quick))).toBe('done');
      go();
      expect(kind(await late)).toBe('ALIAS_TAKEN');
      expect(await bank.typesOf(slow)).toEqual(['ClaimLapsed']);
      expect(kind(await bank.ask(slow, { type: 'PayIn', amount: 1 }))).toBe('notFound');
      expect(await openWith(randomUUID(), slow)).toMatchObject({ kind: 'done', created: true, version: 2 });
    });

    it('and one has it as well where it was the owner who came first', async () => {
      const [alias, slow] = [randomUUID(), randomUUID()];
      await claimOnly(alias, slow);
      bank.clock.advance(5 * MINUTE);
      const outcomes = await Promise.all([openWith(alias, slow), openWith(alias), openWith(alias)]);
      expect(outcomes.map(kind).filter((one) => one === 'done')).toHaveLength(1);
    });
  });

  it('cannot be tried out by who reads the log, where it tells of a person', async () => {
    const [alias, id] = [randomUUID(), randomUUID()];
    const discreet = bankWith({
      holds: (state, owner) =>
        (bank.accounts.holds?.(state, owner) ?? []).map((claim) => ({ ...claim, personal: true })),
    });
    const take = (owner: string) =>
      discreet.ask(owner, { type: 'OpenAccount', organizationId: BANK, alias }).then(kind);
    expect(await take(id)).toBe('done');
    expect(await take(randomUUID())).toBe('ALIAS_TAKEN');
    expect(await registerOf('alias', alias)).toEqual([]);
    const guesses = new Set([
      claimIdOf(`calendar-${id}`, { key: ['alias', alias] }),
      registerStream('alias', alias),
    ]);
    const told = (await bank.store.readAll(0n, 10_000)).flatMap(({ stream, data }) => [
      stream,
      ...(Buffer.from(data)
        .toString('utf8')
        .match(/[0-9a-f-]{36}/g) ?? []),
    ]);
    expect(told.filter((name) => guesses.has(name))).toEqual([]);
    await discreet.ask(id, { type: 'CloseAccount' });
    expect(await take(randomUUID())).toBe('done');
  });

  it('of another command of its owner is not let go by one that was refused', async () => {
    const [alias, room, first, id] = [randomUUID(), randomUUID(), await bank.opened(), await bank.opened()];
    await bank.ask(first, { type: 'BookRoom', room, from: at(9), to: at(10) });
    const both = bankWith({
      holds: (state, owner) => [
        ...(bank.accounts.holds?.(state, owner) ?? []),
        ...(state.balance === 0 ? [] : wantedBoth(alias, room)),
      ],
    });
    await claimOnly('', id, { type: 'TakeAlias', alias });
    expect(kind(await both.ask(id, { type: 'PayIn', amount: 1 }))).toBe('ROOM_TAKEN');
    expect(kind(await openWith(alias))).toBe('ALIAS_TAKEN');
  });

  it('is let go by a command that lost a round and needs it no more', async () => {
    const [alias, id] = [randomUUID(), await bank.opened()];
    const { door, paused, go } = pausing();
    const late = bank.ask(id, { type: 'TakeAlias', alias }, { door });
    await paused;
    await bank.ask(id, { type: 'CloseAccount' });
    go();
    expect(kind(await late)).toBe('ACCOUNT_CLOSED');
    expect(kind(await openWith(alias))).toBe('done');
    expect(await registerOf('alias', alias)).toEqual(['ClaimMade', 'ClaimReleased', 'ClaimMade']);
  });

  it('is seen by the second look at what is decided twice, and given back when that refuses', async () => {
    const [alias, id] = [randomUUID(), randomUUID()];
    const seen: string[][] = [];
    const twice = new Bank(
      bank.store,
      {
        ...bank.accounts,
        facts: async (_request, tools) => {
          seen.push((await tools.claimants('alias', alias)).map(({ owner }) => owner));
          return { limit: 0 };
        },
        decider: {
          ...bank.accounts.decider,
          decide: (...asked) =>
            seen.length === 2
              ? { ok: false, refusal: { code: 'SEEN_TWICE', detail: '' } }
              : bank.accounts.decider.decide(...asked),
        },
        decidedTwice: ['OpenAccount'],
      },
      bank.clock,
    );
    expect(kind(await twice.ask(id, { type: 'OpenAccount', organizationId: BANK, alias }))).toBe(
      'SEEN_TWICE',
    );
    expect(seen).toEqual([[], [`calendar-${id}`]]);
    expect(await registerOf('alias', alias)).toEqual(['ClaimMade', 'ClaimReleased']);
    expect(await bank.typesOf(id)).toEqual([]);
  });

  it('stays with an owner who came, however long ago', async () => {
    const alias = randomUUID();
    await openWith(alias);
    bank.clock.advance(365 * 24 * 60 * MINUTE);
    expect(kind(await openWith(alias))).toBe('ALIAS_TAKEN');
  });

  it('is not left claimed by a command that was refused another of its claims', async () => {
    const [alias, room, first] = [randomUUID(), randomUUID(), randomUUID()];
    await openWith(randomUUID(), first);
    await bank.ask(first, { type: 'BookRoom', room, from: at(9), to: at(10) });
    const id = await bank.opened();
    const wanting = bankWith({
      holds: (state, owner) =>
        state.balance === 0 ? (bank.accounts.holds?.(state, owner) ?? []) : wantedBoth(alias, room),
    });
    expect(kind(await wanting.ask(id, { type: 'PayIn', amount: 1 }))).toBe('ROOM_TAKEN');
    expect(await bank.typesOf(id)).toEqual(['AccountOpened']);
    expect(kind(await openWith(alias))).toBe('done');
  });

  describe('for a time', () => {
    it('is refused to whoever asks for some of that time, and free before and after', async () => {
      const room = randomUUID();
      const [one, other] = [await bank.opened(), await bank.opened()];
      const book = (id: string, from: string, to: string) =>
        bank.ask(id, { type: 'BookRoom', room, from, to }).then(kind);
      expect(await book(one, at(9), at(10))).toBe('done');
      expect(await book(other, at(9, 30), at(9, 45))).toBe('ROOM_TAKEN');
      expect(await book(other, at(8), at(11))).toBe('ROOM_TAKEN');
      expect(await book(other, at(8, 30), at(9, 1))).toBe('ROOM_TAKEN');
      expect(await book(other, at(9, 59), at(10, 30))).toBe('ROOM_TAKEN');
      expect(await book(other, at(10), at(11))).toBe('done');
      expect(await book(other, at(8), at(9))).toBe('done');
    });

    it('is refused to its owner as to anybody', async () => {
      const [room, id] = [randomUUID(), await bank.opened()];
      await bank.ask(id, { type: 'BookRoom', room, from: at(9), to: at(10) });
      expect(kind(await bank.ask(id, { type: 'BookRoom', room, from: at(9, 30), to: at(10, 30) }))).toBe(
        'ROOM_TAKEN',
      );
    });

    it.each([
      { what: 'moved by ten minutes', from: at(9, 10), to: at(10, 10) },
      { what: 'shortened', from: at(9), to: at(9, 35) },
      { what: 'lengthened', from: at(9), to: at(10, 5) },
    ])('is $what: what the same decision gives up is not in its way', async ({ from, to }) => {
      const [room, id, other] = [randomUUID(), await bank.opened(), await bank.opened()];
      const refusal = { code: 'ROOM_TAKEN', detail: '' };
      const moving = bankWith({
        holds: ({ balance }) =>
          [
            {
              key: ['room', room],
              interval: balance < 2 ? { from: at(9), to: at(10) } : { from, to },
              refusal,
            },
          ].slice(0, balance),
      });
      expect(kind(await moving.ask(id, { type: 'PayIn', amount: 1 }))).toBe('done');
      expect(kind(await moving.ask(id, { type: 'PayIn', amount: 1 }))).toBe('done');
      const types = await registerOf('room', room);
      expect(types).toEqual(['ClaimMade', 'ClaimMade', 'ClaimReleased']);
      expect(kind(await bank.ask(other, { type: 'BookRoom', room, from: at(10, 10), to: at(11) }))).toBe(
        'done',
      );
    });

    it('goes to as many at once as have no moment in common', async () => {
      const room = randomUUID();
      const ids = await Promise.all(Array.from({ length: 12 }, () => bank.opened()));
      const outcomes = await Promise.all(
        ids.map((id, n) =>
          bank.ask(id, { type: 'BookRoom', room, from: at(9 + (n % 3)), to: at(10 + (n % 3)) }),
        ),
      );
      expect(outcomes.map(kind).filter((one) => one === 'done')).toHaveLength(3);
    });
  });
});
