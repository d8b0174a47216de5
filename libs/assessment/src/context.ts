/** Measurements as one value. */
import { permissions } from '@fascia/kernel';
import type { AssessmentCommand } from './contract/commands.js';
import { ASSESSMENT_REFUSALS } from './contract/refusals.js';
import { getAssessment, listAssessments } from './read/assessments/question.js';
import { assessmentAggregate, type AssessmentPorts } from './write/assessment.aggregate.js';

export const ASSESSMENT_QUESTIONS = [listAssessments, getAssessment] as const;

export const assessmentContext = (ports: AssessmentPorts) => {
  const aggregate = assessmentAggregate(ports);
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
      system: { roles: ['system'], commands: ['RelabelChange'], when: 'anything' },
    }),
    refusals: ASSESSMENT_REFUSALS,
  };
};
