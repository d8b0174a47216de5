/** Whether two values say the same as JSON; the order of names makes no difference. */
import { isDeepStrictEqual } from 'node:util';

export const sameJson = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);

/** Lists as sets, however deep they lie. */
const inNoOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return new Set(value.map(inNoOrder));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inNoOrder(part)]));
};

/** Whether two values say the same where the order of a list's items says nothing, and an item that is said twice is one. */
export const sameInAnyOrder = (a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(inNoOrder(a), inNoOrder(b));
