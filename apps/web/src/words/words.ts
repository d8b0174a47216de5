/** The words of the screens in the language of the reader. `?words=pseudo` shows the language that nobody speaks. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { auditing } from './auditing.js';
import { en } from './en.js';
import { names } from './names.js';
import { pseudoWords, type Words } from './pseudo.js';
import type { directory } from './directory.js';
import type { imports } from './imports.js';
import type { keys } from './keys.js';
import type { operations } from './operations.js';
import type { proposed } from './proposed.js';
import type { records } from './records.js';
import type { visit } from './visit.js';

const PSEUDO = 'ar-XB';
const KEPT = 'fascia.words';

const english = { ...en, names };

/** What pages bring along ({@link bringWords}). */
interface Brought {
  readonly auditing: typeof auditing;
  readonly directory: typeof directory;
  readonly imports: typeof imports;
  readonly keys: typeof keys;
  readonly operations: typeof operations;
  readonly proposed: typeof proposed;
  readonly records: typeof records;
  readonly visit: typeof visit;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english & Brought };
    strictKeyChecks: true;
  }
}

const chosen = (): string => {
  const asked = new URLSearchParams(location.search).get('words');
  if (asked !== null) sessionStorage.setItem(KEPT, asked);
  return (asked ?? sessionStorage.getItem(KEPT)) === 'pseudo' ? PSEUDO : 'en';
};

/** @returns the direction of writing */
export const loadWords = async (): Promise<'ltr' | 'rtl'> => {
  const lng = chosen();
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'en',
    resources: {
      en: { translation: english },
      ...(lng === PSEUDO ? { [PSEUDO]: { translation: pseudoWords(english) } } : {}),
    },
    // React escapes.
    interpolation: { escapeValue: false },
  });
  const direction = i18next.dir(lng);
  document.documentElement.lang = lng;
  document.documentElement.dir = direction;
  return direction;
};

/** Of what brings its words along when it is loaded: they are the reader's too. */
export const inReadersLanguage = <W extends object>(english: W): W =>
  i18next.language === PSEUDO ? (pseudoWords(english as Words) as W) : english;

/** Of pages that bring theirs along: found by their keys like all others, once the page is loaded. */
export const bringWords = (brought: Partial<Brought>): void => {
  i18next.addResourceBundle('en', 'translation', brought, true);
  if (i18next.language === PSEUDO)
    i18next.addResourceBundle(PSEUDO, 'translation', pseudoWords(brought), true);
};

const isKnown = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
};

/** In which dates and numbers are written: the reader's own, not the catalogue's. Some browsers name what is no language tag. */
export const readersLocale = (): string[] => navigator.languages.filter(isKnown);
