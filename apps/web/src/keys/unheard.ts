/** What was asked for and not answered may go on all the same: whether an error says nothing of what became of it. */
import { Problem, Unreachable } from '../api/problem.js';

/** Said by what stands between this page and the service. */
const BETWEEN = new Set([502, 504]);

export const isUnheard = (error: Error): boolean =>
  error instanceof Unreachable || (error instanceof Problem && BETWEEN.has(error.status));
