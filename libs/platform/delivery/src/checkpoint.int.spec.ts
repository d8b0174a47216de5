import { randomUUID } from 'node:crypto';
import { streamOf, type EventStore, type Rows } from '@fascia/kernel';
import { Moved } from '@fascia/retry';
import { appendPlain, copiedLog, memoryStore, SpacedStore, testRows, type TestRows } from '@fascia/testkit';
import {
  doubtedOf,
  FOLLOWER_SQL,
  loadStanding,
  MovedRow,
  moveMark,
  type FollowedSlice,
  type Standing,
} from './checkpoint.js';
import { beginning, markOf, type Mark } from './history.js';
import { Waiting } from './waiting.js';

const SLICE: FollowedSlice = { follower: 'spec', partition: 0, partitions: 1 };

let database: TestRows;
let log: EventStore;

beforeEach(async () => {
  database = await testRows(FOLLOWER_SQL);
  log = memoryStore('one');
  await write(10);
});
afterEach(() => database.close());

const write = async (count: number, store: EventStore = log): Promise<void> => {
  for (let n = 0; n < count; n += 1)
    await appendPlain(store, streamOf('referral', randomUUID()), [{ type: 'ReferralSent', data: { n } }]);
};

/** A follower that has had the log up to there. */
const stood = async (position: bigint, slice = SLICE): Promise<void> => {
  const { mark } = await loadStanding(database.rows, slice, log);
  const event = await log.readAt(position);
  if (event === undefined) throw new Error('nothing stands there');
  await moveMark(database.rows, slice, mark, markOf(mark.epoch, event));
};

/** Of what another slice of the follower held back. */
const parked = async (): Promise<{ position: string; held: string } | undefined> =>
  (
    await database.rows.query<{ position: string; held: string }>(
      'select position::text as position, held::text as held from delivery.parked',
    )
  )[0];

const parks = async (held: bigint): Promise<void> => {
  await database.rows.query(
    "insert into delivery.parked (follower, subject, position, held, error) values ('spec', 'one', 2, $1, 'TypeError')",
    [held.toString()],
  );
};

const found = (store: EventStore): Promise<Standing> => loadStanding(database.rows, SLICE, store);
const at = ({ mark, ...rest }: Standing) => ({ ...rest, position: mark.position, epoch: mark.epoch });

