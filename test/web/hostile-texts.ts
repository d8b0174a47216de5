/** Texts that would run, turn lines around, or go on for ever; how every field is filled with them, and how it is seen that they are only shown. */
import { until } from '@fascia/testkit';
import type { Locator, Page } from 'playwright-core';
import { fitsItsWindow } from './targets.js';

/** What is no text at all is refused as such, what breaks a rule by its name. */
export const REFUSED = /: 4(?:00|09|22)$|status of 4(?:00|09|22)/;

export const SCRIPT = '"><script>hostile = 1</script><img src=x onerror="hostile = 1">';
/** Also what means something to whoever fills in words, and a family of one sign. */
export const NAME = `${SCRIPT} שלום {{name}} $t(referrals.title) \u{1F468}\u200D\u{1F469}\u200D\u{1F467}`;
/** With a word that no line is long enough for. */
export const TEXT = `${NAME} ${'W'.repeat(600)}`;
export const LONGER_THAN_ALLOWED = 'W'.repeat(10_000);
/** Written one way, read another. */
export const TURNED = 'Anna \u202EgreB';
/** Which nothing keeps. */
const NO_TEXT = 'before\u0000after';

export const shown = (page: Page, within = page.locator('main')): Locator =>
  within.getByText('<script>hostile = 1</script>');

/** Long words that reach beyond what cuts them off, or beyond the window; what can be scrolled is not cut off. */
const CUT_OFF = `(() => {
  const edge = (element) => {
    if (element === null || element === document.documentElement) return innerWidth;
    const { overflowX } = getComputedStyle(element);
    const isDialog = element.getAttribute('role') === 'dialog';
    if (!isDialog && (overflowX === 'auto' || overflowX === 'scroll')) return Infinity;
    if (isDialog || overflowX === 'hidden' || overflowX === 'clip') return element.getBoundingClientRect().right;
    return edge(element.parentElement);
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const around = text.parentElement;
    const word = /W{100,}/.exec(text.data);
    if (word === null || around.closest('textarea, script, style') !== null) continue;
    if (!around.checkVisibility({ checkVisibilityCSS: true })) continue;
    const range = document.createRange();
    // Of the word alone: a space at the end of a line may hang over.
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    const right = Math.max(...[...range.getClientRects()].map((line) => line.right));
    if (right > edge(around) + 1) found.push(around.outerHTML.slice(0, 80) + ': to ' + Math.round(right));
  }
  return found;
})()`;

/** What was just made narrower is laid out anew a moment later. */
const cutsNothingOff = async (page: Page): Promise<void> => {
  let cut: readonly string[] = [];
  await until(async () => (cut = await page.evaluate<readonly string[]>(CUT_OFF)).length === 0, {
    message: () => `cut off is ${cut.join(', ')}`,
  });
};

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 360, height: 860 };

/** Nothing of it ran, nothing of it became a part of the page, all of it can be read, and the page is as wide as its window. */
export const isOnlyShown = async (page: Page): Promise<void> => {
  expect(await page.evaluate('typeof hostile')).toBe('undefined');
  expect(await page.locator('img, main script').count()).toBe(0);
  for (const window of [WIDE, NARROW]) {
    await page.setViewportSize(window);
    await fitsItsWindow(page);
    await cutsNothingOff(page);
  }
  await page.setViewportSize(WIDE);
};

const FREE = ':is(textarea, input:not([type]), input[type="text"], input[type="search"])';
/** What somebody may write in as they like; of a list to choose from, nothing else can be kept. */
export const fieldsIn = (scope: Locator): Locator =>
  scope.locator(`${FREE}:not([readonly], [disabled], [aria-hidden="true"], [aria-haspopup])`);

/** What of a field is asked in the page. */
interface Field {
  readonly labels: ArrayLike<{ readonly textContent: string | null }> | null;
  getAttribute(name: string): string | null;
}

/** A star says that it has to be filled in. */
const nameOf = (field: Locator): Promise<string> =>
  field.evaluate((it: Field) =>
    (it.labels?.[0]?.textContent ?? it.getAttribute('aria-label') ?? '').replace(/ \*$/, ''),
  );

/** One by one, as they are when their turn comes: what is typed in one opens another, or takes it away. */
const fillsEach = async (scope: Locator, text: string): Promise<readonly Locator[]> => {
  const filled: Locator[] = [];
  for (let nth = 0; nth < (await fieldsIn(scope).count()); nth += 1) {
    const field = fieldsIn(scope).nth(nth);
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    // Over one with a NUL the browser would take a letter less than there is room for.
    await field.fill('a');
    await field.fill(text);
    filled.push(field);
  }
  return filled;
};

/** What nothing keeps is tried in each of them first, and breaks nothing. @returns what the fields are called */
export const fillsEverything = async (scope: Locator, text: string): Promise<readonly string[]> => {
  await fieldsIn(scope).first().waitFor();
  for (const rough of [TURNED, LONGER_THAN_ALLOWED, NO_TEXT]) {
    await fillsEach(scope, rough);
    await isOnlyShown(scope.page());
  }
  return Promise.all((await fillsEach(scope, text)).map(nameOf));
};

interface Sent {
  readonly field: Locator;
  readonly send: Locator;
}

/** In words, where it was sent from; it stays where it was typed. */
export const refusesNoText = async (within: Locator, { field, send }: Sent): Promise<void> => {
  await field.fill(NO_TEXT);
  await send.click();
  await within.getByRole('alert').filter({ hasText: 'holds a NUL character' }).last().waitFor();
  expect(await field.inputValue()).toContain('before');
};
