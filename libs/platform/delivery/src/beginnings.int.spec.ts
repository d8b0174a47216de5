/** From where on processes act: on a real database, over a log in memory. */
import { randomUUID } from 'node:crypto';
import { StoreUnavailable, streamOf, type Rows } from '@fascia/kernel';
import { appendPlain, copiedLog, FlakyStore, memoryStore, testRows, type TestRows } from '@fascia/testkit';
import { beginFrom, BEGINNING_SQL, Beginnings } from './beginnings.js';
import { FOLLOWER_SQL } from './checkpoint.js';

const PROCESS = 'look-after';

let database: TestRows;
let log: FlakyStore;

beforeEach(async () => {
  database = await testRows(BEGINNING_SQL + FOLLOWER_SQL);
  log = new FlakyStore(memoryStore('one'));
});
afterEach(() => database.close());

interface Said {
  readonly what: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const beginnings = (said: Said[] = []): Beginnings =>
  new Beginnings({
    log: (what, details) => said.push({ what, details }),
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

  it('is looked up again when an operator changed it', async () => {
    await write('MoneyPaidIn', 3);
    const begun = beginnings();
    await begun.load();
    expect(await beginFrom(database.rows, log, { follower: 'inputs', process: PROCESS, after: 2n })).toBe(
      'begun',
    );
    await begun.look();
    expect([2n, 3n].map((position) => begun.takes(PROCESS, paid(position)))).toEqual([false, true]);
  });

  it('is moved together with the follower, or neither is', async () => {
    await write('MoneyPaidIn', 3);
    await beginnings().load();
    await database.rows.query(
      `insert into delivery.checkpoint (follower, partition, partitions, epoch, position, stream, version, digest)
       values ('inputs', 0, 1, 'one', 3, 'listing-1', 1, 'd')`,
    );
    let writes = 0;
    /** Dies with its first write done. */
    const dying: Rows = {
      query: async (text, values) => {
        if (writes > 0) throw new Error('dead');
        if (/\bupdate\b/.test(text)) writes += 1;
        return database.rows.query(text, values);
      },
    };
    const from = { follower: 'inputs', process: PROCESS, after: 1n };
    await beginFrom(dying, log, from).catch(() => undefined);
    const positions = await database.rows.query<{ position: string }>(
      `select position::text as position from delivery.checkpoint
       union all select position::text from delivery.process_start where process <> ''`,
    );
    expect(positions.map(({ position }) => position)).toEqual(['1', '1']);
    expect(await beginFrom(database.rows, log, { ...from, process: 'nobody', after: 0n })).toBe(
      'no such process',
    );
    expect(await database.rows.query('select 1 from delivery.checkpoint where position = 1')).toHaveLength(1);
  });

  it('says what processes pass over in a log that is another one', async () => {
    await write('ProcessStarted');
    await write('MoneyPaidIn', 4);
    const said: Said[] = [];
    const begun = beginnings(said);
    await begun.load();
    log.become(await copiedLog(log, { epoch: 'promoted' }));
    await begun.load();
    expect(said).toEqual([]);
    log.become(await copiedLog(log, { epoch: 'promoted', upTo: 2n }));
    await write('MoneyPaidIn');
    await begun.load();
    await begun.load();
    expect(said).toEqual([
      {
        what: 'the log is another one: processes pass over what is in it by now',
        details: { processes: [PROCESS], begunAfter: '5', passedOverTo: '3' },
      },
    ]);
    expect([3n, 4n].map((position) => begun.takes(PROCESS, paid(position)))).toEqual([false, true]);
  });
});
