/** The pages of docs as their rules see them: sections, anchors, and who cites which. */
import { posix } from 'node:path';

export interface Section {
  readonly title: string;
  readonly anchor: string;
  readonly text: string;
}

/** As the page's viewer makes them: lower case, no punctuation, dashes for spaces. */
export const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const HEADING = /^#{1,6} (.+)$/gm;

export const anchorsOf = (page: string): ReadonlySet<string> =>
  new Set([...page.matchAll(HEADING)].map(([, title = '']) => anchorOf(title)));

/** Those of the second level; what stands before the first belongs to the page. */
export const sectionsOf = (page: string): readonly Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return { title, anchor: anchorOf(title), text: lines.join('\n') };
    });

/** A page of docs, and the section of it that is meant. */
export interface Citation {
  readonly page: string;
  readonly anchor: string | undefined;
}

/** `docs/domain/plan.md#certification`, as comments write it. */
const FROM_THE_ROOT = /\bdocs\/[\w/.-]+?\.md(?:#[\w-]+)?/g;
/** `[guards](referral.md#guards)`, as pages write it. */
const LINK = /\]\((?!\w+:)([^)\s#]*?\.md)?(#[\w-]+)?\)/g;

const citation = (page: string, anchor: string | undefined): Citation => ({
  page,
  anchor: anchor === undefined || anchor === '' ? undefined : anchor.replace('#', ''),
});

/** @param path of the text, from the root: links of a page start from its folder */
export const citationsIn = (path: string, text: string): readonly Citation[] => {
  if (path.endsWith('.md'))
    return [...text.matchAll(LINK)]
      .filter(([, page, anchor]) => page !== undefined || anchor !== undefined)
      .map(([, page, anchor]) =>
        citation(page === undefined ? path : posix.join(posix.dirname(path), page), anchor),
      );
  return [...text.matchAll(FROM_THE_ROOT)].map(([found]) => {
    const [page = '', anchor] = found.split('#');
    return citation(page, anchor);
  });
};

/** @param pages by path. @returns citations that lead nowhere */
export const lost = (citations: readonly Citation[], pages: ReadonlyMap<string, string>): readonly string[] =>
  citations
    .filter(({ page, anchor }) => {
      const text = pages.get(page);
      return text === undefined || (anchor !== undefined && !anchorsOf(text).has(anchor));
    })
    .map(({ page, anchor }) => (anchor === undefined ? page : `${page}#${anchor}`));

/** @returns titles of sections that name no source */
export const unsourced = (page: string): readonly string[] =>
  sectionsOf(page)
    .filter(({ text }) => !/^Sources: .*\(sources\.md#[\w-]+\)/m.test(text))
    .map(({ title }) => title);

const BEGIN = (name: string): string => `<!-- table: ${name} -->`;
const END = '<!-- end of table -->';
const TABLE = /<!-- table: ([\w ]+) -->\n[^]*?<!-- end of table -->/g;

export const tablesOn = (page: string): readonly string[] =>
  [...page.matchAll(TABLE)].map(([, name = '']) => name);

/** The page with its tables made anew. */
export const withTables = (page: string, tables: Readonly<Record<string, () => string>>): string =>
  page.replace(TABLE, (_found, name: string) => {
    const made = tables[name];
    if (made === undefined) throw new Error(`nobody makes the table ${name}`);
    return `${BEGIN(name)}\n${made()}\n${END}`;
  });
