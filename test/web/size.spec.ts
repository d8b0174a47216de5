/** What a browser loads before it shows anything, compressed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const SITE = join(import.meta.dirname, '..', '..', 'apps', 'web', 'dist', 'site');
const MOST_BYTES = 250_000;

/** Those that the page names itself, and what it says will be needed at once. */
const scriptsOf = (page: string): readonly string[] =>
  [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');

describe('the first load of the screens', () => {
  const scripts = scriptsOf(readFileSync(join(SITE, 'index.html'), 'utf8'));
  const bytes = scripts.map((script) => gzipSync(readFileSync(join(SITE, script))).byteLength);

  it('is scripts of its own, by name', () => {
    expect(scripts.length).toBeGreaterThan(1);
  });

  it(`is at most ${MOST_BYTES} bytes of script`, () => {
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(MOST_BYTES);
  });
});
