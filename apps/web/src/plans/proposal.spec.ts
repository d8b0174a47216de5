import type { Answer } from '../api/questions.js';
import { newIntervention, proposalFrom, withTechnique } from './proposal.js';

type Order = Pick<Answer<'getReferral'>, 'content' | 'sites'>;

const DIAGNOSIS = '0198d0a0-0000-7000-8000-000000000001';

const order = {
  content: {
    diagnosisIds: [DIAGNOSIS],
    goals: [{ category: 'mobility', text: 'Reaches the shelf.' }],
    requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
    service: { code: 'STM', techniquesPreferred: ['MFR'], techniquesExcluded: [] },
  },
  sites: [{ region: 'shoulder', side: 'right', tissues: ['muscle', 'fascia'] }],
} as unknown as Order;

describe('the plan that an order asks for', () => {
  it('has its diagnoses, goals, dose, places and preferred techniques', () => {
    expect(proposalFrom(order, '2026-03-02', () => 'g1')).toEqual({
      startDate: '2026-03-02',
      diagnosisIds: [DIAGNOSIS],
      durationDays: 28,
      frequency: { timesPerWeek: 2 },
      plannedVisits: 8,
      goals: [
        {
          goalId: 'g1',
          category: 'mobility',
          text: 'Reaches the shelf.',
          longTerm: true,
          dueDate: '2026-03-30',
        },
      ],
      interventions: [
        {
          technique: 'MFR',
          sites: [{ region: 'shoulder', side: 'right' }],
          tissues: ['muscle', 'fascia'],
          minutesPerVisit: 15,
          cpt: '97140',
        },
      ],
      coInterventions: [],
    });
  });

  it('says nothing that the order does not say', () => {
    expect(proposalFrom({ content: {}, sites: [] }, '2026-03-02', () => 'g1')).toEqual({
      startDate: '2026-03-02',
      goals: [],
      interventions: [],
      coInterventions: [],
    });
  });
});

describe('an intervention', () => {
  it('begins where the order asks for it', () => {
    expect(newIntervention(order)).toMatchObject({
      technique: '',
      sites: [{ region: 'shoulder', side: 'right' }],
    });
  });

  it('proposes the usual code of its technique, and leaves one that somebody wrote', () => {
    const first = withTechnique(newIntervention(order), 'MFR');
    expect(first.cpt).toBe('97140');
    expect(withTechnique(first, 'EFF').cpt).toBe('97124');
    expect(withTechnique({ ...first, cpt: '97112' }, 'EFF').cpt).toBe('97112');
    expect(withTechnique(first, 'CUP').cpt).toBe('');
  });
});
