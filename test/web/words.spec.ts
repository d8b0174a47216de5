/** The catalogue of the screens: every word is shown somewhere, and nothing is shown that is not in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditing } from '../../apps/web/src/words/auditing.js';
import { directory } from '../../apps/web/src/words/directory.js';
import { en } from '../../apps/web/src/words/en.js';
import { imports } from '../../apps/web/src/words/imports.js';
import { keys as ofKeys } from '../../apps/web/src/words/keys.js';
import { operations } from '../../apps/web/src/words/operations.js';
import { proposed } from '../../apps/web/src/words/proposed.js';
import { records } from '../../apps/web/src/words/records.js';
import { visit } from '../../apps/web/src/words/visit.js';
import type { Words } from '../../apps/web/src/words/pseudo.js';

const SOURCES = join(import.meta.dirname, '..', '..', 'apps', 'web', 'src');

const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.spec.') && !file.startsWith('words'))
  .map((file) => ({ file, text: readFileSync(join(SOURCES, file), 'utf8') }));

const keysOf = (words: Words, at = ''): readonly string[] =>
  Object.entries(words).flatMap(([key, said]) =>
    typeof said === 'string' ? [`${at}${key.replace(/_(?:one|other)$/, '')}`] : keysOf(said, `${at}${key}.`),
  );

const used = (keys: readonly string[], text: string): readonly string[] => {
  const named = new Set([...text.matchAll(/'([a-z]+(?:\.\w+)*)'/gi)].map(([, key]) => key));
  const begun = [...text.matchAll(/`([\w.]+)\.\$\{[^}]*\}(\w*)`/g)].map(([, start, end]) => [start, end]);
  return keys.filter(
    (key) =>
      named.has(key) ||
      begun.some(([start = '', end = '']) => key.startsWith(`${start}.`) && key.endsWith(end)),
  );
};

describe('a word of the catalogue', () => {
  const keys = [
    ...new Set(
      keysOf({ ...en, auditing, directory, imports, keys: ofKeys, operations, proposed, records, visit }),
    ),
  ];
  const all = sources.map(({ text }) => text).join('\n');

  it('is shown somewhere', () => {
    const shown = used(keys, all);
    expect(keys.filter((key) => !shown.includes(key))).toEqual([]);
  });

  it('is missed where nobody shows it (so that the spec above can fail)', () => {
    expect(
      used(['nobody.shows', 'somebody.shows', 'a.of.b'], `t('somebody.shows'), t(\`a.$${'{x}'}\`)`),
    ).toEqual(['somebody.shows', 'a.of.b']);
  });
});

describe('a screen', () => {
  /** Words between two tags that are no expression. */
  const hardWired = (text: string): readonly string[] =>
    [...text.matchAll(/>\s*([A-Za-z][A-Za-z ,.'’]{2,})\s*<\//g)].map(([, said]) => said?.trim() ?? '');

  it.each(sources.filter(({ file }) => file.endsWith('.tsx')))(
    'says nothing of its own: $file',
    ({ text }) => {
      expect(hardWired(text)).toEqual([]);
    },
  );

  it('is found where it does', () => {
    expect(hardWired('<Text>Hello there</Text>')).toEqual(['Hello there']);
  });
});
