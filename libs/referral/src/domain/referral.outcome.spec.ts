/** What an outcome may be called. */
import { given } from '@fascia/testkit';
import { REFERRAL_CONTRACT } from '../contract/events.js';
import type { ReferralCommandOf } from '../contract/commands.js';
import type { CareFact } from './facts.js';
import { FACTS, SCENES, THERAPIST } from './referral.scenes.spec-data.js';
import { decider } from './referral.situations.spec-data.js';

const PLAN = '00000000-0000-4000-8000-000000000061';
const REASON = 'Reach was measured at the last visit, and not written down.';
const missed = { planId: PLAN, unmet: [{ goalId: 'g2', pointer: '/content/goals/1' }] };

const reported = (more: Partial<ReferralCommandOf<'ReportOutcome'>>, goals: CareFact['goals']): unknown => {
  const decision = given(decider, REFERRAL_CONTRACT, ...SCENES.InTreatment).when(
    { type: 'ReportOutcome', kind: 'goals-met', summary: 'Full reach.', ...more },
    { facts: { ...FACTS, care: { ...FACTS.care, goals } }, by: THERAPIST },
  );
  return decision.ok ? decision.events[0]?.data : decision.refusal;
};

describe('an outcome that is called goals-met', () => {
  it('has met every goal of the plan', () => {
    const told = reported({}, { planId: PLAN, unmet: [] });
    expect(told).toMatchObject({ kind: 'goals-met' });
    expect(told).not.toHaveProperty('goalsMetReason');
  });

  it('is refused while one is not met, and names it', () => {
    expect(reported({}, missed)).toMatchObject({
      code: 'OUTCOME_GOALS_UNMET',
      pointer: '/goalsMetReason',
      about: { planId: PLAN, goalIds: ['g2'], pointers: ['/content/goals/1'] },
    });
  });

  it('is refused where no plan was ever signed', () => {
    expect(reported({}, undefined)).toMatchObject({ code: 'OUTCOME_GOALS_UNMET' });
  });

  it('is called so with a reason, which is told with what was not met', () => {
    expect(reported({ goalsMetReason: REASON }, missed)).toMatchObject({
      goalsMetReason: REASON,
      unmetGoalIds: ['g2'],
    });
  });
});

describe('an outcome of another kind', () => {
  it('asks for no goals, and takes no reason for them', () => {
    const told = reported({ kind: 'plateau', goalsMetReason: REASON }, missed);
    expect(told).toMatchObject({ kind: 'plateau' });
    expect(told).not.toHaveProperty('goalsMetReason');
  });
});
