/** Measurements as one value. */
import { permissions } from '@fascia/kernel';
import type { ReferralAggregate } from '@fascia/referral';
import type { AssessmentCommand } from './contract/commands.js';
import { ASSESSMENT_REFUSALS } from './contract/refusals.js';
import { getAssessment, listAssessments } from './read/assessments/question.js';
import { assessmentAggregate } from './write/assessment.aggregate.js';

export const ASSESSMENT_QUESTIONS = [listAssessments, getAssessment] as const;

export const assessmentContext = (referrals: ReferralAggregate) => {
  const aggregate = assessmentAggregate(referrals);
  return {
    name: 'assessment',
    aggregate,
    aggregates: [aggregate],
    questions: ASSESSMENT_QUESTIONS,
    permissions: permissions<AssessmentCommand['type']>('assessment', {
      therapist: {
        roles: ['therapist'],
        commands: ['RecordAssessment', 'CorrectAssessment'],
        when: ['recipient'],
      },
    }),
    refusals: ASSESSMENT_REFUSALS,
  };
};
