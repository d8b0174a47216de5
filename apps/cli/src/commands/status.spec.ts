import { drawStatus } from './status.js';

const followers = (behind: readonly string[]) =>
  behind.map((one, partition) => ({
    follower: 'care',
    partition,
    partitions: behind.length,
    position: '1',
    behind: one,
  }));

const processes = [
  {
    name: 'projector',
    host: 'a',
    pid: 12,
    startedAt: '2026-04-01T09:00:00.000Z',
    present: true,
    doing: { partitions: [0, 2] },
  },
  {
    name: 'relay',
    host: 'b',
    pid: 13,
    startedAt: '2026-04-01T09:00:00.000Z',
    present: false,
    doing: { leads: true },
  },
];

const status = {
  log: { position: '120', epoch: 'e' },
  relay: { position: '117', ageSeconds: 2.34 },
  followers: followers(['0', '1', '30', '5000']),
  stalled: [],
  clocks: { trouble: '' },
  unanswered: { commands: 0, oldestSeconds: 0 },
  silent: { referrals: 0, ids: [] },
  parked: [],
  processes,
};

describe('the status screen', () => {
  it('shows the log, the relay, a bar for each partition, and every process', () => {
    expect(drawStatus(status, [{ name: 'task', parked: [], building: null }]))
      .toBe(`log               at 120  (e)
relay             at 117  oldest event waits for 2.3 s
care              ·▁▄█  4 partitions, 5031 positions behind
silent referrals  none: somebody is asked, or a visit is to come, for each that is open
read models       1, nothing parked

projector         here    a:12  since 2026-04-01 09:00:00  partitions 0,2
relay             SILENT  b:13  since 2026-04-01 09:00:00  leads true
`);
  });

  it('names orders of which nobody would hear, and says nothing of what is not known', () => {
    const silent = { referrals: 2, ids: ['one', 'two'] };
    expect(drawStatus({ ...status, silent }, [])).toContain('silent referrals  2: one two; look at');
    expect(drawStatus({ ...status, silent: null }, [])).not.toContain('silent referrals');
  });

  it('is one line a thing in one process', () => {
    const drawn = drawStatus({ ...status, relay: null, followers: followers(['0']), processes: [] }, []);
    expect(drawn).toContain('care              ·  the whole log, up to date\n');
    expect(drawn).not.toContain('relay');
  });

  it('names what is parked and what is being rebuilt', () => {
    const drawn = drawStatus(status, [
      { name: 'task', parked: [{}, {}], building: { slicesReady: 1, slices: 4 } },
    ]);
    expect(drawn).toContain('2 streams parked: fascia models list, being rebuilt: task');
  });

  it('names who stands still, and commands of processes that have no outcome', () => {
    const drawn = drawStatus(
      {
        ...status,
        stalled: [{ follower: 'care', partition: 3, seconds: 41.7 }],
        unanswered: { commands: 2, oldestSeconds: 75 },
        clocks: { trouble: "the log is 18000 s ahead of this process's clock" },
      },
      [],
    );
    expect(drawn).toContain("CLOCKS            the log is 18000 s ahead of this process's clock\n");
    expect(drawn).toContain('STANDS STILL      care, partition 3, for 42 s\n');
    expect(drawn).toContain('without outcome   2 commands of processes, the oldest for 75 s\n');
  });

  it('names what followers parked, and what to do', () => {
    const parked = [
      {
        follower: 'process-inputs',
        subject: 'process-1',
        error: 'TypeError',
        since: '2026-04-01T09:00:00.000Z',
      },
    ];
    expect(drawStatus({ ...status, parked }, [])).toContain(
      'parked            process-inputs  process-1  TypeError since 2026-04-01 09:00:00; after a fix: fascia retry\n',
    );
  });
});
