import fc from 'fast-check';
import { instantAfterMs, MINUTE_MS } from '@fascia/clinical/calendar';
import type { VisitFact } from './facts.js';
import { exceedsJointTime } from './joint-time.js';

const NINE = '2026-04-01T09:00:00.000Z';
const at = (minute: number): string => instantAfterMs(NINE, minute * MINUTE_MS);
const visit = (from: number, to: number, timedMinutes: number): VisitFact => ({
  start: at(from),
  end: at(to),
  timedMinutes,
});

describe('one-to-one minutes of visits at the same time', () => {
  // prettier-ignore
  it.each<[string, VisitFact, readonly VisitFact[], boolean]>([
    ['nobody else', visit(0, 60, 60), [], false],
    ['two after each other', visit(0, 60, 60), [visit(60, 120, 60)], false],
    ['two at once, in turn', visit(0, 60, 30), [visit(0, 60, 30)], false],
    ['two at once, a minute too many', visit(0, 60, 30), [visit(0, 60, 31)], true],
    ['half an hour shared, and given once', visit(0, 60, 45), [visit(30, 90, 45)], false],
    ['half an hour shared, and given twice', visit(0, 60, 60), [visit(30, 90, 60)], true],
    ['a short visit inside a long one', visit(30, 45, 15), [visit(0, 120, 105)], false],
    ['a short visit inside a long one, a minute too many', visit(30, 45, 15), [visit(0, 120, 106)], true],
    ['a long idle visit hides nothing', visit(0, 60, 60), [visit(0, 60, 60), visit(30, 240, 0)], true],
    ['three in a chain', visit(30, 90, 50), [visit(0, 60, 50), visit(60, 120, 30)], true],
    ['three in a chain that fits', visit(30, 90, 40), [visit(0, 60, 50), visit(60, 120, 30)], false],
    ['what others had without this one', visit(300, 330, 30), [visit(0, 60, 60), visit(0, 60, 60)], false],
  ])('%s: %#', (_what, one, beside, expected) => {
    expect(exceedsJointTime(one, beside)).toBe(expected);
  });

  it('is told of each of them or of none, whoever is documented last', () => {
    const any = fc
      .tuple(fc.nat(120), fc.integer({ min: 1, max: 60 }), fc.nat(60))
      .map(([from, length, timed]) => visit(from, from + length, Math.min(timed, length)));
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(exceedsJointTime(a, [b])).toBe(exceedsJointTime(b, [a]));
      }),
    );
  });

  it('never becomes less by another visit', () => {
    const any = fc
      .tuple(fc.nat(120), fc.integer({ min: 1, max: 60 }), fc.nat(60))
      .map(([from, length, timed]) => visit(from, from + length, Math.min(timed, length)));
    fc.assert(
      fc.property(any, fc.array(any, { maxLength: 4 }), any, (one, beside, more) => {
        if (exceedsJointTime(one, beside)) expect(exceedsJointTime(one, [...beside, more])).toBe(true);
      }),
    );
  });
});
