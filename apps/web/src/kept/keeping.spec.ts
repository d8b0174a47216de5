import { until } from '@fascia/testkit';
import type { Copied, Copies } from './browser-copy.js';
import { Problem, Unreachable } from '../api/problem.js';
import { Keeping, type KeptByService } from './keeping.js';

const FORM = 'PostMessage.0198d0a0-0000-7000-8000-000000000001';
const QUICK = { burstMs: 5, againMs: 5, longestMs: 20 };

class Browser implements Copies {
  copied: Copied | undefined;
  find = () => Promise.resolve(this.copied);
  put = (_form: string, copied: Copied) => Promise.resolve(void (this.copied = copied));
  drop = () => Promise.resolve(void (this.copied = undefined));
}

class Server implements KeptByService {
  typed: unknown = null;
  savedAt: string | null = null;
  reachable = true;
  /** It dies with the answer on its lips. */
  silent = false;
  trouble: Error = new Unreachable('no answer');
  #saved = 0;
  asked = 0;
  #ask = () => {
    this.asked += 1;
    return this.reachable ? Promise.resolve() : Promise.reject(this.trouble);
  };
  find = () => this.#ask().then(() => ({ typed: this.typed, savedAt: this.savedAt }));
  keep = (_form: string, content: unknown) =>
    this.#ask().then(() => {
      this.#saved += 1;
      this.typed = content;
      this.savedAt = `save ${this.#saved}`;
      if (this.silent) throw this.trouble;
      return { savedAt: this.savedAt };
    });
  drop = () =>
    this.#ask().then(() => {
      this.typed = null;
      this.savedAt = null;
    });
}

