/** A product and a browser for one file of specs, and its people's pages: each is looked over when its spec is done. */
import type { Page } from 'playwright-core';
import { served, type Served } from '../journeys/served.js';
import { noTrouble, TestBrowser } from './browser.js';
import { Hands } from './hands.js';
import { Keys } from './keys.js';
import { openAs, type Opening, type Press } from './people.js';

/** What a rule refuses is answered with 409 or 422, and a saving that goes on from what is no more with 412, as it should be. */
export const REFUSED = /: 4(?:09|12|22)$|status of 4(?:09|12|22)/;

class Screens {
  readonly #pages: Page[] = [];
  #started: readonly [Served, TestBrowser] | undefined;

  get product(): Served {
    return this.#parts[0];
  }

  get browser(): TestBrowser {
    return this.#parts[1];
  }

  get #parts(): readonly [Served, TestBrowser] {
    if (this.#started === undefined) throw new Error('the product was not started');
    return this.#started;
  }

  async start(): Promise<void> {
    this.#started = await Promise.all([served(), TestBrowser.start()]);
  }

  /** Looked over with the others. */
  adopt<P extends Page>(page: P): P {
    this.#pages.push(page);
    return page;
  }

  async open(account: string, opening: Omit<Opening, 'url'> = {}): Promise<Hands> {
    return new Hands(await this.#opened(account, opening));
  }

  /** By somebody who has no pointer, from the first page on. */
  async openByKeys(account: string, opening: Omit<Opening, 'url' | 'press'> = {}): Promise<Keys> {
    const press: Press = (page, selector) => new Keys(page).pushes({ selector });
    return new Keys(await this.#opened(account, { ...opening, press }));
  }

  async #opened(account: string, opening: Omit<Opening, 'url'>): Promise<Page> {
    const page = await openAs(this.browser, account, { url: this.product.fascia.url, ...opening });
    return this.adopt(page);
  }

  /** @param but what is as it should be */
  async lookOver(but: RegExp | undefined): Promise<void> {
    for (const page of this.#pages) await noTrouble(page, but);
    await Promise.all(this.#pages.splice(0).map((page) => page.context().close()));
  }

  async stop(): Promise<void> {
    await this.browser.stop();
    await this.product.dispose();
  }
}

/** To be called in a `describe`, before hooks of its own. @param but as of `noTrouble` */
export const atTheScreens = (but?: RegExp): Screens => {
  const screens = new Screens();
  beforeAll(() => screens.start());
  afterEach(() => screens.lookOver(but));
  afterAll(() => screens.stop());
  return screens;
};
