import type { EventStore, Rows } from '@fascia/kernel';
import { Progress } from './progress.js';

const STALLED_MS = 30_000;

/** Two partitions of one follower, as their rows stand; what was handed to them; and the first timer that is due. */
class World {
  positions = [5n, 7n];
  last = [5n, 7n];
  relay = 7n;
  head = 7n;
  overdue: string | undefined;
  nowMs = 1_000;
  readonly told: unknown[] = [];
  readonly recorder = { waiting: 0, stored: 0 };

  readonly #rows: Rows = {
    query: <T extends object>(text: string) => Promise.resolve(this.#answer(text) as readonly T[]),
  };
  readonly progress = new Progress(
    {
      rows: this.#rows,
      store: {
        head: () => Promise.resolve({ position: this.head, epoch: 'e' }),
        readAll: () => Promise.resolve([]),
      } as unknown as EventStore,
      clock: { now: () => new Date(0) },
      settings: { stalledMs: STALLED_MS },
      recorder: this.recorder,
      log: (_what, details) => void this.told.push(details),
    },
    () => this.nowMs,
  );

  #answer(text: string): readonly object[] {
    if (text.includes('delivery.relay'))
      return [{ position: this.relay.toString(), epoch: 'e', last: this.last.map(String) }];
    if (text.includes('read.slice'))
      return this.positions.map((position, partition) => ({
        follower: 'care',
        partition,
        partitions: 2,
        position: position.toString(),
      }));
    if (text.includes('read.model')) return [{}];
    return this.overdue === undefined ? [] : [{ id: 'timer', set_by: this.overdue, due_at: '' }];
  }

  async after(ms: number): Promise<readonly string[]> {
    this.nowMs += ms;
    await this.progress.look();
    return this.progress.stalled.map(
      ({ follower, partition, seconds }) => `${follower} ${String(partition)} ${String(seconds)}`,
    );
  }
}

describe('a follower', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.progress.look();
  });

  it('that has everything stands nowhere too long', async () => {
    expect(await world.after(1_000_000)).toEqual([]);
  });

  it('that has something to come is named when it has not moved for the time, by its partition', async () => {
    await world.after(500_000);
    world.last = [5n, 9n];
    expect(await world.after(1_000)).toEqual([]);
    expect(await world.after(STALLED_MS - 1)).toEqual([]);
    expect(await world.after(1)).toEqual(['care 1 30']);
    await world.after(1_000);
    expect(world.told).toEqual([{ follower: 'care', partition: 1, at: '7' }]);
  });

  it('that is behind and moves is not', async () => {
    world.last = [5n, 900n];
    for (const position of [8n, 9n, 10n]) {
      world.positions = [5n, position];
      expect(await world.after(STALLED_MS - 1)).toEqual([]);
    }
  });

  it('that moves again is named no longer', async () => {
    world.last = [6n, 7n];
    await world.after(1);
    expect(await world.after(STALLED_MS)).toHaveLength(1);
    world.positions = [6n, 7n];
    expect(await world.after(1)).toEqual([]);
  });
});

describe('the same is seen of', () => {
  it.each<[string, (world: World) => void, (world: World) => void]>([
    ['relay', (world) => (world.head = 8n), (world) => (world.relay = 8n)],
    ['due', (world) => (world.overdue = 'one'), (world) => (world.overdue = 'another')],
    ['access-records', ({ recorder }) => (recorder.waiting = 4), ({ recorder }) => (recorder.stored = 1)],
  ])('%s', async (name, stands, moves) => {
    const world = new World();
    stands(world);
    await world.progress.look();
    expect(await world.after(STALLED_MS)).toEqual([`${name} 0 30`]);
    moves(world);
    expect(await world.after(STALLED_MS)).toEqual([]);
  });
});
