/** Whether a JSON number is kept exactly by a double. */

const LONGEST = 40;
const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** The significant digits and the power of ten of a decimal; zero has none. */
const magnitude = (text: string): string | undefined => {
  const [, whole, fraction = '', exponent = '0'] = PARTS.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  return significant === ''
    ? '0'
    : `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
};

export const isExactNumber = (raw: string): boolean => {
  const value = Number(raw);
  if (raw.length > LONGEST || !Number.isFinite(value)) return false;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  const wanted = magnitude(raw);
  return wanted !== undefined && wanted === magnitude(String(value));
};
