import { en } from './en.js';
import { names } from './names.js';
import { pseudoText, pseudoWords, type Words } from './pseudo.js';

const flat = (words: Words): readonly string[] =>
  Object.values(words).flatMap((said) => (typeof said === 'string' ? [said] : flat(said)));

describe('the language that nobody speaks', () => {
  it('is longer, accented and in brackets, and keeps what is put in', () => {
    expect(pseudoText('born {{date}}')).toBe('[ḃöŕñ {{date}}······]');
  });

  it('has every word of the catalogue, and none of them as it is in English', () => {
    const english = flat({ ...en, names });
    const pseudo = flat(pseudoWords({ ...en, names }));
    expect(pseudo).toHaveLength(english.length);
    expect(english.filter((text, n) => pseudo[n] === text)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('has nothing empty in it', () => {
    expect(flat({ ...en, names }).filter((text) => text.trim() === '')).toEqual([]);
  });
});
