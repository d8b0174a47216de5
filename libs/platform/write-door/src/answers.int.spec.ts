/** What a stream's own bookkeeping, a key sent again, and what this release does not know come to at the door. */
import { randomUUID } from 'node:crypto';
import { commandIdFrom, streamOf, type Category, type StreamName } from '@fascia/kernel';
import { BANK, CLERK, LIMIT, STORES, type AccountAggregate, type OpenStore } from '@fascia/testkit';
import type { CommandRequest } from './aggregate.js';
import { firstFactOf } from './bookkeeping.js';
import { answer, Bank, kind, request } from './door.spec-data.js';
import { StreamUnreadable, UpgradeNeeded } from './opened.js';

describe.each(STORES)('the write door on $name', ({ open }) => {
  let opened: OpenStore;
  let bank: Bank;

  beforeAll(async () => {
    opened = await open();
    bank = new Bank(opened.store);
  });
  afterAll(() => opened.close());

  /** An event as somebody else's code would have stored it. */
  const put = async (
    stream: StreamName,
    type: string,
    { schemaVersion = 1, data = {} }: { readonly schemaVersion?: number; readonly data?: object } = {},
  ): Promise<void> => {
    const commandId = randomUUID();
    const version = (await bank.store.readStream(stream, 1, 100)).length;
    const metadata = {
      occurredAt: bank.clock.now().toISOString(),
      actor: CLERK,
      correlationId: commandId,
      causationId: commandId,
      commandId,
      requestDigest: commandId,
      schemaVersion,
    };
    const known = await bank.codec.encode({
      stream,
      version: version + 1,
      id: randomUUID(),
      event: { type: 'CommandAnswered', data: {} },
      metadata,
    });
    const bytes = (value: object): Buffer => Buffer.from(JSON.stringify(value), 'utf8');
    await bank.store.append({
      stream,
      expectedVersion: version,
      commandId,
      requestDigest: commandId,
      events: [{ ...known, type, data: bytes(data), metadata: bytes(metadata) }],
    });
  };
  const account = (id: string): StreamName => streamOf('calendar', id);

  describe('a command that changed nothing', () => {
    it('answers as the first time under its key, although it would do something by now', async () => {
      const [one, other, id] = [randomUUID(), randomUUID(), await bank.opened()];
      await bank.ask(id, { type: 'TakeAlias', alias: one });
      const first = await bank.ask(id, { type: 'TakeAlias', alias: one }, { key: 'k' });
      expect(first).toMatchObject({ kind: 'done', version: 2, repeated: true });
      await bank.ask(id, { type: 'TakeAlias', alias: other });
      expect(await bank.ask(id, { type: 'TakeAlias', alias: one }, { key: 'k' })).toEqual(first);
      expect(await bank.typesOf(id)).toEqual([
        'AccountOpened',
        'AliasTaken',
        'CommandAnswered',
        'AliasTaken',
      ]);
    });

    it('is another request under the same key when it says something else', async () => {
      const [one, id] = [randomUUID(), await bank.opened()];
      await bank.ask(id, { type: 'TakeAlias', alias: one });
      await bank.ask(id, { type: 'TakeAlias', alias: one }, { key: 'k' });
      expect(kind(await bank.ask(id, { type: 'TakeAlias', alias: randomUUID() }, { key: 'k' }))).toBe(
        'keyReused',
      );
    });

    it('is remembered once, whoever asks at once', async () => {
      const [one, id] = [randomUUID(), await bank.opened()];
      await bank.ask(id, { type: 'TakeAlias', alias: one });
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => bank.ask(id, { type: 'TakeAlias', alias: one }, { key: 'k' })),
      );
      expect(new Set(outcomes.map((outcome) => kind(answer(outcome))))).toEqual(new Set(['done']));
      expect(await bank.typesOf(id)).toEqual(['AccountOpened', 'AliasTaken', 'CommandAnswered']);
    });

    it('is not remembered where nobody named it', async () => {
      const [one, id] = [randomUUID(), await bank.opened()];
      await bank.ask(id, { type: 'TakeAlias', alias: one });
      await bank.ask(id, { type: 'TakeAlias', alias: one });
      expect(await bank.typesOf(id)).toEqual(['AccountOpened', 'AliasTaken']);
    });
  });

  describe('bookkeeping', () => {
    it('is passed over by versions and If-Match, and by what they say', async () => {
      const id = await bank.opened();
      await put(account(id), 'CommandAnswered');
      expect(await bank.newDoor().load(bank.accounts, id)).toMatchObject({ version: 1 });
      expect(await bank.ask(id, { type: 'PayIn', amount: 1 }, { ifVersion: 2 })).toEqual({
        kind: 'stale',
        actual: 1,
      });
      expect(await bank.ask(id, { type: 'PayIn', amount: 1 }, { ifVersion: 1 })).toMatchObject({
        kind: 'done',
        version: 3,
      });
    });

    it('that comes in between makes nobody stale', async () => {
      const id = await bank.opened();
      const busy: AccountAggregate = {
        ...bank.accounts,
        facts: async () => {
          if ((await bank.eventsOf(id)).length === 1) await put(account(id), 'CommandAnswered');
          return { limit: LIMIT };
        },
      };
      const paid = request(id, { type: 'PayIn', amount: 1 }, { ifVersion: 1 });
      expect(await bank.newDoor().handle(busy, paid)).toMatchObject({ kind: 'done', version: 3 });
    });

    it('alone makes no stream: it is not found, and is made as one that is not there', async () => {
      const id = randomUUID();
      await put(account(id), 'ClaimLapsed', { data: { claimId: randomUUID(), register: 'register-x' } });
      expect(await bank.newDoor().load(bank.accounts, id)).toMatchObject({
        version: 0,
        state: { stage: 'none' },
      });
      expect(kind(await bank.ask(id, { type: 'PayIn', amount: 1 }))).toBe('notFound');
      const opening = { type: 'OpenAccount', organizationId: BANK } as const;
      const made = await bank.ask(id, opening, { key: 'k' });
      expect(made).toMatchObject({ kind: 'done', created: true, version: 2 });
      expect(answer(await bank.ask(id, opening, { key: 'k' }))).toEqual(answer(made));
    });

    it('is not what a stream begins with', async () => {
      const id = randomUUID();
      for (let note = 0; note < 12; note += 1) await put(account(id), 'CommandAnswered');
      expect(await firstFactOf(bank.store, account(id))).toBeUndefined();
      await bank.ask(id, { type: 'OpenAccount', organizationId: BANK });
      expect(await firstFactOf(bank.store, account(id))).toMatchObject({
        type: 'AccountOpened',
        version: 13,
      });
    });
  });

  describe('the key of a creation', () => {
    const creating = (id: string, sent = 'k', category: Category = 'calendar'): CommandRequest<never> => {
      const commandId = commandIdFrom(CLERK.sub, category, `${sent} ${bankKey}`);
      const command = { type: 'OpenAccount', organizationId: BANK } as const;
      return { ...request(id, command), command: command as never, commandId, keyGiven: true };
    };
    const bankKey = randomUUID();

    it('makes one thing, however often and with whatever id it is sent', async () => {
      const [one, other] = [randomUUID(), randomUUID()];
      const door = bank.newDoor();
      const first = await door.handle(bank.accounts, creating(one));
      expect(kind(first)).toBe('done');
      expect(kind(await door.handle(bank.accounts, creating(other)))).toBe('keyReused');
      bank.clock.advance(365 * 24 * 60 * 60_000);
      expect(kind(await door.handle(bank.accounts, creating(other)))).toBe('keyReused');
      expect(await bank.typesOf(other)).toEqual([]);
      expect(answer(await door.handle(bank.accounts, creating(one)))).toEqual(answer(first));
    });

    it('makes one of many that are asked for at once', async () => {
      const door = bank.newDoor();
      const ids = Array.from({ length: 10 }, () => randomUUID());
      const outcomes = await Promise.all(
        ids.map((id) => door.handle(bank.accounts, creating(id, 'at once'))),
      );
      expect(outcomes.map(kind).toSorted()).toEqual([
        'done',
        ...Array.from({ length: 9 }, () => 'keyReused'),
      ]);
    });
  });

  describe('a stream with a fact that cannot be taken', () => {
    it.each([
      { what: 'of a type that nobody declares', type: 'MoneyDreamtOf', schemaVersion: 1 },
      { what: 'of a newer version', type: 'MoneyPaidIn', schemaVersion: 2 },
    ])('$what is not decided over', async ({ type, schemaVersion }) => {
      const [id, alias] = [randomUUID(), randomUUID()];
      await bank.ask(id, { type: 'OpenAccount', organizationId: BANK, alias });
      await put(account(id), type, { schemaVersion, data: { amount: 1 } });
      const door = bank.newDoor();
      await expect(bank.ask(id, { type: 'Take', amount: 1 })).rejects.toBeInstanceOf(UpgradeNeeded);
      await expect(door.load(bank.accounts, id)).rejects.toBeInstanceOf(UpgradeNeeded);
      await expect(door.view({ folds: bank.accounts.decider, of: () => 0 }, id)).rejects.toBeInstanceOf(
        UpgradeNeeded,
      );
      // Whether it holds what somebody else wants is not known either; anything else goes on.
      await expect(
        bank.ask(randomUUID(), { type: 'OpenAccount', organizationId: BANK, alias }),
      ).rejects.toBeInstanceOf(UpgradeNeeded);
      await bank.opened(0, randomUUID());
    });

    it('that cannot be opened stops for itself alone', async () => {
      const id = await bank.opened();
      await bank.ask(id, { type: 'PayIn', amount: 1, remark: 'Saved.' });
      await put(account(id), 'MoneyPaidIn', { data: { amount: 1, remark: { $sealed: 'v1.broken' } } });
      await expect(bank.ask(id, { type: 'Take', amount: 1 })).rejects.toBeInstanceOf(StreamUnreadable);
      await bank.opened();
    });
  });
});
