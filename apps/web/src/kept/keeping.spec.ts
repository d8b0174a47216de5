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
  trouble: Error = new Unreachable('no answer');
  #saved = 0;
  #ask = () => (this.reachable ? Promise.resolve() : Promise.reject(this.trouble));
  find = () => this.#ask().then(() => ({ typed: this.typed, savedAt: this.savedAt }));
  keep = (_form: string, content: unknown) =>
    this.#ask().then(() => {
      this.#saved += 1;
      this.typed = content;
      this.savedAt = `save ${this.#saved}`;
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
  const opened = () =>
    new Keeping(FORM, {
      service: server,
      copies: browser,
      times: QUICK,
      tell: (saving, error) => told.push(error === undefined ? saving : `${saving}: ${error.message}`),
    });
  const has = (content: unknown) =>
    until(() => Promise.resolve(server.typed === content && browser.copied === undefined), {
      deadlineMs: 20_000,
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

  it('is copied at once, and is the service’s a moment later, the last word of it', async () => {
    const form = opened();
    form.keep('one');
    form.keep('two');
    await until(() => Promise.resolve(browser.copied?.content === 'two' || server.typed === 'two'), {
      deadlineMs: 20_000,
      message: 'the copy',
    });
    await has('two');
    expect(await opened().find()).toBe('two');
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
      deadlineMs: 20_000,
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

  it('that is found is not handed over in place of what was typed meanwhile', async () => {
    browser.copied = { content: 'before', base: null };
    const form = opened();
    const found = form.find();
    form.keep('now');
    await found;
    await has('now');
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
});
