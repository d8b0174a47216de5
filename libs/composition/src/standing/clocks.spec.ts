import type { Rows, StoredEvent } from '@fascia/kernel';
import { Clocks } from './clocks.js';

const NOW = Date.parse('2026-04-01T09:00:00.000Z');
const HOUR = 3_600_000;

class World {
  processMs = NOW;
  databaseMs = NOW;
  recordedMs: number | undefined = NOW;
  /** How long the database takes to answer. */
  answerMs = 0;
  readonly told: (readonly [string, unknown])[] = [];

  readonly clocks = new Clocks({
    store: {
      head: () => Promise.resolve({ position: this.recordedMs === undefined ? 0n : 9n, epoch: 'e' }),
      readAt: () =>
        Promise.resolve(
          this.recordedMs === undefined
            ? undefined
            : ({ recordedAt: new Date(this.recordedMs).toISOString() } as StoredEvent),
        ),
    },
    rows: {
      query: <T extends object>() => {
        this.processMs += this.answerMs;
        return Promise.resolve([{ ms: String(this.databaseMs) }] as readonly object[] as readonly T[]);
      },
    } satisfies Rows,
    clock: { now: () => new Date(this.processMs) },
    settings: { clockMs: 5_000 },
    log: (what, details) => void this.told.push([what, details]),
  });

  async seen(): Promise<string> {
    await this.clocks.look();
    return this.clocks.trouble;
  }
}

describe('clocks', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('that agree within the stated time are no news', async () => {
    world.recordedMs = NOW + 5_000;
    world.databaseMs = NOW - 5_000;
    expect(await world.seen()).toBe('');
    expect(world.told).toEqual([]);
  });

  it('are not judged by a log that is empty', async () => {
    world.recordedMs = undefined;
    expect(await world.seen()).toBe('');
  });

  it('of the store that jumped ahead and were set right leave the log standing: told once, until it is over', async () => {
    world.recordedMs = NOW + 5 * HOUR;
    expect(await world.seen()).toBe("the log is 18000 s ahead of this process's clock");
    world.processMs += HOUR;
    world.databaseMs += HOUR;
    expect(await world.seen()).toBe("the log is 14400 s ahead of this process's clock");
    expect(world.told).toEqual([['clocks disagree', { logAheadSeconds: 18_000, databaseAheadSeconds: 0 }]]);
    world.processMs += 4 * HOUR;
    world.databaseMs += 4 * HOUR;
    expect(await world.seen()).toBe('');
    expect(world.told.at(-1)?.[0]).toBe('clocks agree again');
  });

  it.each([
    [HOUR, 'ahead of'],
    [-HOUR, 'behind'],
  ])('of database and process that differ by %i ms are named', async (ms, words) => {
    world.databaseMs = NOW + ms;
    expect(await world.seen()).toBe(`the database's clock is 3600 s ${words} this process's`);
  });

  it('are not said to differ by what the question took', async () => {
    world.answerMs = 30_000;
    world.databaseMs = NOW + 10_000;
    expect(await world.seen()).toBe('');
    expect(world.clocks.reading.databaseAheadSeconds).toBe(0);
  });
});
