import { sortKey } from './sort-key.js';

describe('a key to sort by', () => {
  it('is the text in lower case, composed', () => {
    expect(sortKey('Müller Ana')).toBe('müller ana');
    expect(sortKey('Mu\u0308ller')).toBe('m\u00fcller');
  });

  it.each([
    ['three bytes a character', '漢'.repeat(1_000), 85 * 3],
    ['four bytes a character', '𠮷'.repeat(1_000), 64 * 4],
    ['one byte before the cut', `a${'𠮷'.repeat(1_000)}`, 1 + 63 * 4],
    ['exactly as much as it may', 'a'.repeat(256), 256],
  ])('takes at most 256 bytes of %s, and cuts no character', (_what, text, bytes) => {
    const key = sortKey(text);
    expect(Buffer.byteLength(key)).toBe(bytes);
    expect(key.isWellFormed()).toBe(true);
    expect(text.startsWith(key)).toBe(true);
  });
});