describe('a follower that begins again', () => {
  it('goes on where it stood', async () => {
    await stood(7n);
    expect(at(await found(log))).toEqual({ found: 'same', doubted: 0n, position: 7n, epoch: 'one' });
  });

  it('goes on where it stood when the log has another name', async () => {
    await stood(7n);
    await parks(9n);
    const promoted = await copiedLog(log, { epoch: 'two' });
    expect(at(await found(promoted))).toEqual({ found: 'renamed', doubted: 0n, position: 7n, epoch: 'two' });
    expect(at(await found(promoted))).toMatchObject({ found: 'same', position: 7n });
    expect(await parked()).toEqual({ position: '2', held: '9' });
  });

  it('finds its event again where positions are others', async () => {
    await stood(7n);
    await parks(7n);
    const moved = new SpacedStore(await copiedLog(log, { epoch: 'two' }));
    expect(at(await found(moved))).toEqual({ found: 'renamed', doubted: 0n, position: 70n, epoch: 'two' });
    expect(await parked()).toEqual({ position: '1', held: '70' });
  });

  it.each(['one', 'two'])(
    'begins anew, and doubts all there is, on a log %s that ends before',
    async (epoch) => {
      await stood(7n);
      await parks(7n);
      const putBack = await copiedLog(log, { epoch, upTo: 5n });
      expect(at(await found(putBack))).toEqual({ found: 'other', doubted: 5n, position: 0n, epoch });
      expect(await parked()).toEqual({ position: '1', held: '5' });
      // The doubt stays until it has gone through what was there.
      expect(at(await found(putBack))).toEqual({ found: 'same', doubted: 5n, position: 0n, epoch });
    },
  );

  it('moves what waits together with itself, or not at all', async () => {
    await stood(7n);
    await parks(7n);
    const putBack = await copiedLog(log, { epoch: 'one', upTo: 5n });
    let writes = 0;
    /** Dies with its first write done. */
    const dying: Rows = {
      query: async (text, values) => {
        if (writes > 0) throw new Error('dead');
        if (/\b(update|insert|delete)\b/.test(text)) writes += 1;
        return database.rows.query(text, values);
      },
    };
    await loadStanding(dying, SLICE, putBack).catch(() => undefined);
    expect(writes).toBe(1);
    expect(at(await found(putBack))).toMatchObject({ found: 'same', position: 0n });
    expect(await parked()).toEqual({ position: '1', held: '5' });
  });

  it('asks no more for what was asked for in another history', async () => {
    await stood(7n);
    await parks(7n);
    const asked = () => database.rows.query('select 1 from delivery.parked where retry');
    await database.rows.query('update delivery.parked set retry = true');
    const moved = new SpacedStore(await copiedLog(log, { epoch: 'two' }));
    await found(moved);
    expect(await asked()).toHaveLength(1);
    await found(await copiedLog(log, { epoch: 'three', upTo: 5n }));
    expect(await asked()).toEqual([]);
  });

  it('sees that a log was put back although it has grown beyond again', async () => {
    await stood(7n);
    const putBack = await copiedLog(log, { epoch: 'one', upTo: 5n });
    await write(10, putBack);
    expect(at(await found(putBack))).toMatchObject({ found: 'other', position: 0n });
  });

  it('goes on where it stood when the log was put back to where it had not come yet', async () => {
    await stood(4n);
    expect(at(await found(await copiedLog(log, { epoch: 'one', upTo: 5n })))).toMatchObject({
      found: 'same',
    });
  });

  it('leaves what is held back alone when another slice was faster', async () => {
    await stood(5n);
    await parks(9n);
    await found(log);
    expect(await parked()).toEqual({ position: '2', held: '9' });
  });

  it('begins at the furthest behind when the log is cut otherwise', async () => {
    const cut = (partition: number): FollowedSlice => ({ follower: 'spec', partition, partitions: 2 });
    await stood(4n, cut(0));
    await stood(8n, cut(1));
    expect(at(await found(log))).toMatchObject({ position: 4n });
    expect(await database.rows.query('select 1 from delivery.checkpoint')).toHaveLength(1);
  });

  it('doubts then as much as any slice did', async () => {
    const cut = (partition: number): FollowedSlice => ({ follower: 'spec', partition, partitions: 2 });
    await stood(4n, cut(0));
    await stood(8n, cut(1));
    const putBack = await copiedLog(log, { epoch: 'one', upTo: 7n });
    await loadStanding(database.rows, cut(1), putBack);
    const event = await putBack.readAt(5n);
    if (event === undefined) throw new Error('nothing stands there');
    await moveMark(database.rows, cut(1), beginning('one'), markOf('one', event));
    expect(at(await found(putBack))).toMatchObject({ position: 4n, doubted: 7n });
  });
});

describe('what somebody asks for', () => {
  const doubted = (store: EventStore) => doubtedOf(database.rows, SLICE.follower, store);

  it('is in doubt as far as a slice is, and not asked for before all have begun anew', async () => {
    await stood(7n);
    expect(await doubted(log)).toBe(0n);
    const putBack = await copiedLog(log, { epoch: 'one', upTo: 5n });
    await expect(doubted(putBack)).rejects.toThrow(Moved);
    await found(putBack);
    expect(await doubted(putBack)).toBe(5n);
  });

  it('stays in doubt for who is parked when the log that was gone through gets another name', async () => {
    await stood(7n);
    const putBack = await copiedLog(log, { epoch: 'one', upTo: 5n });
    await found(putBack);
    await write(3, putBack);
    const event = await putBack.readAt(7n);
    if (event === undefined) throw new Error('nothing stands there');
    await moveMark(database.rows, SLICE, beginning('one'), markOf('one', event));
    const promoted = await copiedLog(putBack, { epoch: 'two' });
    expect(at(await found(promoted))).toEqual({ found: 'renamed', doubted: 5n, position: 7n, epoch: 'two' });
    const moved = new SpacedStore(await copiedLog(promoted, { epoch: 'three' }));
    expect(at(await found(moved))).toMatchObject({ found: 'renamed', doubted: 70n, position: 70n });
  });
});

