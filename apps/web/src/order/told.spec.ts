import type { TFunction } from 'i18next';
import type { Content } from './content.js';
import { toldOf, TOLD_PARTS } from './told.js';

const ORDER: Content = {
  diagnosisIds: ['d1', 'd2'],
  sites: [{ region: 'knee', side: 'left', tissues: ['tendon', 'fascia'] }],
  requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
  goals: [{ category: 'pain', text: 'Stairs.' }],
  screening: [{ flagId: 'F01', answer: 'no' }],
  precautions: [],
};
const CALLED = new Map([['d1', 'M76.52 Patellar tendinitis, left knee']]);

describe('a change of an order', () => {
  // Words stand in the catalogue; here each is its own key and what is put into it.
  const t = ((key: string, values?: object) =>
    values === undefined ? key : `${key} ${Object.values(values).join(' ')}`) as unknown as TFunction;
  const told = (before: Content, now: Content) =>
    TOLD_PARTS.flatMap((part) => toldOf(part, { before, now }, t, CALLED)).map(
      ({ text, is }) => `${is}: ${text}`,
    );

  it('is told by what is gone and what is new', () => {
    const now: Content = {
      ...ORDER,
      diagnosisIds: ['d2'],
      requested: { frequencyPerWeek: 1, weeks: 4, visits: 4 },
      goals: [{ category: 'pain', text: 'Stairs, down as well.' }],
      precautions: undefined,
    };
    expect(told(ORDER, now)).toEqual([
      'gone: M76.52 Patellar tendinitis, left knee',
      'gone: names.goal.pain: Stairs.',
      'new: names.goal.pain: Stairs, down as well.',
      'gone: referral.visits 8 4, plan.perWeek 2',
      'new: referral.visits 4 4, plan.perWeek 1',
      'gone: plan.noPrecautions',
    ]);
  });

  it('is told in words, also of what one may not see', () => {
    expect(told({}, ORDER)).toEqual([
      'new: M76.52 Patellar tendinitis, left knee',
      'new: plan.unknownDiagnosis',
      'new: names.region.knee, names.bodySide.left, names.tissue.tendon + names.tissue.fascia',
      'new: names.goal.pain: Stairs.',
      'new: referral.visits 8 4, plan.perWeek 2',
      'new: names.redFlag.F01: order.answer.no',
      'new: plan.noPrecautions',
    ]);
  });

  it('is nothing where the same is said', () => {
    expect(told(ORDER, { ...ORDER })).toEqual([]);
  });
});
