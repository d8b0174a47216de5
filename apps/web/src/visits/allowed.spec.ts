import { choicesAt, closedBy, hardestGrade, type Judged } from './allowed.js';

const found = (more: object) => ({
  catalogueId: 'P01',
  words: 'Anticoagulant',
  effect: 'MOD',
  techniques: [],
  whole: true,
  why: 'bleeds easily',
  openedBy: [],
  ...more,
});

const judged = (...findings: readonly object[]): Judged =>
  [
    { region: 'knee', side: 'left', allowedTechniques: [], maxPressureGrade: 5, demands: [], findings },
  ] as unknown as Judged;

describe('what may be done at a place', () => {
  it('is everything where nothing was found', () => {
    expect(choicesAt(judged(), undefined, []).filter(({ closed }) => closed !== undefined)).toEqual([]);
    expect(hardestGrade(judged(), 'muscle')).toEqual({ grade: 5 });
  });

  it('is told with the reason where it is not', () => {
    const closed = judged(found({ techniques: ['DTFM'] }));
    expect(closedBy(closed, 'DTFM', 'tendon')).toBe('Anticoagulant: bleeds easily');
    expect(closedBy(closed, 'MFR', 'tendon')).toBeUndefined();
  });

  it('is closed for a tissue alone, and for all while none is chosen', () => {
    const closed = judged(found({ techniques: ['TPR'], tissues: ['tendon'] }));
    expect(closedBy(closed, 'TPR', 'muscle')).toBeUndefined();
    expect(closedBy(closed, 'TPR', 'tendon')).toBeDefined();
    expect(closedBy(closed, 'TPR', undefined)).toBeDefined();
  });

  it('is as soft as the softest asks for', () => {
    const soft = judged(
      found({ maxPressureGrade: 3 }),
      found({ maxPressureGrade: 2, words: 'Osteoporosis' }),
    );
    expect(hardestGrade(soft, undefined)).toEqual({ grade: 2, why: 'Osteoporosis: bleeds easily' });
  });

  it('begins with what the plan names', () => {
    expect(choicesAt(judged(), undefined, ['STR'])[0]).toMatchObject({ code: 'STR', planned: true });
  });
});