describe('what a batch parks and holds back', () => {
  const begun = async (): Promise<MovedRow> =>
    new MovedRow(database.rows, SLICE, (await loadStanding(database.rows, SLICE, log)).mark);

  const markAt = async (position: bigint): Promise<Mark> => {
    const event = await log.readAt(position);
    if (event === undefined) throw new Error('nothing stands there');
    return markOf('one', event);
  };

  it('is written together with the position behind it', async () => {
    const row = await begun();
    await parks(2n);
    const waiting = new Waiting(new Set(['one']));
    expect([waiting.hold('one', 4n), waiting.hold('two', 4n)]).toEqual([true, false]);
    waiting.park('two', 5n, 'TypeError');
    expect(waiting.hold('two', 6n)).toBe(true);
    row.has(await markAt(7n), waiting);
    await row.move();
    expect((await found(log)).mark.position).toBe(7n);
    expect(
      await database.rows.query('select subject, position::int, held::int from delivery.parked order by 1'),
    ).toEqual([
      { subject: 'one', position: 2, held: 4 },
      { subject: 'two', position: 5, held: 6 },
    ]);
  });

  /** The move that a look makes is held up until it is let go. */
  const heldUp = async (): Promise<{ row: MovedRow; begun: Promise<void>; letGo: () => void }> => {
    const begins = Promise.withResolvers<undefined>();
    const gate = Promise.withResolvers<undefined>();
    let first = true;
    const rows: Rows = {
      query: async (text, values) => {
        if (first && text.startsWith('update delivery.checkpoint')) {
          first = false;
          begins.resolve(undefined);
          await gate.promise;
        }
        return database.rows.query(text, values);
      },
    };
    const row = new MovedRow(rows, SLICE, (await loadStanding(database.rows, SLICE, log)).mark);
    return {
      row,
      begun: begins.promise,
      letGo: () => {
        gate.resolve(undefined);
      },
    };
  };

  it('is written although a look was moving the row when it came', async () => {
    const { row, begun: moving, letGo } = await heldUp();
    row.has(await markAt(2n));
    const looked = row.look();
    await moving;
    const waiting = new Waiting();
    waiting.park('one', 3n, 'TypeError');
    row.has(await markAt(4n), waiting);
    const moved = row.move();
    letGo();
    await Promise.all([looked, moved]);
    expect((await found(log)).mark.position).toBe(4n);
    expect(await parked()).toEqual({ position: '3', held: '3' });
  });

  it('is not written by a twin that was paused', async () => {
    const paused = await begun();
    await stood(3n);
    const waiting = new Waiting();
    waiting.park('one', 2n, 'TypeError');
    paused.has(await markAt(2n), waiting);
    await expect(paused.move()).rejects.toThrow(Moved);
    expect(await parked()).toBeUndefined();
  });

  it('moves nothing when somebody let go meanwhile of what it would hold back', async () => {
    const row = await begun();
    await parks(2n);
    const waiting = new Waiting(new Set(['one']));
    waiting.hold('one', 4n);
    await database.rows.query('delete from delivery.parked');
    row.has(await markAt(7n), waiting);
    await expect(row.move()).rejects.toThrow(Moved);
    expect((await found(log)).mark.position).toBe(0n);
  });
});
