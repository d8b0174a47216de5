import fc from 'fast-check';
import { decodeCursor, encodeCursor, page } from './lists.js';
import { decodePosition, encodePosition } from './positions.js';
import { ProblemException } from './problems.js';
import { missingRefusals, REFUSALS, statusOf } from './refusals.js';

describe('a position', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }).map((text) => text.toWellFormed()),
        fc.bigInt({ min: 0n, max: 10n ** 18n }),
        fc.nat(),
        (epoch, position, partition) => {
          fc.pre(encodePosition({ epoch, position, partition }).length <= 300);
          expect(decodePosition(encodePosition({ epoch, position, partition }))).toEqual({
            epoch,
            position,
            partition,
          });
        },
      ),
    );
  });

  it('that somebody made up is none', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) =>
          decodePosition(text) === undefined || encodePosition(decodePosition(text) as never) === text,
      ),
    );
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const value of [
      ['e', '-1', 0],
      ['e', '01', 0],
      ['e', 1, 0],
      ['e', '1', -1],
      ['e', '1', 0, 0],
      { epoch: 'e' },
      null,
    ])
      expect(decodePosition(made(value))).toBeUndefined();
  });
});

describe('a cursor', () => {
  const shape = ['text', 'number', 'text?'] as const;

  it('comes back as it went', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.option(fc.uuid()),
        (text, number, last) => {
          fc.pre(!Object.is(number, -0));
          expect(decodeCursor(encodeCursor([text, number, last]), shape)).toEqual([text, number, last]);
        },
      ),
    );
    expect(decodeCursor(undefined, shape)).toBeUndefined();
  });

  it.each([
    [[1, 1, null]],
    [['a', '1', null]],
    [['a', 1]],
    [['a', 1, null, 1]],
    [[null, 1, null]],
    [['a\u0000', 1, null]],
    [[{}, 1, null]],
  ])('of another shape, %j, is 400', (values) => {
    expect(() => decodeCursor(encodeCursor(values as never), shape)).toThrow(ProblemException);
  });

  it('is given only when there is more', () => {
    expect(page([1, 2], 2, (n) => [n])).toEqual({ items: [1, 2], next: null });
    expect(page([1, 2, 3], 2, (n) => [n])).toEqual({ items: [1, 2], next: encodeCursor([2]) });
    expect(page([], 2, (n) => [n])).toEqual({ items: [], next: null });
  });
});

describe('the refusal table', () => {
  it('has a row for every rejection that the domain notes name', () => {
    const named =
      `CONCURRENCY_CONFLICT DUPLICATE_COMMAND FORBIDDEN_ROLE CONSENT_MISSING PATIENT_MERGED CLOCK_SKEW REASON_REQUIRED
      REFERRAL_ILLEGAL_TRANSITION REFERRAL_NOT_CURRENT_LEG ICD_UNKNOWN ICD_NOT_BILLABLE ICD_SIDE_MISMATCH ICD_SEVENTH_CHAR ICD_EXCLUDES1
      PLAN_NO_DIAGNOSIS PLAN_NO_GOAL PLAN_GOAL_DIRECTION PLAN_TECHNIQUE_CONTRAINDICATED PLAN_SITE_NOT_REFERRED PLAN_DURATION_TOO_LONG
      PLAN_NOT_BEFORE_TREATMENT CERT_NOT_AUTHORISED_SIGNER CERT_WINDOW_EXCEEDED CERT_ORDER_EXCEPTION_NOT_MET AUTH_NO_VISITS_LEFT
      AUTH_OUTSIDE_WINDOW AUTH_CPT_NOT_COVERED AUTH_ALREADY_RESERVED SESSION_NO_PLAN SESSION_REFERRAL_NOT_ACTIVE SESSION_NO_AUTH
      SESSION_PRESCREEN_MISSING SESSION_RED_FLAG_BLOCK SESSION_CONTRAINDICATED_SITE SESSION_TECHNIQUE_NOT_IN_PLAN SESSION_MINUTES_MISMATCH
      SESSION_OVERLAP SESSION_NPRS_RANGE SESSION_LICENCE_INVALID SESSION_ALREADY_SIGNED SESSION_FUTURE MEASURE_RANGE MEASURE_INCOMPLETE
      MEASURE_NOT_COMPARABLE MEASURE_INTEGER`.split(/\s+/);
    expect(missingRefusals(named)).toEqual([]);
  });

  it('tells what it lacks, and answers that as a rule about state', () => {
    expect(missingRefusals(['ZZZ_NEW', 'ICD_UNKNOWN', 'AAA_NEW', 'ZZZ_NEW'])).toEqual(['AAA_NEW', 'ZZZ_NEW']);
    expect(statusOf('ZZZ_NEW')).toBe(409);
    expect(statusOf('toString')).toBe(409);
  });

  it('spells codes one way and titles for people', () => {
    for (const [code, { title }] of Object.entries(REFUSALS)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
      expect(title).toMatch(/^[A-Z].*[^.]$/);
    }
  });
});
