/**
 * The product at rest on an EventStoreDB that holds 200 000 events of others, beside the same on an empty one. What the server
 * does for it is counted; processor time and memory are printed and decide nothing.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestEventStoreDb, until, type TestEventStoreDb } from '@fascia/testkit';
import { Fascia } from './harness.js';

const OTHERS = 200_000;
/** Events of others, which are all of one size here. */
const BETWEEN_NOTES = OTHERS / 5;
const REST_MS = 10_000;
const TICKS_PER_SECOND = 100;
const KIB_PER_PAGE = 4;

type Work = Awaited<ReturnType<TestEventStoreDb['work']>>;

interface Running {
  readonly server: TestEventStoreDb;
  readonly fascia: Fascia;
  readonly readyMs: number;
  readonly toReady: Work;
}

const minus = (after: Work, before: Work): Work => ({
  reads: after.reads - before.reads,
  appends: after.appends - before.appends,
  sent: after.sent - before.sent,
  lookedAt: after.lookedAt - before.lookedAt,
  following: after.following,
});

const made: Fascia[] = [];
const running: Running[] = [];

const run = async (others: number): Promise<Running> => {
  const server = await startTestEventStoreDb();
  await server.others(others);
  const fascia = new Fascia({
    env: { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: server.connectionString },
    end: () => server.stop(),
  });
  made.push(fascia);
  const before = performance.now();
  await fascia.start();
  const one = { server, fascia, readyMs: performance.now() - before, toReady: await server.work() };
  running.push(one);
  return one;
};

/** Nothing is appended any more: the demo is there, and nobody has anything left to do. */
const settled = async ({ server }: Running): Promise<void> => {
  let before = -1;
  await until(
    async () => {
      const { appends } = await server.work();
      const still = appends === before;
      before = appends;
      return still;
    },
    { everyMs: 2_000, deadlineMs: 120_000, message: 'the product to come to rest' },
  );
};

/** By each call, as a busy machine asks longer until it is ready. Twice as much and one is not more: timers do not beat together. */
const costsMore = (than: Work, work: Work): boolean =>
  (['sent', 'lookedAt'] as const).some((what) => work[what] / work.reads > (2 * than[what]) / than.reads + 1);

const usedBy = (pid: number): { readonly cpuSeconds: number; readonly memoryMiB: number } => {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  const [user, system, pages] = [fields[11], fields[12], fields[21]].map(Number);
  return {
    cpuSeconds: ((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND,
    memoryMiB: Math.round(((pages ?? 0) * KIB_PER_PAGE) / 1024),
  };
};

const atRest = async (one: Running) => {
  const { server, fascia } = one;
  const [before, used] = [await server.work(), usedBy(fascia.pid)];
  await delay(REST_MS);
  const { cpuSeconds, memoryMiB } = usedBy(fascia.pid);
  return {
    work: minus(await server.work(), before),
    cpuPercent: Math.round(((cpuSeconds - used.cpuSeconds) * 100_000) / REST_MS),
    memoryMiB,
  };
};

describe('beside 200 000 events of others', () => {
  beforeAll(async () => {
    await run(0);
    await run(OTHERS);
    for (const one of running) await settled(one);
  }, 300_000);

  afterAll(() => Promise.all(made.map((fascia) => fascia.dispose())), 60_000);

  it('the server has as little to do as without them, until the product is ready, at rest, and at the next start', async () => {
    const [alone, beside] = running;
    if (alone === undefined || beside === undefined) throw new Error('two run');
    expect(costsMore(alone.toReady, beside.toReady)).toBe(false);
    const [idle, idleBeside] = await Promise.all([alone, beside].map(atRest));
    process.stdout.write(
      `beside others: ${JSON.stringify({
        ready: [alone, beside].map(({ readyMs, toReady }) => ({ readyMs: Math.round(readyMs), ...toReady })),
        rest: [idle, idleBeside],
      })}\n`,
    );
    if (idle === undefined || idleBeside === undefined) throw new Error('both rest');
    expect(costsMore(idle.work, idleBeside.work)).toBe(false);
    // In the same ten seconds.
    expect(idleBeside.work.reads).toBeLessThan(2 * idle.work.reads + 50);
    // The others go on, and the product is started again behind what they wrote.
    const { lookedAt } = await beside.server.work();
    await beside.server.others(OTHERS);
    await until(async () => (await beside.server.work()).lookedAt >= lookedAt + OTHERS, {
      everyMs: 200,
      message: 'the watch for the head to have passed over them',
    });
    const again: Work[] = [];
    for (const one of [alone, beside]) {
      await settled(one);
      await one.fascia.stop();
      const before = await one.server.work();
      await one.fascia.start();
      again.push(minus(await one.server.work(), before));
    }
    const [start, startBeside] = again;
    if (start === undefined || startBeside === undefined) throw new Error('both started');
    process.stdout.write(`beside others, started again: ${JSON.stringify(again)}\n`);
    // What lies between two notes of where the head was (16 MiB of the log) is looked at again, on the server, and no more: on a busy
    // machine twice, by who asks before the first has noted it.
    expect(startBeside.lookedAt).toBeLessThan(2 * BETWEEN_NOTES);
    expect(costsMore({ ...start, lookedAt: startBeside.lookedAt }, startBeside)).toBe(false);
  }, 300_000);

  it('control: a single look that walks back through them is seen', async () => {
    const [alone, beside] = running;
    if (alone === undefined || beside === undefined) throw new Error('two run');
    const { work } = await atRest(alone);
    expect(costsMore(work, { ...work, sent: work.sent + OTHERS, lookedAt: work.lookedAt + OTHERS })).toBe(
      true,
    );
  });
});
