import { until } from './until.js';

const AWAY = new Error('timeout exceeded when trying to connect');

describe('until', () => {
  it('asks again a database that is away', async () => {
    const answers: (() => Promise<string | undefined>)[] = [
      () => Promise.reject(AWAY),
      () => Promise.resolve(undefined),
      () => Promise.resolve('there'),
    ];
    expect(await until(() => answers.shift()?.(), { message: 'an answer' })).toBe('there');
  });

  it('says what it waited for, and that a database was away to the end', async () => {
    await expect(until(() => Promise.reject(AWAY), { message: 'an answer', deadlineMs: 20 })).rejects.toThrow(
      'not within 20 ms: an answer, last: Error',
    );
  });

  it('asks nothing more of what is wrong for good', async () => {
    let times = 0;
    await expect(
      until(
        () => {
          times += 1;
          throw new TypeError('no function');
        },
        { message: 'an answer' },
      ),
    ).rejects.toThrow('no function');
    expect(times).toBe(1);
  });
});
