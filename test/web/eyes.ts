/** What a person sees of a page: all that a story may know of it, whichever way somebody is at it. */
import { until } from '@fascia/testkit';
import type { Page } from 'playwright-core';
import { found, told, type Thing } from './things.js';

/** A person is told within a second; a busy machine takes longer. */
const SEEN_MS = 60_000;

/** What of an element is asked in the page. */
interface Placed {
  readonly ownerDocument: { readonly activeElement: Placed | null };
  compareDocumentPosition(other: Placed): number;
}
/** `Node.DOCUMENT_POSITION_PRECEDING`. */
const BEFORE = 2;

export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export class Eyes {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  sees(thing: Thing): Promise<void> {
    return this.#waits(thing, 'visible');
  }

  /** Or never did. */
  seesNoMore(thing: Thing): Promise<void> {
    return this.#waits(thing, 'hidden');
  }

  /** Who waits in vain is told what stood there instead. */
  async #waits(thing: Thing, state: 'visible' | 'hidden'): Promise<void> {
    try {
      await found(this.#page, thing).first().waitFor({ state, timeout: SEEN_MS });
    } catch (error) {
      const shown = await this.#page.locator('body').innerText({ timeout: SEEN_MS });
      throw new Error(`${this.lost(`never ${state}:`, thing).message}, which says:\n${shown}`, {
        cause: error,
      });
    }
  }

  /** Of those that are there now. */
  count(thing: Thing): Promise<number> {
    return found(this.#page, thing).count();
  }

  /** What a field holds. */
  reads(thing: Thing): Promise<string> {
    return found(this.#page, thing).first().inputValue();
  }

  /** Until it can be used; it may be drawn by something else. */
  protected async isReady(thing: Thing): Promise<void> {
    const one = found(this.#page, thing).first();
    await one.waitFor({ state: 'attached', timeout: SEEN_MS });
    await until(() => one.isEnabled(), {
      deadlineMs: SEEN_MS,
      message: () => this.lost('never to be used:', thing).message,
    });
  }

  protected isChecked(thing: Thing): Promise<boolean> {
    return found(this.#page, thing).first().isChecked();
  }

  /** @param asks what brings up the dialog of the system */
  protected async givesWhere(asks: () => Promise<void>, files: readonly GivenFile[]): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await asks();
    await (await chooser).setFiles([...files]);
  }

  /** Whether the keyboard is at it. */
  protected async isAt(thing: Thing): Promise<boolean> {
    return (await found(this.#page, thing).and(this.#page.locator(':focus')).count()) > 0;
  }

  /** Once the page has taken it there. */
  protected comesTo(thing: Thing): Promise<void> {
    const at = found(this.#page, thing).and(this.#page.locator(':focus'));
    return at.waitFor({ state: 'attached', timeout: SEEN_MS });
  }

  /** Whether it stands before what the keyboard is at. */
  protected isBehind(thing: Thing): Promise<boolean> {
    return found(this.#page, thing)
      .first()
      .evaluate(
        (one: Placed, before: number) =>
          ((one.ownerDocument.activeElement?.compareDocumentPosition(one) ?? 0) & before) !== 0,
        BEFORE,
      );
  }

  /** Whether it is the one of an open list that the arrow keys have come to. */
  protected async isMarked(one: Thing): Promise<boolean> {
    const active = await this.#page.locator(':focus').getAttribute('aria-activedescendant');
    if (active === null) return false;
    return (
      (await found(this.#page, one)
        .and(this.#page.locator(`[id="${active}"]`))
        .count()) > 0
    );
  }

  protected lost(what: string, thing: Thing): Error {
    return new Error(`${what} ${told(thing)}, at ${new URL(this.#page.url()).pathname}`);
  }
}
