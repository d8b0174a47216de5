/** Measurements as one value. */
import { permissions } from '@fascia/kernel';
import type { AssessmentCommand } from './contract/commands.js';
import { ASSESSMENT_REFUSALS } from './contract/refusals.js';
import { getAssessment, listAssessments } from './read/assessments/question.js';
import { assessmentAggregate } from './write/assessment.aggregate.js';

export const ASSESSMENT_QUESTIONS = [listAssessments, getAssessment] as const;

export const assessmentContext = () => ({
  name: 'assessment',
  aggregate: assessmentAggregate,
  aggregates: [assessmentAggregate],
  questions: ASSESSMENT_QUESTIONS,
  permissions: permissions<AssessmentCommand['type']>('assessment', {
    therapist: {
      roles: ['therapist'],
      commands: ['RecordAssessment', 'CorrectAssessment'],
      when: ['recipient'],
    },
  }),
  refusals: ASSESSMENT_REFUSALS,
});
