import { PROCESS_COMMANDS } from '@fascia/coordination';
import { keyHashOf, type EventStore, type Rows } from '@fascia/kernel';
import { unansweredOf } from './unanswered.js';

const NOW = '2026-04-01T09:10:00.000Z';

/** Seconds before now. */
const ago = (seconds: number): string => new Date(Date.parse(NOW) - seconds * 1_000).toISOString();

interface Asked {
  readonly position: bigint;
  readonly seconds: number;
  readonly type?: string;
  readonly stream?: string;
  readonly key?: string;
}

const counted = (
  log: readonly Asked[],
  positions: readonly bigint[],
  parked: readonly { readonly subject: string; readonly seconds: number }[] = [],
): ReturnType<typeof unansweredOf> => {
  const rows: Rows = {
    query: <T extends object>(text: string) =>
      Promise.resolve(
        (text.includes('delivery.relay')
          ? [{ position: '100', epoch: 'e', last: positions.map(() => '100') }]
          : text.includes('delivery.parked')
            ? parked.map(({ subject, seconds }) => ({
                follower: PROCESS_COMMANDS,
                subject,
                position: '1',
                error: 'TypeError',
                since: ago(seconds),
              }))
            : positions.map((position, partition) => ({
                follower: PROCESS_COMMANDS,
                partition,
                partitions: positions.length,
                position: position.toString(),
              }))) as unknown as readonly T[],
      ),
  };
  const store = {
    head: () => Promise.resolve({ position: 100n, epoch: 'e' }),
    readAll: (after: bigint) =>
      Promise.resolve(
        log
          .filter(({ position }) => position > after)
          .map(({ position, seconds, type = 'CommandRequested', stream = 'process-1', key = '' }) => ({
            position,
            type,
            stream,
            keyHash: keyHashOf(key),
            recordedAt: ago(seconds),
          })),
      ),
  } as unknown as EventStore;
  const clock = { now: () => new Date(NOW) };
  return unansweredOf({ store, rows, clock, settings: { unansweredMs: 60_000 } });
};

describe('commands of processes', () => {
  it('count when they lie behind where they are sent from, for longer than the time', async () => {
    const log = [
      { position: 5n, seconds: 500 },
      { position: 12n, seconds: 90 },
      { position: 13n, seconds: 80, type: 'InputHandled' },
      { position: 14n, seconds: 70 },
      { position: 15n, seconds: 59 },
    ];
    expect(await counted(log, [10n])).toEqual({ commands: 2, oldestSeconds: 90 });
  });

  it('do not when nothing is behind', async () => {
    expect(await counted([], [100n])).toEqual({ commands: 0, oldestSeconds: 0 });
  });

  it('are judged by the partition that they are dealt to', async () => {
    const dealtTo = (partition: number): string =>
      ['a', 'b', 'c', 'd', 'e', 'f'].find((key) => (keyHashOf(key) & 1) === partition) ?? '';
    const log = [
      { position: 20n, seconds: 100, key: dealtTo(0) },
      { position: 21n, seconds: 90, key: dealtTo(1) },
    ];
    expect(await counted(log, [10n, 10n])).toEqual({ commands: 2, oldestSeconds: 100 });
    expect(await counted(log, [10n, 50n])).toEqual({ commands: 1, oldestSeconds: 100 });
    expect(await counted(log, [50n, 10n])).toEqual({ commands: 1, oldestSeconds: 90 });
  });

  it('count once for each instance that is parked, since it was', async () => {
    const log = [{ position: 12n, seconds: 90, stream: 'process-9' }];
    expect(await counted(log, [10n], [{ subject: 'process-9', seconds: 300 }])).toEqual({
      commands: 1,
      oldestSeconds: 300,
    });
  });
});
