/** However slow a client is, what is kept for it does not grow. */
import { LiveStream } from './live-stream.js';

/** Everything that the client took, read until there is nothing more. */
const taken = (stream: LiveStream): string => {
  let text = '';
  for (let part: Buffer | null; (part = stream.read() as Buffer | null) !== null;) text += part.toString();
  return text;
};

const tell = (stream: LiveStream, lists: readonly string[], id: string): void => {
  stream.changed(lists, id);
  stream.release();
};

/** One whose client takes nothing any more. */
const full = (): LiveStream => {
  const stream = new LiveStream();
  for (let n = 0; stream.fullSince === undefined; n += 1) tell(stream, [`list-${String(n)}`], String(n));
  return stream;
};

describe('a live stream', () => {
  it('says what changed, and where to go on from', () => {
    const stream = new LiveStream();
    tell(stream, ['tasks', 'referrals'], 'here');
    expect(taken(stream)).toBe('event: changed\nid: here\ndata: {"lists":["referrals","tasks"]}\n\n');
  });

  it('says of no place where none is known', () => {
    const stream = new LiveStream();
    stream.resync('');
    stream.release();
    expect(taken(stream)).toBe('event: resync\ndata: {}\n\n');
  });

  it('says nothing before it may', () => {
    const stream = new LiveStream();
    tell(stream, ['tasks'], '1');
    stream.changed(['referrals'], '2');
    expect(taken(stream)).not.toContain('referrals');
    stream.release();
    expect(taken(stream)).toContain('referrals');
  });

  it('says nothing twice', () => {
    const stream = new LiveStream();
    tell(stream, ['tasks'], '1');
    expect(taken(stream)).toContain('tasks');
    stream.release();
    expect(taken(stream)).toBe('');
  });

  it('keeps, while nothing is taken, each list once and the last place', () => {
    const stream = full();
    const held = stream.readableLength;
    for (let n = 0; n < 10_000; n += 1) tell(stream, [n % 2 === 0 ? 'tasks' : 'plans'], `then-${String(n)}`);
    stream.beat();
    expect(stream.readableLength).toBe(held);
    const text = taken(stream);
    expect(text.split('\n\n').at(-2)).toBe(
      'event: changed\nid: then-9999\ndata: {"lists":["plans","tasks"]}',
    );
    expect([text.includes('then-9998'), stream.fullSince]).toEqual([false, undefined]);
  });

  it('says that everything is read again rather than what changed', () => {
    const stream = full();
    tell(stream, ['tasks'], 'a');
    stream.resync('b');
    tell(stream, ['plans'], 'c');
    expect(taken(stream).split('\n\n').at(-2)).toBe('event: resync\nid: c\ndata: {}');
  });

  it('ends for a client that listens, and is cut for one that takes nothing', () => {
    const [heard, stuck] = [new LiveStream(), full()];
    heard.end();
    heard.beat();
    stuck.end();
    tell(heard, ['tasks'], '1');
    expect(taken(heard)).toBe('');
    expect([heard.destroyed, stuck.destroyed]).toEqual([false, true]);
  });
});
