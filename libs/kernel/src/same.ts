/** Whether two values say the same as JSON; the order of names makes no difference. */
import { isDeepStrictEqual } from 'node:util';

export const sameJson = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);
