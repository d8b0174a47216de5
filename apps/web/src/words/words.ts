/** The words of the screens in the language of the reader. `?words=pseudo` shows the language that nobody speaks. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.js';
import { names } from './names.js';
import { pseudoWords, type Words } from './pseudo.js';

const PSEUDO = 'ar-XB';
const KEPT = 'fascia.words';

const english = { ...en, names };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof english };
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

const isKnown = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
};

/** In which dates and numbers are written: the reader's own, not the catalogue's. Some browsers name what is no language tag. */
export const readersLocale = (): string[] => navigator.languages.filter(isKnown);
