/** From where on processes act: on a real database, over a log in memory. */
import { randomUUID } from 'node:crypto';
import { StoreUnavailable, streamOf } from '@fascia/kernel';
import { appendPlain, FlakyStore, memoryStore, testRows, type TestRows } from '@fascia/testkit';
import { BEGINNING_SQL, Beginnings } from './beginnings.js';
import { FOLLOWER_SQL } from './checkpoint.js';

const PROCESS = 'look-after';

let database: TestRows;
let log: FlakyStore;

beforeEach(async () => {
  database = await testRows(BEGINNING_SQL + FOLLOWER_SQL);
  log = new FlakyStore(memoryStore('one'));
});
afterEach(() => database.close());

const beginnings = (): Beginnings =>
  new Beginnings({
    rows: database.rows,
    store: log,
    processes: [{ name: PROCESS, takes: ['MoneyPaidIn'] }],
    isTheirs: ({ type }) => type === 'ProcessStarted',
  });

const write = async (type: string, count = 1): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    await appendPlain(log, streamOf('listing', randomUUID()), [{ type, data: { n } }]);
};

const paid = (position: bigint) => ({ type: 'MoneyPaidIn', position });

describe('where processes begin', () => {
  it('is not known before it was loaded: nothing is taken, and nothing passed over', async () => {
    await write('MoneyPaidIn');
    const begun = beginnings();
    expect(() => begun.takes(PROCESS, paid(1n))).toThrow(StoreUnavailable);
    expect(() => begun.unknown).toThrow(StoreUnavailable);
    await begun.load();
    expect([begun.takes(PROCESS, paid(1n)), begun.unknown]).toEqual([true, 0n]);
  });
});
