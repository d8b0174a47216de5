import type { PlanGoal } from '../contract/content.js';
import { unmetGoals, type MeasuredLast } from './goals.js';

const pain: PlanGoal = {
  goalId: 'g1',
  category: 'pain',
  measure: 'NPRS',
  site: { region: 'knee', side: 'left' },
  baseline: 6,
  target: 2,
  dueDate: '2026-05-13',
  longTerm: true,
  text: 'Stairs.',
};
const reach: PlanGoal = { ...pain, goalId: 'g2', measure: 'ROM', baseline: 90, target: 120 };
const words: PlanGoal = { goalId: 'g3', category: 'wellbeing', longTerm: false, text: 'Sleeps through.' };

const nprs = (value: number, more: Partial<MeasuredLast> = {}): MeasuredLast => ({
  instrument: 'NPRS',
  value,
  ...more,
});

describe('a goal of less pain', () => {
  it.each([
    ['reached', [nprs(2)], []],
    ['surpassed', [nprs(0)], []],
    ['missed by one', [nprs(3)], ['g1']],
    ['measured elsewhere', [nprs(1, { region: 'shoulder' })], ['g1']],
    ['measured on the other side', [nprs(1, { region: 'knee', side: 'right' })], ['g1']],
    ['measured by something else', [{ instrument: 'PSFS', value: 1 }], ['g1']],
    ['measured by nothing', [], ['g1']],
  ] as const)('that is %s', (_how, measured, unmet) => {
    expect(unmetGoals([pain], measured).map(({ goalId }) => goalId)).toEqual(unmet);
  });
});

describe('the goals of a plan', () => {
  it('of more motion are met from the target on, by one of the motions', () => {
    const motions = [
      { instrument: 'ROM', value: 119, side: 'left' },
      { instrument: 'ROM', value: 120, side: 'left' },
    ];
    expect(unmetGoals([reach], motions)).toEqual([]);
    expect(unmetGoals([reach], motions.slice(0, 1))).toHaveLength(1);
  });

  it('in words are met when the therapist says so', () => {
    expect(unmetGoals([words], [])).toEqual([]);
  });

  it('that are not met are named, with where they stand in the plan', () => {
    expect(unmetGoals([words, pain, reach], [nprs(1)])).toEqual([
      { goalId: 'g2', pointer: '/content/goals/2' },
    ]);
  });
});
