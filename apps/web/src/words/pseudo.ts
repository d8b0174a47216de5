/** A language that nobody speaks: longer, accented, right to left. What stays readable on the screen in it is hard-wired. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á', b: 'ḃ', c: 'ç', d: 'ð', e: 'é', f: 'ƒ', g: 'ĝ', h: 'ĥ', i: 'î', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ṁ', n: 'ñ',
  o: 'ö', p: 'þ', q: 'ǫ', r: 'ŕ', s: 'š', t: 'ŧ', u: 'û', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž',
}; // prettier-ignore

const PLACEHOLDER = /(\{\{[^}]*\}\})/;
/** German is about a third longer than English, short words more. */
const LONGER = 1.4;

const accented = (text: string): string => [...text].map((letter) => ACCENTED[letter] ?? letter).join('');

export const pseudoText = (text: string): string => {
  const body = text
    .split(PLACEHOLDER)
    .map((part) => (PLACEHOLDER.test(part) ? part : accented(part)))
    .join('');
  return `[${body}${'·'.repeat(Math.ceil(text.length * (LONGER - 1)))}]`;
};

export type Words = { readonly [key: string]: string | Words };

export const pseudoWords = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([key, said]) => [
      key,
      typeof said === 'string' ? pseudoText(said) : pseudoWords(said),
    ]),
  );
