/** What stands on a screen, as people name it: so that a story tells what is done, and not by which hand. */
import type { Locator, Page } from 'playwright-core';

type Role = Parameters<Page['getByRole']>[0];

export interface Thing {
  /** Words that somebody reads, where there is none. */
  readonly role?: Role;
  /** Instead: what has no name of its own. */
  readonly selector?: string;
  /** All of it, or what fits. */
  readonly name?: string | RegExp;
  readonly in?: Thing;
  /** What it says, whatever it is called. */
  readonly says?: readonly string[];
  /** Where several are alike: from 0. */
  readonly nth?: number;
}

export const DIALOG: Thing = { role: 'dialog' };
/** What a row is about. */
export const ROW_LINK: Thing = { selector: '[data-row-link]' };

/** @param around where it stands; anywhere where nobody says */
const named =
  (role: Role) =>
  (name: string | RegExp, around?: Thing): Thing => ({
    role,
    name,
    ...(around === undefined ? {} : { in: around }),
  });

export const button = named('button');
export const link = named('link');
export const field = named('textbox');
export const box = named('checkbox');
export const list = named('combobox');
export const option = named('option');
export const region = named('region');
export const heading = named('heading');

export const words = (name: string | RegExp, around?: Thing): Thing => ({
  name,
  ...(around === undefined ? {} : { in: around }),
});

/** Of the list that is shown, the row that says all of this. */
export const row = (...says: readonly string[]): Thing => ({ role: 'row', says });

const begun = (scope: Page | Locator, { role, selector, name }: Thing): Locator => {
  const exact = typeof name === 'string';
  if (selector !== undefined) return scope.locator(selector);
  if (role !== undefined) return scope.getByRole(role, name === undefined ? {} : { name, exact });
  return scope.getByText(name ?? '', { exact });
};

export const found = (page: Page, thing: Thing): Locator => {
  const { in: around, says = [], nth } = thing;
  const all = begun(around === undefined ? page : found(page, around), thing);
  const saying = says.reduce((some, hasText) => some.filter({ hasText }), all);
  return nth === undefined ? saying : saying.nth(nth);
};

/** For whoever reads a failure. */
export const told = ({ role, selector, name, says = [], in: around }: Thing): string =>
  [
    selector ?? role ?? 'words',
    name === undefined ? '' : String(name),
    says.join(', '),
    around === undefined ? '' : `in ${told(around)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
