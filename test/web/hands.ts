/** What a person does at a screen, counted: each press of a pointer or a key that does something is one. */
import type { Locator, Page } from 'playwright-core';
import { Eyes, type GivenFile } from './eyes.js';
import {
  found,
  heading,
  link,
  list as listCalled,
  option as optionCalled,
  ROW_LINK,
  type Thing,
} from './things.js';
import type { Place, Way } from './way.js';

/** As budgets of time are written: of a press, and of a character. */
const PRESS_SECONDS = 1;
const CHARACTER_SECONDS = 0.25;

export class Hands extends Eyes implements Way {
  presses = 0;
  characters = 0;
  /** In which something was typed. */
  fields = 0;

  constructor(readonly page: Page) {
    super(page);
  }

  async click(on: Locator): Promise<void> {
    this.presses += 1;
    await on.click();
  }

  async press(key: string): Promise<void> {
    this.presses += 1;
    await this.page.keyboard.press(key);
  }

  /** Typing is no press: it is counted by the character. */
  async type(into: Locator, text: string): Promise<void> {
    this.characters += text.length;
    this.fields += 1;
    await into.fill(text);
  }

  /** How long all of it would take somebody who knows what to do. */
  get seconds(): number {
    return this.presses * PRESS_SECONDS + this.characters * CHARACTER_SECONDS;
  }

  /** @returns how many presses it took */
  async counted(deed: () => Promise<void>): Promise<number> {
    const before = this.presses;
    await deed();
    return this.presses - before;
  }

  async pushes(thing: Thing): Promise<void> {
    await this.isReady(thing);
    await this.click(await this.#drawn(thing));
  }

  async writes(field: Thing, text: string): Promise<void> {
    await this.isReady(field);
    await this.type(found(this.page, field), text);
  }

  sets(field: Thing, value: string): Promise<void> {
    return this.writes(field, value);
  }

  async chooses(list: Thing, one: Thing): Promise<void> {
    await this.pushes(list);
    await this.pushes(one);
  }

  async finds(list: Thing, typed: string, one: Thing): Promise<void> {
    await this.writes(list, typed);
    await this.pushes(one);
  }

  answers(group: Thing, name: string | RegExp): Promise<void> {
    return this.pushes({ role: 'radio', name, in: group });
  }

  doesFirst(row: Thing, offered: Thing): Promise<void> {
    return this.pushes({ ...offered, in: row });
  }

  opens(row: Thing): Promise<void> {
    return this.pushes({ ...ROW_LINK, in: row });
  }

  gives(asking: Thing, files: readonly GivenFile[]): Promise<void> {
    return this.givesWhere(() => this.pushes(asking), files);
  }

  async goesTo(place: Place): Promise<void> {
    await this.pushes(link(place, { role: 'navigation', name: 'Main' }));
    await this.sees(heading(place));
  }

  /** A box or a choice that is drawn by its label is pressed there. */
  async #drawn(thing: Thing): Promise<Locator> {
    const one = found(this.page, thing);
    if (thing.role !== 'checkbox' && thing.role !== 'radio') return one;
    const id = await one.getAttribute('id');
    const label = this.page.locator(`label[for="${id ?? ''}"]`);
    return (await label.count()) > 0 ? label : one;
  }
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Of the list that is shown, the row in which this stands. */
export const rowWith = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });

export const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });

export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** One of a list that opens. */
export const chooses = (hands: Hands, label: string, option: string): Promise<void> =>
  hands.chooses(listCalled(label), optionCalled(option));

const MOST_STOPS = 200;

/** By the key that goes from one thing to the next, until it is what is sought. @param sought a selector @param text what it says, where that is told */
export const tabsTo = async ({ page }: Hands, sought: string, text = ''): Promise<void> => {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    const found = `document.activeElement?.matches(${JSON.stringify(sought)}) === true
      && document.activeElement.textContent.includes(${JSON.stringify(text)})`;
    if (await page.evaluate(found)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by keyboard to ${sought}`);
};
