import { Crowded, Lanes } from './lanes.js';

/** Work that goes on until it is told to end. */
const held = (lanes: Lanes, name: string) => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const ended = lanes.through(name, () => promise);
  return {
    end: async () => {
      resolve(undefined);
      await ended;
    },
  };
};

describe('a lane', () => {
  it('is gone through one after another, in the order in which they came', async () => {
    const lanes = new Lanes();
    const seen: string[] = [];
    const work = (who: number) => async () => {
      seen.push(`${String(who)} in`);
      await Promise.resolve();
      seen.push(`${String(who)} out`);
    };
    await Promise.all([1, 2, 3].map((who) => lanes.through('one', work(who))));
    expect(seen).toEqual(['1 in', '1 out', '2 in', '2 out', '3 in', '3 out']);
  });

  it('is nothing to who wants another stream', async () => {
    const lanes = new Lanes({ waiting: 0, waitMs: 60_000 });
    const other = held(lanes, 'one');
    expect(await lanes.through('another', () => Promise.resolve('done'))).toBe('done');
    await other.end();
  });

  it('is free after whoever fails in it', async () => {
    const lanes = new Lanes();
    const fails = lanes.through('one', () => Promise.reject(new Error('as planned')));
    const next = lanes.through('one', () => Promise.resolve('done'));
    await expect(fails).rejects.toThrow('as planned');
    expect(await next).toBe('done');
  });

  it('lets no more wait than it has room for', async () => {
    const lanes = new Lanes({ waiting: 2, waitMs: 60_000 });
    const first = held(lanes, 'one');
    const waiting = [1, 2].map(() => lanes.through('one', () => Promise.resolve('done')));
    await expect(lanes.through('one', () => Promise.resolve('done'))).rejects.toBeInstanceOf(Crowded);
    await first.end();
    expect(await Promise.all(waiting)).toEqual(['done', 'done']);
    expect(await lanes.through('one', () => Promise.resolve('done'))).toBe('done');
  });

  it('is left by who waited too long, and by nobody else', async () => {
    const lanes = new Lanes({ waiting: 2, waitMs: 20 });
    const first = held(lanes, 'one');
    let worked = false;
    const gaveUp = lanes.through('one', () => {
      worked = true;
      return Promise.resolve();
    });
    await expect(gaveUp).rejects.toBeInstanceOf(Crowded);
    await first.end();
    expect(await lanes.through('one', () => Promise.resolve('done'))).toBe('done');
    expect(worked).toBe(false);
  });
});
