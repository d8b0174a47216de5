import { Problem, Unreachable } from '../api/problem.js';
import { isUnheard } from './unheard.js';

const problem = (status: number): Problem => new Problem({ status, code: 'X', title: 'X', detail: 'X.' });

describe('what became of it', () => {
  it.each<readonly [string, boolean, Error]>([
    ['no answer', true, new Unreachable('no answer')],
    ['a gateway that waited too long', true, problem(504)],
    ['a gateway that was cut off', true, problem(502)],
    ['a refusal', false, problem(403)],
    ['a service that is busy', false, problem(503)],
    ['a fault of the page', false, new TypeError('x')],
  ])('is unknown after %s: %s', (_what, is, error) => {
    expect(isUnheard(error)).toBe(is);
  });
});
