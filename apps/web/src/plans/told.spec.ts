import type { TFunction } from 'i18next';
import type { Plan } from './changes.js';
import { told, TOLD_PARTS } from './told.js';

type Content = Plan['content'];

const DIAGNOSED = new Map([['d1', 'M76.52 Patellar tendinitis, left knee']]);

const NOW: Content = {
  diagnosisIds: ['d1'],
  startDate: '2026-04-01',
  frequency: { timesPerWeek: 2, weeks: 4 },
  interventions: [
    {
      technique: 'DTFM',
      sites: [{ region: 'knee', side: 'left' }],
      tissues: ['tendon'],
      minutesPerVisit: 20,
      cpt: '97140',
    },
  ],
  precautionsConsidered: [],
  homeProgram: 'Stairs, slowly.',
};

describe('what a plan says', () => {
  // Words stand in the catalogue; here each is its own key and what is put into it.
  const t = ((key: string, values?: object) =>
    values === undefined ? key : `${key} ${Object.values(values).join(' ')}`) as unknown as TFunction;

  it('is told part by part', () => {
    const lines = TOLD_PARTS.map((part) =>
      told(part, { now: NOW, before: null }, t, DIAGNOSED).map(({ text }) => text),
    );
    expect(lines).toEqual([
      ['M76.52 Patellar tendinitis, left knee'],
      [expect.stringContaining('2026')],
      [],
      ['plan.perWeek 2, plan.weeks 4'],
      [],
      [
        expect.stringMatching(
          /friction.*names\.region\.knee.*names\.tissue\.tendon, plan\.minutes 20, 97140/,
        ),
      ],
      [],
      ['plan.noPrecautions'],
      ['Stairs, slowly.'],
    ]);
  });

  it('is told beside what it said before', () => {
    const before = { ...NOW, homeProgram: 'Rest.', frequency: { timesPerWeek: 2, weeks: 4 } };
    expect(told('homeProgram', { now: NOW, before }, t, DIAGNOSED)).toEqual([
      { text: 'Rest.', is: 'gone' },
      { text: 'Stairs, slowly.', is: 'new' },
    ]);
    expect(told('frequency', { now: NOW, before }, t, DIAGNOSED)).toEqual([
      { text: 'plan.perWeek 2, plan.weeks 4', is: 'same' },
    ]);
  });
});
