/** Languages by their names in the reader's own: the most spoken at home in the United States (ACS table B16001), English first. */
import { readersLocale } from '../words/words.js';

// prettier-ignore
const SPOKEN = [
  'en', 'es', 'zh', 'yue', 'fil', 'vi', 'ar', 'fr', 'ko', 'ru', 'pt', 'ht', 'hi', 'de', 'pl', 'it', 'ur', 'fa', 'te', 'ja', 'gu',
  'bn', 'ta', 'pa', 'ne', 'uk', 'so', 'am', 'he', 'hmn', 'hy', 'km', 'lo', 'th', 'sw', 'yo', 'nv', 'el', 'lv', 'ase',
] as const;

/** @param tag BCP 47 @returns the tag, where the browser knows no name for it */
export const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames(readersLocale(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

export const languageNames = (): readonly { readonly value: string; readonly label: string }[] => {
  const named = new Intl.DisplayNames(readersLocale(), { type: 'language' });
  return SPOKEN.map((value) => ({ value, label: named.of(value) ?? value }));
};
