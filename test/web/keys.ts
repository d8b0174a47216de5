/**
 * The way of somebody who has nothing but keys. All that is done here is done by pressing them: the page itself is out of reach, so
 * that what has no way by keyboard cannot be done.
 */
import type { Keyboard, Page } from 'playwright-core';
import { Eyes, type GivenFile } from './eyes.js';
import { DIALOG, heading, ROW_LINK, type Thing } from './things.js';
import type { Place, Way } from './way.js';

/** Of a page; it goes round once at most. */
const MOST_STOPS = 400;
const MOST_ROWS = 100;
const MOST_OPTIONS = 200;
/** Of a day or a time, with the button beside it. */
const MOST_PARTS = 5;

/** A field, or the button within one that opens a calendar. */
const TYPED_IN: Thing = { selector: 'input:focus-within, textarea:focus-within' };
const IN_A_ROW: Thing = { selector: 'tr *' };
const WITHIN_DIALOG: Thing = { selector: '[role="dialog"] *' };
const SEARCH: Thing = { selector: 'input[placeholder="Where to, or what to do?"]' };

/** As the field is filled in by somebody in the United States, part by part: `04032026`, `0205P`. */
const keysFor = (value: string): string => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year !== undefined) return `${month ?? ''}${day ?? ''}${year}`;
  const [hours = 0, minutes = 0] = value.split(':').map(Number);
  const twoDigits = (number: number): string => String(number).padStart(2, '0');
  return `${twoDigits(hours % 12 || 12)}${twoDigits(minutes)}${hours < 12 ? 'A' : 'P'}`;
};

const standsInDialog = (thing: Thing): boolean =>
  thing.in !== undefined && (thing.in.role === DIALOG.role || standsInDialog(thing.in));

export class Keys extends Eyes implements Way {
  readonly #keyboard: Pick<Keyboard, 'press' | 'type'>;
  #presses = 0;

  constructor(page: Page) {
    super(page);
    this.#keyboard = page.keyboard;
  }

  async pushes(thing: Thing): Promise<void> {
    await this.#reach(thing);
    await this.#push(thing.role === 'checkbox' ? 'Space' : 'Enter');
  }

  async writes(field: Thing, text: string): Promise<void> {
    await this.#reach(field);
    await this.#keyboard.press('Control+a');
    await this.#keyboard.type(text);
  }

  async sets(field: Thing, value: string): Promise<void> {
    await this.#reach(field);
    // To the first of its parts: out before it, and in again.
    for (let part = 0; part <= MOST_PARTS && (await this.isAt(field)); part += 1)
      await this.#keyboard.press('Shift+Tab');
    await this.#keyboard.press('Tab');
    await this.#keyboard.type(keysFor(value));
    const read = await this.reads(field);
    if (read !== value) throw this.lost(`${value} was typed, and ${read} is in`, field);
  }

  async chooses(list: Thing, one: Thing): Promise<void> {
    await this.#reach(list);
    await this.#goThrough(list, one);
  }

  async finds(list: Thing, typed: string, one: Thing): Promise<void> {
    await this.writes(list, typed);
    await this.sees(one);
    await this.#goThrough(list, one);
  }

  async answers(group: Thing, name: string | RegExp): Promise<void> {
    const one: Thing = { role: 'radio', name, in: group };
    await this.#reach({ role: 'radio', in: group });
    for (let left = await this.count({ role: 'radio', in: group }); !(await this.isAt(one)); left -= 1) {
      if (left === 0) throw this.lost('no arrow key leads to', one);
      await this.#keyboard.press('ArrowRight');
    }
    // An arrow key has chosen what it led to.
    if (await this.isChecked(one)) this.#presses += 1;
    else await this.#push('Space');
  }

  async doesFirst(row: Thing, offered: Thing): Promise<void> {
    await this.isReady({ ...offered, in: row });
    await this.#goToRow(row);
    await this.#push('a');
  }

  async opens(row: Thing): Promise<void> {
    await this.#goToRow(row);
    await this.#push('Enter');
  }

  gives(asking: Thing, files: readonly GivenFile[]): Promise<void> {
    return this.givesWhere(() => this.pushes(asking), files);
  }

  async goesTo(place: Place): Promise<void> {
    // Before the page is there, nobody hears a key.
    await this.sees({ selector: 'main h1' });
    await this.#push('Control+k');
    await this.comesTo(SEARCH);
    await this.#keyboard.type(place);
    await this.#push('Enter');
    await this.sees(heading(place));
  }

  async counted(deed: () => Promise<void>): Promise<number> {
    const before = this.#presses;
    await deed();
    return this.#presses - before;
  }

  /** A key that does something, and not one that only leads somewhere. */
  async #push(key: string): Promise<void> {
    this.#presses += 1;
    await this.#keyboard.press(key);
  }

  /** By the keys that go from one thing to the next. */
  async #reach(thing: Thing): Promise<void> {
    await this.isReady(thing);
    // A dialog takes the keyboard a moment after it is there.
    if (standsInDialog(thing)) await this.comesTo(WITHIN_DIALOG);
    const key = (await this.isBehind(thing)) ? 'Shift+Tab' : 'Tab';
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if (await this.isAt(thing)) return;
      await this.#keyboard.press(key);
    }
    throw this.lost('no way by keyboard to', thing);
  }

  /** Some lists are open as soon as they are reached; of the others the first arrow key opens them. */
  async #goThrough(list: Thing, one: Thing): Promise<void> {
    for (let options = 0; options < MOST_OPTIONS; options += 1) {
      await this.#keyboard.press('ArrowDown');
      if (options === 0) await this.sees(one);
      if (await this.isMarked(one)) return this.#push('Enter');
    }
    throw this.lost('no arrow key leads to the choice of', list);
  }

  /** Letters go from row to row where nobody types. */
  async #goToRow(row: Thing): Promise<void> {
    const at: Thing = { ...ROW_LINK, in: row };
    await this.isReady(at);
    for (let rows = 0; rows < MOST_ROWS; rows += 1) {
      if (await this.isAt(at)) return;
      const back = (await this.isAt(IN_A_ROW)) && (await this.isBehind(at));
      const letter = back ? 'k' : 'j';
      await this.#keyboard.press((await this.count(TYPED_IN)) > 0 ? 'Tab' : letter);
    }
    throw this.lost('no way from row to row to', row);
  }
}
