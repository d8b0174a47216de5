/** Measurements over HTTP. */
import { commandDoor, Flag, Id, ListQuery, queryDoor } from '@fascia/http';
import { ASSESSMENT_QUESTIONS } from './context.js';
import type { AssessmentAggregate } from './write/assessment.aggregate.js';

class AssessmentsQuery extends ListQuery {
  @Id({ optional: true }) referralId?: string;
  @Id({ optional: true }) patientId?: string;
  @Flag({
    optional: true,
    description: 'true, with a referral: of each kind the first and the latest 20.',
  })
  brief?: boolean;
}

export const assessmentDoors = (aggregate: AssessmentAggregate) => ({
  commands: [commandDoor({ path: 'assessments', tag: 'Measurements', aggregate })],
  queries: [queryDoor('Assessment', ASSESSMENT_QUESTIONS, { listAssessments: AssessmentsQuery })],
});
