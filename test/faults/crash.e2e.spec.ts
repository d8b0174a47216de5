/** kill -9 of the process, and of PostgreSQL, while commands are under way: what was acknowledged is there, and nothing twice. */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import { Fascia, type Person } from '../journeys/harness.js';

interface Wish {
  readonly key: string;
  /** Set once the command was answered. */
  id?: string;
}

const COMMANDS = 60;
const TOGETHER = 8;

/** What went wrong with acknowledged commands: the check that every fault below ends with. */
const violations = (wishes: readonly Wish[], stored: readonly { readonly id: string; readonly version: number }[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { id } of stored) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [
    ...wishes.filter(({ id }) => id === undefined || !counts.has(id)).map(({ key }) => `lost: ${key}`),
    ...[...counts].filter(([, count]) => count > 1).map(([id]) => `doubled: ${id}`),
    ...stored.filter(({ id }) => !wishes.some((wish) => wish.id === id)).map(({ id }) => `from nowhere: ${id}`),
    ...stored.filter(({ version }) => version !== 1).map(({ id }) => `more than one event: ${id}`),
  ];
};

describe('a crash in the middle', () => {
  const fascia = new Fascia();
  let physician: Person;
  let patientId = '';
  const wishes: Wish[] = [];

  beforeAll(async () => {
    await fascia.start();
    physician = fascia.as('physician-demo');
    patientId = (await physician.get('/api/v1/patients')).body.items[0].id;
    await fascia.token('physician-demo');
  }, 120_000);

  afterAll(() => fascia.dispose(), 60_000);

  /** Sends a wish until somebody answers: the same key each time, as a careful client would. */
  const insist = async (wish: Wish): Promise<void> => {
    await until(
      async () => {
        const answer = await physician.send('POST', '/api/v1/referrals', { patientId, content: { priority: 'routine' } }, { 'idempotency-key': wish.key }).catch(() => undefined);
        if (answer !== undefined && answer.status >= 500 && answer.status !== 503) throw new Error(`${String(answer.status)} ${JSON.stringify(answer.body)}`);
        if (answer?.status !== 201 && answer?.status !== 200) return false;
        wish.id = answer.body.id as string;
        return true;
      },
      { deadlineMs: 90_000, message: 'a command was never answered' },
    );
  };

  const underLoad = async (fault: () => Promise<void> | void): Promise<void> => {
    const fresh = Array.from({ length: COMMANDS }, (): Wish => ({ key: randomUUID() }));
    wishes.push(...fresh);
    const queue = [...fresh];
    const worker = async (): Promise<void> => {
      for (let wish = queue.shift(); wish !== undefined; wish = queue.shift()) await insist(wish);
    };
    const working = Promise.all(Array.from({ length: TOGETHER }, worker));
    await until(() => Promise.resolve(fresh.some((wish) => wish.id !== undefined)), { deadlineMs: 30_000, message: 'no command was answered before the fault' });
    await fault();
    await working;
  };

  const drafts = async (): Promise<readonly { readonly id: string; readonly version: number }[]> => {
    const found: { id: string; version: number }[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await physician.get(`/api/v1/referrals?patientId=${patientId}&state=Draft&limit=200${cursor}`);
      found.push(...(body.items as typeof found));
      if (body.next === null) return found;
      cursor = `&cursor=${String(body.next)}`;
    }
  };

  const everythingIsThere = async (): Promise<void> => {
    await until(async () => (await drafts()).length === wishes.length, { deadlineMs: 20_000, message: 'the list never came to the number of commands' });
    expect(violations(wishes, await drafts())).toEqual([]);
    const operator = fascia.as('operator-demo');
    const { body } = await operator.get('/api/v1/admin/models');
    for (const { name } of body.items as { name: string }[]) {
      expect((await operator.send('POST', `/api/v1/admin/models/${name}/verify`)).body).toMatchObject({ name, same: true });
    }
  };

  it('of the process: the next start adopts the database and goes on', async () => {
    await underLoad(async () => {
      await fascia.kill9();
      await fascia.start();
    });
    await everythingIsThere();
  }, 180_000);

  it('of PostgreSQL: the process starts it again by itself', async () => {
    await underLoad(() => { fascia.killPostgres9(); });
    await everythingIsThere();
  }, 180_000);

  it('of both', async () => {
    await underLoad(async () => {
      fascia.killPostgres9();
      await fascia.kill9();
      await fascia.start();
    });
    await everythingIsThere();
  }, 180_000);

  it('people stay signed in over all that', async () => {
    expect((await physician.get('/api/v1/patients')).status).toBe(200);
  });

  it('would be noticed, had it lost, doubled or invented a command', async () => {
    const [first, ...rest] = await drafts();
    if (first === undefined) throw new Error('there are drafts');
    expect(violations(wishes, rest)).toHaveLength(1);
    expect(violations(wishes, [first, first, ...rest])).toHaveLength(1);
    expect(violations(wishes, [{ id: randomUUID(), version: 1 }, first, ...rest])).toHaveLength(1);
    expect(violations(wishes, [{ ...first, version: 2 }, ...rest])).toHaveLength(1);
  });
});
