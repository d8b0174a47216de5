/**
 * What people wrote, as lists order it. A text may be longer than an index takes (2,704 bytes in a b-tree) and than a
 * page's cursor may be, so what is ordered by is a bounded key of its own, and the row's id decides between equal ones.
 */
const LONGEST_BYTES = 256;

/** @returns lower case in NFC, cut between characters; at most 256 bytes of UTF-8 */
export const sortKey = (text: string): string => {
  const whole = text.toLowerCase().normalize('NFC');
  if (Buffer.byteLength(whole) <= LONGEST_BYTES) return whole;
  let key = '';
  let bytes = 0;
  for (const character of whole) {
    bytes += Buffer.byteLength(character);
    if (bytes > LONGEST_BYTES) break;
    key += character;
  }
  return key;
};
