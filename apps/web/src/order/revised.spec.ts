import { MATERIAL_PARTS } from '@fascia/referral/contract';
import type { Content } from './content.js';
import { changedIn, isMaterial, otherwiseThan, revised } from './revised.js';

const ORDER: Content = {
  priority: 'routine',
  target: { kind: 'directed', listingId: '0198d0a0-0000-7000-8000-000000000001' },
  sites: [
    { region: 'knee', side: 'left', tissues: ['tendon', 'fascia'] },
    { region: 'hip', side: 'left', tissues: ['muscle'] },
  ],
  mechanism: 'A fall.',
  requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
};
const FEWER: Content = { ...ORDER, requested: { frequencyPerWeek: 1, weeks: 4, visits: 4 } };

describe('what a revision says otherwise', () => {
  it('is the parts that differ, and what is taken out', () => {
    const { mechanism: _out, ...now } = FEWER;
    expect(otherwiseThan(ORDER, now)).toEqual({ requested: FEWER.requested, mechanism: null });
  });

  it('is said of the order as it stands, and never to whom it goes', () => {
    const { target: _stays, mechanism: _out, ...rest } = { ...ORDER, priority: 'urgent' as const };
    expect(revised(ORDER, { priority: 'urgent', mechanism: null })).toEqual(rest);
    const meanwhile: Content = { ...ORDER, clinicalQuestion: 'Stairs?' };
    expect(revised(meanwhile, { priority: 'urgent' })).toMatchObject({
      priority: 'urgent',
      clinicalQuestion: 'Stairs?',
    });
  });

  it('comes back to what it was made of', () => {
    const { target: _stays, ...now } = FEWER;
    expect(revised(ORDER, otherwiseThan(ORDER, FEWER))).toEqual(now);
  });
});

describe('what changed between two orders', () => {
  it('is nothing where the same is said in another order, or twice', () => {
    const sites: Content['sites'] = [
      { region: 'hip', side: 'left', tissues: ['muscle'] },
      { region: 'knee', side: 'left', tissues: ['fascia', 'tendon', 'fascia'] },
    ];
    expect(changedIn(ORDER, { ...ORDER, sites })).toEqual([]);
    expect(changedIn(ORDER, { ...ORDER, requested: { visits: 8, weeks: 4, frequencyPerWeek: 2 } })).toEqual(
      [],
    );
  });

  it('is not to whom it goes', () => {
    const { target: _elsewhere, ...now } = ORDER;
    expect(changedIn(ORDER, now)).toEqual([]);
  });

  it('tells that there are no precautions from no answer, and no goals from nothing said of them', () => {
    expect(changedIn(ORDER, { ...ORDER, precautions: [] })).toEqual(['precautions']);
    expect(changedIn(ORDER, { ...ORDER, goals: [], attachments: [] })).toEqual([]);
    expect(otherwiseThan(ORDER, { ...ORDER, sites: [] })).toEqual({ sites: [] });
  });
});

describe('a change that the clinic has to take note of', () => {
  it.each(MATERIAL_PARTS)('is one of %s', (part) => {
    expect(isMaterial(['priority', part])).toBe(true);
  });

  it('is none of words', () => {
    expect(isMaterial(['priority', 'clinicalQuestion', 'goals'])).toBe(false);
    expect(isMaterial([])).toBe(false);
  });
});
