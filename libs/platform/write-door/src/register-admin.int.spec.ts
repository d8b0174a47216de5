import { randomUUID } from 'node:crypto';
import { registerStream, streamOf, type Category, type EventStore, type StreamName } from '@fascia/kernel';
import { BANK, CLERK, FlakyStore, memoryStore } from '@fascia/testkit';
import { claimIdOf } from './claims.js';
import { Bank, kind } from './door.spec-data.js';
import { RegisterAdmin } from './register-admin.js';
import { registersIn } from './registers.js';

const TEN = { from: '2026-04-08T10:00:00.000Z', to: '2026-04-08T11:00:00.000Z' };

describe('registers, compared with their owners', () => {
  let bank: Bank;
  beforeEach(() => {
    bank = new Bank(memoryStore());
  });

  const admin = (store: EventStore = bank.store): RegisterAdmin =>
    new RegisterAdmin({
      store,
      codec: bank.codec,
      clock: bank.clock,
      aggregates: new Map<Category, never>([['calendar', bank.accounts as never]]),
    });
  const account = (id: string): StreamName => streamOf('calendar', id);

  /** Takes a claim out of its register, as a fault would. */
  const lose = async (register: StreamName, owner: string): Promise<void> => {
    const registers = registersIn(bank, bank.clock);
    const found = await registers.load(register);
    const lost = found.held.filter((claim) => claim.owner === account(owner));
    expect(lost).toHaveLength(1);
    await registers.append(
      found,
      lost.map(({ claimId, made }) => ({ type: 'ClaimReleased', data: { claimId, made } })),
      { by: CLERK, commandId: randomUUID(), correlationId: randomUUID() },
    );
  };

  /** Closed, but its claim could not be released. */
  const leftBehind = async (alias: string): Promise<string> => {
    const id = await bank.opened(0, alias);
    const flaky = new FlakyStore(bank.store);
    flaky.breakOn((_append, { stream }) => (stream.startsWith('register-') ? 'before' : undefined));
    await bank.ask(id, { type: 'CloseAccount' }, { door: bank.newDoor(flaky) });
    return id;
  };

  it('are right when all is well', async () => {
    await bank.opened(0, 'one');
    await bank.opened(0, 'two');
    expect(await admin().verify()).toEqual({
      registers: 2,
      standing: 2,
      waiting: 0,
      left: [],
      lacking: [],
      clashing: [],
      unknown: [],
    });
    expect(await admin().rebuild(CLERK)).toEqual({ released: 0, claimed: 0, unsolved: [] });
  });

  it('wait for owners that may yet come', async () => {
    const flaky = new FlakyStore(bank.store);
    flaky.breakOn((_append, { stream }) => (stream.startsWith('calendar-') ? 'before' : undefined));
    const opening = { type: 'OpenAccount', organizationId: BANK, alias: 'slow' } as const;
    await expect(bank.ask(randomUUID(), opening, { door: bank.newDoor(flaky) })).rejects.toThrow(
      'as planned',
    );
    expect(await admin().verify()).toMatchObject({ standing: 0, waiting: 1, left: [], lacking: [] });
  });

  it('that lost what an owner holds, and have what nobody holds, are told of and made right', async () => {
    const [holder, closed] = [await bank.opened(0, 'held'), await leftBehind('left')];
    await lose(registerStream('alias', 'held'), holder);
    const claim = (alias: string, id: string) => ({
      register: registerStream('alias', alias),
      owner: account(id),
      claimId: claimIdOf(account(id), { key: ['alias', alias] }),
    });
    expect(await admin().verify()).toMatchObject({
      standing: 0,
      left: [claim('left', closed)],
      lacking: [claim('held', holder)],
    });
    expect(await admin().rebuild(CLERK)).toEqual({ released: 1, claimed: 1, unsolved: [] });
    expect(await admin().verify()).toMatchObject({ standing: 1, left: [], lacking: [] });
    const taking = { type: 'OpenAccount', organizationId: BANK, alias: 'held' } as const;
    expect(kind(await bank.ask(randomUUID(), taking))).toBe('ALIAS_TAKEN');
  });

  it('in which something is held twice are told of, and left to people', async () => {
    const [one, other] = [await bank.opened(), await bank.opened()];
    const register = registerStream('room', 'hall');
    await bank.ask(one, { type: 'BookRoom', room: 'hall', ...TEN });
    await lose(register, one);
    await bank.ask(other, { type: 'BookRoom', room: 'hall', ...TEN });
    expect(await admin().verify()).toMatchObject({ lacking: [{ register, owner: account(one) }] });
    expect(await admin().rebuild(CLERK)).toMatchObject({
      claimed: 0,
      unsolved: [{ register, owner: account(one) }],
    });
    const registers = registersIn(bank, bank.clock);
    const data = {
      claimId: claimIdOf(account(one), { key: ['room', 'hall'], interval: TEN }),
      owner: account(one),
      ownerVersion: 1,
      interval: TEN,
      lifeSeconds: 1,
    };
    const origin = { by: CLERK, commandId: randomUUID(), correlationId: randomUUID() };
    await registers.append(await registers.load(register), [{ type: 'ClaimMade', data }], origin);
    expect((await admin().verify()).clashing.map(({ owner }) => owner)).toEqual([
      account(other),
      account(one),
    ]);
  });

  it.each([1, 2, 3, 4])('are made right also when it broke off at append %i', async (broken) => {
    const holders = [await bank.opened(0, 'a'), await bank.opened(0, 'b')];
    await leftBehind('c');
    await leftBehind('d');
    await lose(registerStream('alias', 'a'), holders[0] ?? '');
    await lose(registerStream('alias', 'b'), holders[1] ?? '');
    const flaky = new FlakyStore(bank.store);
    flaky.breakOn((append) => (append === broken ? 'after' : append > broken ? 'before' : undefined));
    await admin(flaky)
      .rebuild(CLERK)
      .catch(() => undefined);
    await admin().rebuild(CLERK);
    expect(await admin().verify()).toMatchObject({
      standing: 2,
      waiting: 0,
      left: [],
      lacking: [],
      clashing: [],
    });
  });
});
