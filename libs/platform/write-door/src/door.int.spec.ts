import { randomUUID } from 'node:crypto';
import { OutcomeUnknown, StoreUnavailable, type AppendRequest, type Fact, type Rows } from '@fascia/kernel';
import {
  BANK,
  CLERK,
  FlakyStore,
  ONLOOKER,
  OUTSIDER,
  STORES,
  type AccountAggregate,
  type AccountCommand,
  type AccountEvent,
  type Breakage,
  type OpenStore,
} from '@fascia/testkit';
import { LookupsBehind } from './aggregate.js';
import { Door } from './door.js';
import { answer, Bank, kind, request } from './door.spec-data.js';

describe.each(STORES)('the write door on $name', ({ open }) => {
  let opened: OpenStore;
  let bank: Bank;

  beforeAll(async () => {
    opened = await open();
    bank = new Bank(opened.store);
  });
  afterAll(() => opened.close());

  describe('a command', () => {
    it('that the rules allow is stored, and answered with where the stream stands', async () => {
      const id = randomUUID();
      const first = await bank.ask(id, { type: 'OpenAccount', organizationId: BANK });
      expect(first).toMatchObject({
        kind: 'done',
        id,
        version: 1,
        stage: 'open',
        created: true,
        repeated: false,
      });
      const second = await bank.ask(id, { type: 'PayIn', amount: 5, remark: 'Saved.' });
      expect(second).toMatchObject({
        kind: 'done',
        version: 2,
        stage: 'open',
        created: false,
        repeated: false,
      });
      const [opening, paying] = await bank.eventsOf(id);
      expect([opening?.type, paying?.type]).toEqual(['AccountOpened', 'MoneyPaidIn']);
      expect(second).toMatchObject({ position: paying?.position, digest: paying?.digest });
    });

    it('that the rules refuse stores nothing', async () => {
      const id = await bank.opened(10);
      expect(kind(await bank.ask(id, { type: 'Take', amount: 11 }))).toBe('TOO_LITTLE');
      expect(await bank.typesOf(id)).toEqual(['AccountOpened', 'MoneyPaidIn']);
    });

    it('that is only rehearsed is judged as if it were given, and stores nothing', async () => {
      const id = await bank.opened(10);
      const rehearsed = (command: AccountCommand, by = CLERK) =>
        bank.newDoor().rehearse(bank.accounts, { id, command, by });
      expect(await rehearsed({ type: 'Take', amount: 11 })).toMatchObject({
        kind: 'refused',
        refusal: { code: 'TOO_LITTLE' },
      });
      expect(await rehearsed({ type: 'Take', amount: 9 })).toEqual({ kind: 'willBeDone' });
      expect(await rehearsed({ type: 'Take', amount: 9 }, OUTSIDER)).toEqual({ kind: 'notFound' });
      expect(await bank.typesOf(id)).toEqual(['AccountOpened', 'MoneyPaidIn']);
    });

    it('that changes nothing is done, and stores nothing', async () => {
      const id = await bank.opened(0, randomUUID());
      await bank.ask(id, { type: 'CloseAccount' });
      expect(await bank.ask(id, { type: 'CloseAccount' })).toMatchObject({
        kind: 'done',
        version: 2,
        stage: 'closed',
        repeated: true,
        created: false,
      });
      expect(await bank.typesOf(id)).toEqual(['AccountOpened', 'AccountClosed']);
    });

    it('on a stream that does not exist is not found', async () => {
      expect(await bank.ask(randomUUID(), { type: 'PayIn', amount: 1 })).toEqual({ kind: 'notFound' });
    });
  });

  describe('somebody who may not', () => {
    it('is told so when they may see the thing', async () => {
      const id = await bank.opened();
      expect(await bank.ask(id, { type: 'PayIn', amount: 1 }, { by: ONLOOKER })).toEqual({
        kind: 'forbidden',
        policy: 'account.owner',
      });
    });

    it('is not told of the thing when they may not see it', async () => {
      const id = await bank.opened();
      expect(await bank.ask(id, { type: 'PayIn', amount: 1 }, { by: OUTSIDER })).toEqual({
        kind: 'notFound',
      });
      expect(await bank.ask(id, { type: 'PayIn', amount: 1 }, { by: OUTSIDER, ifVersion: 7 })).toEqual({
        kind: 'notFound',
      });
    });

    it('is forbidden to make one', async () => {
      const id = randomUUID();
      expect(
        await bank.ask(id, { type: 'OpenAccount', organizationId: BANK }, { by: OUTSIDER }),
      ).toMatchObject({ kind: 'forbidden' });
      expect(await bank.typesOf(id)).toEqual([]);
    });
  });

  describe('If-Match', () => {
    it('lets the command through at the version it names', async () => {
      const id = await bank.opened(3);
      expect(await bank.ask(id, { type: 'Take', amount: 1 }, { ifVersion: 2 })).toMatchObject({
        kind: 'done',
        version: 3,
      });
    });

    it('stops the command at any other, also where the rules would have refused it', async () => {
      const id = await bank.opened(3);
      expect(await bank.ask(id, { type: 'Take', amount: 1 }, { ifVersion: 1 })).toEqual({
        kind: 'stale',
        actual: 2,
      });
      expect(await bank.ask(id, { type: 'Take', amount: 99 }, { ifVersion: 1 })).toEqual({
        kind: 'stale',
        actual: 2,
      });
    });

    it('lets one of many through', async () => {
      const id = await bank.opened(3);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => bank.ask(id, { type: 'PayIn', amount: 1 }, { ifVersion: 2 })),
      );
      expect(outcomes.map(kind).sort()).toEqual(['done', ...Array.from({ length: 9 }, () => 'stale')]);
    });
  });

  describe('the same command again', () => {
    it('answers as the first time', async () => {
      const id = await bank.opened(3);
      const first = await bank.ask(id, { type: 'Take', amount: 3 }, { key: 'k' });
      const again = await bank.ask(id, { type: 'Take', amount: 3 }, { key: 'k' });
      expect(again).toEqual({ ...first, repeated: true });
      expect(await bank.eventsOf(id)).toHaveLength(3);
    });

    it('answers as the first time when the stream has moved on, and If-Match with it', async () => {
      const id = await bank.opened(3);
      const first = await bank.ask(id, { type: 'Take', amount: 3 }, { key: 'k', ifVersion: 2 });
      await bank.ask(id, { type: 'CloseAccount' });
      const again = await bank.ask(id, { type: 'Take', amount: 3 }, { key: 'k', ifVersion: 2 });
      expect(answer(again)).toEqual(answer(first));
      expect(await bank.eventsOf(id)).toHaveLength(4);
    });

    it('answers as the first time when it made the stream', async () => {
      const id = randomUUID();
      const first = await bank.ask(id, { type: 'OpenAccount', organizationId: BANK }, { key: 'k' });
      await bank.ask(id, { type: 'CloseAccount' });
      const again = await bank.ask(id, { type: 'OpenAccount', organizationId: BANK }, { key: 'k' });
      expect(again).toEqual({ ...first, repeated: true });
      expect(again).toMatchObject({ created: true, stage: 'open', version: 1 });
    });

    it('answers as the first time through another process', async () => {
      const id = await bank.opened(3);
      const first = await bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k' });
      const again = await bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k', door: bank.newDoor() });
      expect(answer(again)).toEqual(answer(first));
    });

    it.each([2, 50])('by %i callers at once makes one set of events and one answer', async (callers) => {
      const id = await bank.opened(callers);
      const doors = [bank.newDoor(), bank.newDoor()];
      const outcomes = await Promise.all(
        Array.from({ length: callers }, (_, n) =>
          bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k', door: doors[n % 2] ?? bank.newDoor() }),
        ),
      );
      expect(
        new Set(
          outcomes.map((outcome) =>
            JSON.stringify(answer(outcome), (_key, value: unknown) =>
              typeof value === 'bigint' ? String(value) : value,
            ),
          ),
        ).size,
      ).toBe(1);
      expect(outcomes.filter((outcome) => outcome.kind === 'done' && !outcome.repeated)).toHaveLength(1);
      expect(await bank.typesOf(id)).toEqual(['AccountOpened', 'MoneyPaidIn', 'MoneyTaken']);
    });

    it('by 50 callers at once makes one stream, which holds its claim', async () => {
      const id = randomUUID();
      const alias = randomUUID();
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () =>
          bank.ask(id, { type: 'OpenAccount', organizationId: BANK, alias }, { key: 'k' }),
        ),
      );
      expect(new Set(outcomes.map(kind))).toEqual(new Set(['done']));
      expect(await bank.typesOf(id)).toEqual(['AccountOpened']);
      expect(kind(await bank.ask(randomUUID(), { type: 'OpenAccount', organizationId: BANK, alias }))).toBe(
        'ALIAS_TAKEN',
      );
    });

    it('with another body is refused, whatever the body', async () => {
      const id = await bank.opened(3);
      await bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k' });
      expect(await bank.ask(id, { type: 'Take', amount: 2 }, { key: 'k' })).toEqual({ kind: 'keyReused' });
      expect(await bank.ask(id, { type: 'CloseAccount' }, { key: 'k' })).toEqual({ kind: 'keyReused' });
      expect(await bank.eventsOf(id)).toHaveLength(3);
    });

    it('of another person is another command', async () => {
      const id = await bank.opened(3);
      const colleague = { sub: 'colleague', role: 'coordinator', organizationId: BANK } as const;
      await bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k' });
      expect(await bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k', by: colleague })).toMatchObject({
        kind: 'done',
        version: 4,
        repeated: false,
      });
    });

    it('is decided again when it was refused before', async () => {
      const id = await bank.opened(1);
      expect(kind(await bank.ask(id, { type: 'Take', amount: 2 }, { key: 'k' }))).toBe('TOO_LITTLE');
      await bank.ask(id, { type: 'PayIn', amount: 1 });
      expect(kind(await bank.ask(id, { type: 'Take', amount: 2 }, { key: 'k' }))).toBe('done');
    });
  });

  describe('commands of many people at once', () => {
    it('are all decided, each on what the others left', async () => {
      const id = await bank.opened(5);
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => bank.ask(id, { type: 'Take', amount: 1 })),
      );
      expect(outcomes.map(kind).sort()).toEqual([
        ...Array.from({ length: 3 }, () => 'TOO_LITTLE'),
        ...Array.from({ length: 5 }, () => 'done'),
      ]);
      expect(await bank.eventsOf(id)).toHaveLength(7);
    });
  });

  describe('a store that breaks', () => {
    const breaking = (breakage: Breakage, on = 1): FlakyStore => {
      const flaky = new FlakyStore(opened.store);
      flaky.breakOn((append) => (append === on ? breakage : undefined));
      return flaky;
    };

    it('before storing says so, and the command sent again is done once', async () => {
      const id = await bank.opened(3);
      const door = bank.newDoor(breaking('before'));
      await expect(bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k', door })).rejects.toBeInstanceOf(
        StoreUnavailable,
      );
      expect(await bank.eventsOf(id)).toHaveLength(2);
      expect(await bank.ask(id, { type: 'Take', amount: 1 }, { key: 'k', door })).toMatchObject({
        kind: 'done',
        version: 3,
        repeated: false,
      });
      expect(await bank.eventsOf(id)).toHaveLength(3);
    });

    it('after storing says that it does not know, and the command sent again answers as the first time would have', async () => {
      const id = await bank.opened(3);
      const door = bank.newDoor(breaking('after'));
      await expect(bank.ask(id, { type: 'Take', amount: 3 }, { key: 'k', door })).rejects.toBeInstanceOf(
        OutcomeUnknown,
      );
      expect(await bank.ask(id, { type: 'Take', amount: 3 }, { key: 'k', door })).toMatchObject({
        kind: 'done',
        version: 3,
        repeated: true,
      });
      expect(await bank.eventsOf(id)).toHaveLength(3);
    });

    // A creation with a claim appends twice: the claim, then the event.
    it.each([
      { append: 1, breakage: 'before' },
      { append: 1, breakage: 'after' },
      { append: 2, breakage: 'before' },
      { append: 2, breakage: 'after' },
    ] as const)(
      '$breakage storing append $append of a creation that claims: sent again it is made once',
      async ({ append: broke, breakage }) => {
        const door = bank.newDoor(breaking(breakage, broke));
        const [id, alias] = [randomUUID(), randomUUID()];
        const command = { type: 'OpenAccount', organizationId: BANK, alias } as const;
        await expect(bank.ask(id, command, { key: 'k', door })).rejects.toThrow('as planned');
        expect(await bank.ask(id, command, { key: 'k', door })).toMatchObject({
          kind: 'done',
          version: 1,
          created: true,
        });
        expect(await bank.typesOf(id)).toEqual(['AccountOpened']);
      },
    );

    it('while a dropped claim is released leaves the command done, and the claim free', async () => {
      const alias = randomUUID();
      const id = await bank.opened(0, alias);
      const flaky = new FlakyStore(opened.store);
      flaky.breakOn((_append: number, { stream }: AppendRequest) =>
        stream.startsWith('register-') ? 'before' : undefined,
      );
      expect(
        await bank.ask(id, { type: 'CloseAccount' }, { key: 'k', door: bank.newDoor(flaky) }),
      ).toMatchObject({ kind: 'done', stage: 'closed', repeated: false });
      await bank.opened(0, alias);
    });
  });

  describe('facts from other streams', () => {
    it('are what a view makes of the events there, and of none where there is no stream', async () => {
      const types = {
        folds: {
          category: 'calendar',
          initial: [],
          evolve: (sofar: readonly string[], { type }: Fact<AccountEvent>) => [...sofar, type],
          stage: () => '',
        },
        of: (sofar: readonly string[]) => sofar,
      } as const;
      const [rich, nobody] = [await bank.opened(5), randomUUID()];
      const seen: unknown[] = [];
      const asking: AccountAggregate = {
        ...bank.accounts,
        facts: async (_request, { view }) => {
          seen.push(await view(types, rich), await view(types, nobody));
          return { limit: 1 };
        },
      };
      await new Bank(opened.store, asking).opened();
      expect(seen).toEqual([['AccountOpened', 'MoneyPaidIn'], []]);
    });
  });

  describe('facts from projections', () => {
    it('that do not come in time stop the command with a word for "try again"', async () => {
      const id = await bank.opened(1);
      const rowsAt = (): Promise<never> => Promise.reject(new LookupsBehind('behind'));
      const door = new Door({
        store: opened.store,
        codec: bank.codec,
        policy: bank.newDoor().policy,
        clock: bank.clock,
        rowsAt,
      });
      const asking: AccountAggregate = {
        ...bank.accounts,
        facts: async (_request, { lookup }) => ({ limit: await lookup({ run: () => Promise.resolve(1) }) }),
      };
      await expect(door.handle(asking, request(id, { type: 'Take', amount: 1 }))).rejects.toBeInstanceOf(
        LookupsBehind,
      );
      expect(await bank.eventsOf(id)).toHaveLength(2);
    });

    it('wait for the patient whom the stream, the command or the question is about, and for everybody when nobody is named', async () => {
      const asked: (string | undefined)[] = [];
      const rowsAt = (_position: bigint, about?: string): Promise<Rows> => {
        asked.push(about);
        return Promise.resolve({ query: () => Promise.resolve([]) });
      };
      const door = new Door({
        store: opened.store,
        codec: bank.codec,
        policy: bank.newDoor().policy,
        clock: bank.clock,
        rowsAt,
      });
      const [patientId, another] = [randomUUID(), randomUUID()];
      const one = { run: () => Promise.resolve(1_000) };
      const asking: AccountAggregate = {
        ...bank.accounts,
        subject: async (about, tools) => ({ ...(await bank.accounts.subject(about, tools)), patientId }),
        facts: async (_request, { lookup }) => {
          await lookup({ about: another, run: () => Promise.resolve(0) });
          return { limit: (await lookup(one)) + (await lookup(one)) };
        },
      };
      const id = randomUUID();
      await door.handle(asking, request(id, { type: 'OpenAccount', organizationId: BANK }));
      await door.handle(asking, request(id, { type: 'PayIn', amount: 1 }));
      // An account's contract knows no patients: it is refused after the question was asked.
      await expect(
        door.handle(
          asking,
          request(randomUUID(), { type: 'OpenAccount', organizationId: BANK, patientId } as never),
        ),
      ).rejects.toThrow('does not fit');
      expect(asked).toEqual([another, undefined, another, patientId, another, patientId]);

      asked.length = 0;
      // What is made under something that is one patient's: known once that was looked at, and not before.
      const under: AccountAggregate = {
        ...asking,
        facts: async (_request, { load, lookup }) => {
          await lookup(one);
          await load(asking, id);
          return { limit: await lookup(one) };
        },
      };
      await door.handle(under, request(randomUUID(), { type: 'OpenAccount', organizationId: BANK }));
      expect(asked).toEqual([undefined, patientId]);
    });
  });
});
