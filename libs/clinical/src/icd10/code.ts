/** One spelling per ICD-10-CM code: upper case, with the dot (`M75.21`). Inside the data the dot is left out. */

/** Canonical spelling. */
export type IcdCode = string;

/** Since the 2026 release a letter may stand second (`QA0.0`); the shortest codes are categories of three. */
const UNDOTTED = /^[A-Z][0-9A-Z]{2}[0-9A-Z]{0,4}$/;
const HAS_DIGIT = /^.(?:\d|.\d)/;
const DOT_AFTER_CATEGORY = /^[^.]{3}(?:\.[^.]+)?$/;

/** Takes what people type, ` m7521 ` or `M75.21`. @returns nothing when it cannot be a code. */
export const undotted = (input: string): string | undefined => {
  const text = input.trim().toUpperCase();
  if (text.includes('.') && !DOT_AFTER_CATEGORY.test(text)) return undefined;
  const code = text.replace('.', '');
  return UNDOTTED.test(code) && HAS_DIGIT.test(code) ? code : undefined;
};

export const dotted = (code: string): IcdCode =>
  code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code;

/** Whether a code is the prefix or lies below it; both in any spelling. A trailing dash may mark the prefix (`M79.1-`). */
export const isBelow = (code: string, prefix: string): boolean =>
  (undotted(code) ?? '').startsWith(prefix.replace(/[.-]/g, '').toUpperCase());
