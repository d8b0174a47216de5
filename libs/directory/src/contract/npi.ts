/** National Provider Identifiers. */
const PREFIX = '80840';

/** Luhn's check over the number with the issuer's prefix (45 CFR 162.406). */
export const isNpi = (text: string): boolean => {
  if (!/^[12]\d{9}$/.test(text)) return false;
  const digits = Array.from(`${PREFIX}${text}`, Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
};
