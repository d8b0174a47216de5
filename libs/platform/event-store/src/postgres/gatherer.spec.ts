import { setImmediate as turn } from 'node:timers/promises';
import { StoreUnavailable } from '@fascia/kernel';
import { Gatherer } from './gatherer.js';
import type { Gathered, GathererOptions, Settled } from './gatherer.js';

interface Command extends Gathered {
  readonly name: string;
}

const command = (name: string, ...keys: readonly string[]): Command => ({
  name,
  keys: keys.length === 0 ? [name] : keys,
  bytes: 10,
});

interface Call {
  readonly names: readonly string[];
  /** Answers every command with its own name. */
  answer(): void;
  fail(error: unknown): void;
}

const gathering = (more: Partial<GathererOptions<Command, string>> = {}) => {
  const calls: Call[] = [];
  const send = (batch: readonly Command[]): Promise<readonly Settled<string>[]> =>
    new Promise((resolve, reject) => {
      const names = batch.map(({ name }) => name);
      calls.push({ names, answer: () => resolve(names.map((value) => ({ ok: true, value }))), fail: reject });
    });
  const limits = { lanes: 1, batchCommands: 4, batchBytes: 1_000, queueCommands: 8, queueBytes: 1_000 };
  return { calls, gatherer: new Gatherer<Command, string>({ send, ...limits, ...more }) };
};

const names = (calls: readonly Call[]): readonly (readonly string[])[] => calls.map((call) => call.names);

describe('gathering commands into batches', () => {
  it('sends a lone command in the same turn of the event loop', async () => {
    const { calls, gatherer } = gathering();
    const answer = gatherer.submit(command('a'));
    await turn();
    expect(names(calls)).toEqual([['a']]);
    calls[0]?.answer();
    await expect(answer).resolves.toBe('a');
  });

  it('gathers while a batch is in flight, up to a full batch', async () => {
    const { calls, gatherer } = gathering();
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => gatherer.submit(command(name)));
    await turn();
    expect(names(calls)).toEqual([['a', 'b', 'c', 'd']]);
    calls[0]?.answer();
    await turn();
    await turn();
    calls[1]?.answer();
    await expect(Promise.all(answers)).resolves.toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(names(calls)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('never puts two commands of one key into a batch, and keeps their order', async () => {
    const { calls, gatherer } = gathering();
    for (const [name, ...keys] of [
      ['a1', 'a'],
      ['a2', 'a', 'x'],
      ['x1', 'x'],
      ['b1', 'b'],
    ] as const)
      void gatherer.submit(command(name, ...keys));
    await turn();
    calls[0]?.answer();
    await turn();
    await turn();
    calls[1]?.answer();
    await turn();
    await turn();
    expect(names(calls)).toEqual([['a1', 'b1'], ['a2'], ['x1']]);
  });

  it('opens a second lane for half a batch at least, and not for keys in flight', async () => {
    const { calls, gatherer } = gathering({ lanes: 2, batchCommands: 4 });
    void gatherer.submit(command('a1', 'a'));
    await turn();
    void gatherer.submit(command('b1', 'b'));
    await turn();
    expect(names(calls)).toEqual([['a1']]);
    void gatherer.submit(command('a2', 'a'));
    await turn();
    expect(names(calls)).toEqual([['a1'], ['b1']]);
    void gatherer.submit(command('a3', 'a'));
    await turn();
    calls[0]?.answer();
    calls[1]?.answer();
    await turn();
    await turn();
    expect(names(calls)).toEqual([['a1'], ['b1'], ['a2']]);
    expect(calls).toHaveLength(3);
  });

  it('bounds a batch by bytes', async () => {
    const { calls, gatherer } = gathering({ batchBytes: 25 });
    for (const name of ['a', 'b', 'c']) void gatherer.submit(command(name));
    await turn();
    expect(names(calls)).toEqual([['a', 'b']]);
  });

  it.each([{ queueCommands: 2 }, { queueBytes: 20 }])(
    'refuses what the queue does not hold: %j',
    async (limit) => {
      const { calls, gatherer } = gathering(limit);
      const waiting = [gatherer.submit(command('a')), gatherer.submit(command('b'))];
      await expect(gatherer.submit(command('c'))).rejects.toThrow(StoreUnavailable);
      await turn();
      calls[0]?.answer();
      await Promise.all(waiting);
      const later = gatherer.submit(command('d'));
      await turn();
      calls[1]?.answer();
      await expect(later).resolves.toBe('d');
    },
  );

  it('tells everybody in a failed batch, and goes on', async () => {
    const { calls, gatherer } = gathering();
    const failed = [gatherer.submit(command('a')), gatherer.submit(command('b'))].map((answer) =>
      answer.catch(String),
    );
    await turn();
    calls[0]?.fail(new Error('gone'));
    await expect(Promise.all(failed)).resolves.toEqual(['Error: gone', 'Error: gone']);
    const next = gatherer.submit(command('a'));
    await turn();
    calls[1]?.answer();
    await expect(next).resolves.toBe('a');
  });

  it('closes once everything accepted is answered, and takes nothing more', async () => {
    const { calls, gatherer } = gathering();
    const accepted = gatherer.submit(command('a'));
    const closed = gatherer.close();
    await expect(gatherer.submit(command('b'))).rejects.toThrow(StoreUnavailable);
    await turn();
    calls[0]?.answer();
    await closed;
    await expect(accepted).resolves.toBe('a');
  });
});
