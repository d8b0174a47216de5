/** What can be pressed on a page, and is too small for a finger. */
import { until } from '@fascia/testkit';
import type { Page } from 'playwright-core';

/** CSS pixels (WCAG 2.5.5; half a pixel is how sizes are rounded). */
const LEAST = 43.5;

/** A control that is drawn by its label is as large as that. */
const MEASURE = `((least) => {
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
  const sized = (element) => (/^(?:radio|checkbox)$/.test(element.type) ? element.labels?.[0] : element);
  return [...document.querySelectorAll(':is(main, [role="dialog"], [role="listbox"]) :is(a[href], button, input, textarea, summary, [role="checkbox"], [role="option"])')]
    .filter(shown)
    .map((element) => [element, sized(element)])
    .filter(([, drawn]) => drawn !== undefined && drawn !== null)
    .map(([element, drawn]) => [element, drawn.getBoundingClientRect()])
    .filter(([, { width, height }]) => Math.min(width, height) < least)
    .map(([element, { width, height }]) =>
      element.outerHTML.slice(0, 120) + ': ' + Math.round(width) + ' x ' + Math.round(height));
})(${LEAST})`;

export const smallTargetsOn = (page: Page): Promise<readonly string[]> => page.evaluate(MEASURE);

/** Nothing has to be scrolled sideways; what was just made narrower is laid out anew a moment later. */
export const fitsItsWindow = (page: Page): Promise<unknown> =>
  until(
    () =>
      page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
    {
      message: () => `${new URL(page.url()).pathname} to be no wider than its window`,
    },
  );
