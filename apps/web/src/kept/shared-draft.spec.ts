import { Problem, Unreachable } from '../api/problem.js';
import { merged } from './merging.js';
import { SharedDraft } from './shared-draft.js';

interface Order {
  readonly question?: string;
  readonly goals?: readonly string[];
}

const FORM = 'referrals.0198d0a0-0000-7000-8000-000000000001';

const stale = (actual: number): Problem =>
  new Problem({ status: 412, code: 'VERSION_STALE', title: 'No', detail: 'Read again.', about: { actual } });

class Server {
  content: Order = { question: 'Stairs?' };
  version = 1;
  /** How many readings are answered from before. */
  behind = 0;
  reads = 0;
  trouble: Error | undefined;
  #before = { version: 1, content: this.content };

  isWrittenElsewhere(content: Order): void {
    this.#before = { version: this.version, content: this.content };
    this.content = content;
    this.version += 1;
  }
  read = () => {
    this.reads += 1;
    if (this.reads <= this.behind) return Promise.resolve(this.#before);
    return Promise.resolve({ version: this.version, content: this.content });
  };
  write = (content: Order, version: number) => {
    if (this.trouble !== undefined) return Promise.reject(this.trouble);
    if (version !== this.version) return Promise.reject(stale(this.version));
    this.isWrittenElsewhere(content);
    return Promise.resolve({ version: this.version });
  };
}

describe('a draft that several people write', () => {
  let server: Server;
  let shown: Order;
  const opened = (): SharedDraft<Order> => {
    shown = server.content;
    return new SharedDraft<Order>(
      { version: server.version, content: server.content },
      {
        read: server.read,
        write: server.write,
        screen: { now: () => shown, show: (content) => void (shown = content) },
        behindMs: 1,
      },
    );
  };
  const type = (part: Order): Order => (shown = { ...shown, ...part });

  beforeEach(() => {
    server = new Server();
  });

  it('is saved as one that goes on from what was there', async () => {
    const draft = opened();
    expect(await draft.keep(FORM, type({ goals: ['Walks.'] }))).toEqual({ savedAt: '2' });
    expect(await draft.keep(FORM, type({ question: 'Walks?' }))).toEqual({ savedAt: '3' });
    expect(server.content).toEqual({ question: 'Walks?', goals: ['Walks.'] });
    expect(server.reads).toBe(0);
  });

  it('tells the words of somebody else from one’s own, whose answer was lost', async () => {
    const draft = opened();
    const typed = type({ goals: ['Walks.'] });
    server.isWrittenElsewhere(typed);
    await draft.keep(FORM, typed);
    expect([draft.met, draft.version]).toEqual([0, 2]);
    server.isWrittenElsewhere({ ...typed, question: 'Runs?' });
    await draft.keep(FORM, type({ goals: ['Walks a mile.'] }));
    expect([draft.met, draft.version]).toEqual([1, 4]);
  });

  it('is not saved where it says nothing else', async () => {
    server.trouble = new Unreachable('nobody asks');
    expect(await opened().keep(FORM, { question: 'Stairs?' })).toEqual({ savedAt: '1' });
  });

  it('has the parts of both, also while lists are behind', async () => {
    const draft = opened();
    server.isWrittenElsewhere({ question: 'Stairs without pain?' });
    server.behind = 2;
    expect(await draft.keep(FORM, type({ goals: ['Walks.'] }))).toEqual({ savedAt: '3' });
    const both = { question: 'Stairs without pain?', goals: ['Walks.'] };
    expect([server.content, shown]).toEqual([both, both]);
  });

  it('says of one part what was typed here last', async () => {
    const draft = opened();
    const typed = type({ question: 'Walks?' });
    server.isWrittenElsewhere({ question: 'Runs?', goals: ['Runs.'] });
    await draft.keep(FORM, typed);
    expect(server.content).toEqual({ question: 'Walks?', goals: ['Runs.'] });
  });

  it('takes with it what was typed while it was saved', async () => {
    const draft = opened();
    const first = type({ goals: ['Walks.'] });
    server.isWrittenElsewhere({ question: 'Runs?' });
    type({ goals: ['Walks a mile.'] });
    await draft.keep(FORM, first);
    expect([server.content, shown]).toEqual([
      { question: 'Runs?', goals: ['Walks a mile.'] },
      { question: 'Runs?', goals: ['Walks a mile.'] },
    ]);
  });

  it('shows what somebody else wrote meanwhile, and what was left here beside what is typed', () => {
    const draft = opened();
    const theirs = { version: 2, content: { question: 'Runs?' } };
    expect([draft.isBehind({ version: 1, content: {} }), draft.isBehind(theirs)]).toEqual([false, true]);
    draft.meet(theirs);
    expect([shown, draft.isBehind(theirs)]).toEqual([{ question: 'Runs?' }, false]);
    type({ goals: ['Walks.'] });
    draft.restore({ question: 'Runs a mile?' });
    expect(shown).toEqual({ question: 'Runs a mile?', goals: ['Walks.'] });
  });

  it('is looked for until lists have what this browser’s copy goes on from', async () => {
    const draft = opened();
    server.isWrittenElsewhere({ question: 'Runs?' });
    server.behind = 2;
    expect(await draft.find(FORM, '1')).toEqual({ typed: { question: 'Stairs?' }, savedAt: '1' });
    expect(await draft.find(FORM, '2')).toEqual({ typed: { question: 'Runs?' }, savedAt: '2' });
    expect([shown, server.reads]).toEqual([{ question: 'Runs?' }, 3]);
  });

  it('is refused for what else is in the way, and where what came between is nowhere to be read', async () => {
    const draft = opened();
    server.trouble = new Unreachable('no answer');
    await expect(draft.keep(FORM, type({ goals: ['Walks.'] }))).rejects.toThrow('no answer');
    server.trouble = undefined;
    server.isWrittenElsewhere({});
    server.behind = Number.POSITIVE_INFINITY;
    await expect(draft.keep(FORM, shown)).rejects.toThrow('Read again.');
  });
});

describe('what two people have written', () => {
  it('is what each said otherwise; of one part what is said here', () => {
    const before = { a: 1, b: [1], c: 1, d: 1 };
    const here = { a: 2, b: [1], d: 2 };
    const there = { a: 1, b: [2], c: 1, d: 3, e: 1 };
    expect(merged<object>(before, here, there)).toEqual({ a: 2, b: [2], d: 2, e: 1 });
  });
});
