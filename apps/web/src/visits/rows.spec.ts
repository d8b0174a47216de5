import {
  deviationsIn,
  interventionOf,
  isSecond,
  lackingIn,
  lastSigned,
  rowAt,
  rowLike,
  type Intervention,
  type PlanInForce,
} from './rows.js';

const knee = { region: 'knee', side: 'left' } as const;

const plan = {
  interventions: [
    { technique: 'DTFM', sites: [knee], tissues: ['tendon'], minutesPerVisit: 12, cpt: '97140' },
  ],
} as unknown as PlanInForce;

const done = {
  seq: 1,
  technique: 'DTFM',
  ...knee,
  tissue: 'tendon',
  pressureGrade: 3,
  minutes: 10,
  timed: true,
  cpt: '97140',
  nprsDuring: 5,
  response: 'Well.',
  deviations: [],
} as unknown as Intervention;

describe('a row at a place', () => {
  it('says what the plan says there, and nothing that only hands and patient can tell', () => {
    const row = rowAt(knee, plan);
    expect(row).toMatchObject({ ...knee, technique: 'DTFM', tissue: 'tendon', minutes: 12, cpt: '97140' });
    expect(lackingIn(row, plan)).toEqual(['pressureGrade']);
    expect(interventionOf(row, plan)).toBeUndefined();
  });

  it('is empty where the plan names the place not at all, or for more than one thing', () => {
    const other = rowAt({ region: 'knee', side: 'right' }, plan);
    expect(lackingIn(other, plan)).toEqual(['technique', 'tissue', 'pressureGrade', 'minutes', 'cpt']);
    const two = { interventions: [...plan.interventions, ...plan.interventions] } as PlanInForce;
    expect(rowAt(knee, two).technique).toBeUndefined();
  });
});

describe('a plan for widespread pain', () => {
  it('is for each place that is worked on', () => {
    const gentle = {
      interventions: [
        {
          technique: 'EFF',
          sites: [{ region: 'widespread' }],
          tissues: ['muscle'],
          minutesPerVisit: 20,
          cpt: '97124',
        },
      ],
    } as unknown as PlanInForce;
    const row = { ...rowAt(knee, gentle), pressureGrade: 1 };
    expect(interventionOf(row, gentle)).toMatchObject({ technique: 'EFF', ...knee, minutes: 20 });
  });
});

describe('what is carried forward', () => {
  it('is the work, not how it was taken', () => {
    const row = rowLike(done);
    expect(row.response).toBe('');
    expect(row.nprsDuring).toBeUndefined();
    expect(interventionOf(row, plan)).toEqual({
      technique: 'DTFM',
      ...knee,
      tissue: 'tendon',
      pressureGrade: 3,
      minutes: 10,
      cpt: '97140',
    });
  });

  it('is of the last visit before this one that is signed', () => {
    const visit = (id: string, start: string, state: 'Signed' | 'Performed' = 'Signed') => ({
      id,
      start,
      state,
      interventions: [],
    });
    const visits = [
      visit('early', '2026-04-01T09:00:00.000Z'),
      visit('last', '2026-04-03T09:00:00.000Z'),
      visit('unsigned', '2026-04-04T09:00:00.000Z', 'Performed'),
      visit('later', '2026-04-09T09:00:00.000Z'),
    ];
    expect(lastSigned(visits, { id: 'now', start: '2026-04-06T09:00:00.000Z' })?.id).toBe('last');
    expect(lastSigned([], { id: 'now', start: '2026-04-06T09:00:00.000Z' })).toBeUndefined();
  });
});

describe('what leaves the plan', () => {
  it('is told with its reason, once', () => {
    const elsewhere = { ...rowLike(done), side: 'right' as const, technique: 'IASTM' };
    expect(deviationsIn(elsewhere, plan)).toEqual(['technique', 'site']);
    expect(lackingIn(elsewhere, plan)).toEqual(['deviationReason']);
    const told = { ...elsewhere, deviationReason: ' Sore today. ' };
    expect(interventionOf(told, plan)).toMatchObject({ deviationReason: 'Sore today.' });
    expect(isSecond('technique', [{ deviations: ['technique'] }])).toBe(true);
    expect(isSecond('site', [{ deviations: ['technique'] }])).toBe(false);
  });

  it('is nothing where it is planned: a reason that was typed before is not sent', () => {
    expect(interventionOf({ ...rowLike(done), deviationReason: 'old' }, plan)).not.toHaveProperty(
      'deviationReason',
    );
  });
});
