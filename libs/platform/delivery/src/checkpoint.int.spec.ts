import { testRows, type TestRows } from '@fascia/testkit';
import { FOLLOWER_SQL, loadPosition } from './checkpoint.js';

const HELD = 9n;
const SLICE = { follower: 'spec', partition: 0, partitions: 1 };

describe('what a parked subject holds back', () => {
  let database: TestRows;

  beforeEach(async () => {
    database = await testRows(FOLLOWER_SQL);
  });
  afterEach(() => database.close());

  /** Another slice held something back; then this one begins. @returns up to where it is held back now */
  const heldAfter = async ({ stood, head }: { readonly stood: bigint; readonly head: bigint }) => {
    const { rows } = database;
    await rows.query(
      "insert into delivery.checkpoint (follower, partition, partitions, position, epoch) values ('spec', 0, 1, $1, 'e')",
      [stood.toString()],
    );
    await rows.query(
      "insert into delivery.parked (follower, subject, position, held, error) values ('spec', 'one', 2, $1, 'TypeError')",
      [HELD.toString()],
    );
    await loadPosition(rows, SLICE, { head: () => Promise.resolve({ epoch: 'e', position: head }) });
    const [parked] = await rows.query<{ held: string }>('select held::text as held from delivery.parked');
    return BigInt(parked?.held ?? 0);
  };

  it('stays held back when another slice was faster than the head that this one saw', async () => {
    expect(await heldAfter({ stood: 5n, head: 7n })).toBe(HELD);
  });

  it('ends where a log ends that was put back', async () => {
    expect(await heldAfter({ stood: 12n, head: 7n })).toBe(7n);
  });
});
