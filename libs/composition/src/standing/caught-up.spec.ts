import { partitionOfKey } from '@fascia/delivery';
import type { Rows } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { CaughtUpByTables } from './caught-up.js';

/** The relay's row and the slices' rows, as they stand. */
class Tables implements Rows {
  relay: { position: bigint; last: readonly bigint[] } | undefined;
  slices: readonly bigint[] = [];
  /** A model is built that is not live. */
  incomplete = false;
  asked = 0;
  away = false;

  query<T extends object>(text: string): Promise<readonly T[]> {
    this.asked += 1;
    if (this.away) return Promise.reject(new Error('away'));
    const rows = text.includes('delivery.relay')
      ? this.relay === undefined
        ? []
        : [{ position: this.relay.position.toString(), epoch: 'e', last: this.relay.last.map(String) }]
      : this.slices.map((position) => ({ position: position.toString(), incomplete: this.incomplete }));
    return Promise.resolve(rows as unknown as readonly T[]);
  }
}

const soon = 5_000;

describe('read models that another process keeps', () => {
  let tables: Tables;
  let caughtUp: CaughtUpByTables;
  beforeEach(() => {
    tables = new Tables();
    caughtUp = new CaughtUpByTables(tables, 'care', [{ name: 'referral' }]);
  });

  it('have reached a position when the relay has passed it and every partition what it was sent by then', async () => {
    tables.relay = { position: 20n, last: [18n, 7n, 0n] };
    tables.slices = [18n, 7n, 0n];
    expect(await caughtUp.waitFor(20n, soon)).toBe(true);
  });

  it('have not while the relay is before it, whatever the partitions say', async () => {
    tables.relay = { position: 19n, last: [18n, 7n] };
    tables.slices = [18n, 7n];
    expect(await caughtUp.waitFor(20n, 30)).toBe(false);
  });

  it('have not while one partition is behind', async () => {
    tables.relay = { position: 20n, last: [18n, 7n] };
    tables.slices = [18n, 6n];
    expect(await caughtUp.waitFor(20n, 30)).toBe(false);
    const waiting = caughtUp.waitFor(20n, soon);
    tables.slices = [18n, 7n];
    expect(await waiting).toBe(true);
  });

  it("have for one patient when that patient's partition has, whoever else is behind", async () => {
    const partition = partitionOfKey('somebody', 2);
    tables.relay = { position: 20n, last: [18n, 7n] };
    tables.slices = partition === 0 ? [18n, 0n] : [0n, 7n];
    expect(await caughtUp.waitFor(20n, soon, 'somebody')).toBe(true);
    expect(await caughtUp.waitFor(20n, 30)).toBe(false);
    tables.slices = partition === 0 ? [17n, 7n] : [18n, 6n];
    expect(await caughtUp.waitFor(20n, 30, 'somebody')).toBe(false);
  });

  it('have not while a table is built that nobody can read yet', async () => {
    tables.relay = { position: 20n, last: [18n, 7n] };
    tables.slices = [18n, 7n];
    tables.incomplete = true;
    expect(await caughtUp.waitFor(20n, 30)).toBe(false);
    const waiting = caughtUp.waitFor(20n, soon);
    tables.incomplete = false;
    expect(await waiting).toBe(true);
  });

  it('need not run after what is sent later', async () => {
    tables.relay = { position: 20n, last: [18n, 7n] };
    tables.slices = [17n, 7n];
    const waiting = caughtUp.waitFor(20n, soon);
    const asked = tables.asked;
    await until(() => tables.asked > asked + 4, { message: 'the tables to be asked again' });
    tables.relay = { position: 90n, last: [89n, 90n] };
    tables.slices = [18n, 7n];
    expect(await waiting).toBe(true);
  });

  it('are not caught up before anything was relayed, nor while the tables are away', async () => {
    expect(await caughtUp.waitFor(0n, 30)).toBe(false);
    tables.relay = { position: 1n, last: [1n] };
    tables.slices = [1n];
    tables.away = true;
    expect(await caughtUp.waitFor(1n, 30)).toBe(false);
    tables.away = false;
    expect(await caughtUp.waitFor(1n, soon)).toBe(true);
  });

  it('are asked for once, however many wait, and not at all when nobody does', async () => {
    tables.relay = { position: 1n, last: [0n] };
    tables.slices = [0n];
    expect(await Promise.all(Array.from({ length: 100 }, () => caughtUp.waitFor(1n, soon)))).not.toContain(
      false,
    );
    expect(tables.asked).toBeLessThan(50);
  });
});
