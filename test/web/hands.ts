/** What a person does at a screen, counted: each press of a pointer or a key that does something is one. */
import type { Locator, Page } from 'playwright-core';

/** As budgets of time are written: of a press, and of a character. */
const PRESS_SECONDS = 1;
const CHARACTER_SECONDS = 0.25;

export class Hands {
  presses = 0;
  characters = 0;
  /** In which something was typed. */
  fields = 0;

  constructor(readonly page: Page) {}

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
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Of the list that is shown, the row in which this stands. */
export const rowWith = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });

export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** One of a list that opens. */
export const chooses = async (hands: Hands, label: string, option: string): Promise<void> => {
  const { page } = hands;
  await hands.click(page.getByRole('combobox', { name: label, exact: true }));
  await hands.click(page.getByRole('option', { name: option, exact: true }));
};

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