describe('a form while it is filled in', () => {
  let browser: Browser;
  let server: Server;
  const told: string[] = [];
  const opened = (times = QUICK) =>
    new Keeping(FORM, {
      service: server,
      copies: browser,
      times,
      tell: (saving, error) => told.push(error === undefined ? saving : `${saving}: ${error.message}`),
    });
  const has = (content: unknown) =>
    until(() => Promise.resolve(server.typed === content && browser.copied === undefined), {
      deadlineMs: 60_000,
      message: `the service to have ${String(content)}`,
    });

  beforeEach(() => {
    browser = new Browser();
    server = new Server();
    told.length = 0;
  });

  it('is as it was before anybody typed where nothing was kept', async () => {
    expect(await opened().find()).toBeUndefined();
  });

  it('is looked for until the service answers', async () => {
    server.typed = 'before';
    server.savedAt = 'earlier';
    server.reachable = false;
    const found = opened().find();
    await until(() => Promise.resolve(server.asked > 1), {
      deadlineMs: 60_000,
      message: 'it to be asked again',
    });
    server.reachable = true;
    expect(await found).toBe('before');
    server.reachable = false;
    server.trouble = new Problem({ status: 403, code: 'FORBIDDEN_ROLE', title: 'No', detail: 'No.' });
    expect(await opened().find()).toBeUndefined();
  });

  it('is copied at once, and is the service’s a moment later, the last word of it', async () => {
    const form = opened();
    form.keep('one');
    form.keep('two');
    await until(() => Promise.resolve(browser.copied?.content === 'two' || server.typed === 'two'), {
      deadlineMs: 60_000,
      message: 'the copy',
    });
    await has('two');
    expect(await opened().find()).toBe('two');
  });

  it('comes to the service while somebody types without a pause', async () => {
    const form = opened({ ...QUICK, burstMs: 100 });
    let text = '';
    // A letter every few milliseconds: no pause of them is as long as a burst.
    await until(
      () => {
        form.keep((text += 'x'));
        return server.typed !== null;
      },
      { deadlineMs: 60_000, everyMs: 2, message: 'something of it to be kept' },
    );
    await has(text);
  });

  it('is left with nothing lost', async () => {
    const form = opened();
    form.keep('one');
    await form.leave();
    expect(server.typed).toBe('one');
  });

  it('survives a service that does not answer, here and in the next page', async () => {
    const form = opened();
    form.keep('one');
    await form.leave();
    server.reachable = false;
    form.keep('one and more');
    await form.leave();
    expect(server.typed).toBe('one');
    const next = opened();
    expect(await next.find()).toBe('one and more');
    server.reachable = true;
    await has('one and more');
  });

  it('that came to the service late is tried until it is there', async () => {
    server.reachable = false;
    const form = opened();
    form.keep('one');
    await until(() => Promise.resolve(browser.copied !== undefined), {
      deadlineMs: 60_000,
      message: 'the copy',
    });
    server.reachable = true;
    await has('one');
  });

  it('that somebody went on with elsewhere is not what this browser had', async () => {
    const form = opened();
    await form.find();
    server.reachable = false;
    form.keep('here, and never handed over');
    await form.leave();
    server.reachable = true;
    await server.keep(FORM, 'elsewhere');
    expect(await opened().find()).toBe('elsewhere');
  });

  it('that was kept without an answer is gone on from, and not taken for somebody else’s', async () => {
    const form = opened();
    await form.find();
    server.silent = true;
    form.keep('one');
    expect(await form.flush()).toBe(false);
    server.reachable = false;
    for (const content of ['one and', 'one and more', 'one and more still']) {
      form.keep(content);
      await form.leave();
    }
    await until(() => Promise.resolve(browser.copied?.content === 'one and more still'), {
      deadlineMs: 60_000,
      message: 'the copy',
    });
    server.reachable = true;
    server.silent = false;
    expect(server.typed).toBe('one');
    expect(await opened().find()).toBe('one and more still');
    await has('one and more still');
  });

  it('that is found is not handed over in place of what was typed meanwhile', async () => {
    browser.copied = { content: 'before', base: null };
    const form = opened();
    const found = form.find();
    form.keep('now');
    await found;
    await has('now');
  });

  it('goes on from what somebody else wrote where nothing waits, and is said otherwise where something does', async () => {
    const form = opened();
    await server.keep(FORM, 'elsewhere');
    expect(form.goesOnFrom(String(server.savedAt))).toBe(true);
    form.restate('nothing waits');
    server.reachable = false;
    form.keep('here');
    expect(form.goesOnFrom('save 9')).toBe(false);
    form.restate('here and elsewhere');
    expect(await form.flush()).toBe(false);
    await until(() => Promise.resolve(browser.copied?.content === 'here and elsewhere'), {
      deadlineMs: 60_000,
      message: 'the copy',
    });
    expect(browser.copied?.base).toBe('save 1');
    server.reachable = true;
    await has('here and elsewhere');
  });

  it('says how it stands: typed, on its way, there', async () => {
    const form = opened();
    form.keep('one');
    expect(await form.flush()).toBe(true);
    expect(told).toEqual(['unsaved', 'saving', 'saved']);
  });

  it('that the service refuses says why, and is not sent again by itself', async () => {
    server.trouble = new Problem({ status: 422, code: 'REFUSED', title: 'No', detail: 'Not like this.' });
    server.reachable = false;
    const form = opened();
    form.keep('one');
    expect(await form.flush()).toBe(false);
    expect(told).toEqual(['unsaved', 'saving', 'unsaved: Not like this.']);
    server.reachable = true;
    form.keep('two');
    await has('two');
  });

  it('is nowhere once it is sent', async () => {
    const form = opened();
    form.keep('one');
    await form.forget();
    expect([server.typed, browser.copied]).toEqual([null, undefined]);
    expect(await opened().find()).toBeUndefined();
    form.keep('again');
    await has('again');
  });

  it('keeps what is typed while the old is thrown away, the last word of it', async () => {
    const form = opened();
    form.keep('one');
    await form.flush();
    const [once, again] = [form.forget(), form.forget()];
    form.keep('a');
    form.keep('anew');
    await Promise.all([once, again]);
    await has('anew');
    expect(await opened().find()).toBe('anew');
  });
});
