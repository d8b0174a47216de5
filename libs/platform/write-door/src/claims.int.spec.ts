import { randomUUID } from 'node:crypto';
import { registerStream, type AppendRequest } from '@fascia/kernel';
import { BANK, FlakyStore, STORES, type OpenStore } from '@fascia/testkit';
import type { Claim } from './aggregate.js';
import { Bank, kind } from './door.spec-data.js';
import { readWhole } from './read-whole.js';

const MINUTE = 60_000;
const at = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 3, 8, hour, minute)).toISOString();

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

  /** An owner that claimed and never came: its event could not be stored. */
  const claimOnly = async (alias: string, id: string): Promise<void> => {
    const flaky = new FlakyStore(opened.store);
    flaky.breakOn((_append: number, { stream }: AppendRequest) =>
      stream.startsWith('calendar-') ? 'before' : undefined,
    );
    await expect(
      bank.ask(
        id,
        { type: 'OpenAccount', organizationId: BANK, alias },
        { key: 'k', door: bank.newDoor(flaky) },
      ),
    ).rejects.toThrow('as planned');
  };

  it('is refused to the second who asks, and nothing is stored of them', async () => {
    const [alias, second] = [randomUUID(), randomUUID()];
    await openWith(alias);
    expect(kind(await openWith(alias, second))).toBe('ALIAS_TAKEN');
    expect(await bank.typesOf(second)).toEqual([]);
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
    const both: readonly Claim[] = [
      { key: ['alias', alias], refusal: { code: 'ALIAS_TAKEN', detail: '' } },
      {
        key: ['room', room],
        interval: { from: at(9), to: at(10) },
        refusal: { code: 'ROOM_TAKEN', detail: '' },
      },
    ];
    const id = await bank.opened();
    const wanting = new Bank(opened.store, {
      ...bank.accounts,
      holds: ({ balance }) => (balance === 0 ? [] : both),
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
