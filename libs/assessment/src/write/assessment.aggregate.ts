import { bothSides, underCare, type CareOrdered } from '@fascia/referral';
import type { Aggregate } from '@fascia/write-door';
import { ASSESSMENT_COMMANDS, type AssessmentCommand } from '../contract/commands.js';
import { ASSESSMENT_CONTRACT, type AssessmentEvent } from '../contract/events.js';
import { assessmentDecider, type AssessmentFacts, type AssessmentState } from '../domain/assessment.js';
import { assessmentsOf } from '../read/lookups.js';

export type AssessmentAggregate = Aggregate<
  AssessmentState,
  AssessmentCommand,
  AssessmentEvent,
  AssessmentFacts
>;

const referralFact = ({
  patientId,
  organizationId,
  referrerOrganizationId,
  beforeOutcome,
}: CareOrdered): AssessmentFacts['referral'] => ({
  patientId,
  measurable: organizationId !== undefined && beforeOutcome,
  organizationId: organizationId ?? referrerOrganizationId,
  referrerOrganizationId,
});

export const assessmentAggregate: AssessmentAggregate = {
  decider: assessmentDecider,
  contract: ASSESSMENT_CONTRACT,
  commands: ASSESSMENT_COMMANDS,
  facts: async ({ command, state, id }, tools) => {
    const referralId = state?.referralId ?? (command.type === 'RecordAssessment' ? command.referralId : '');
    const ordered = await tools.view(underCare, referralId);
    const said = command.measurement;
    const earlier = await tools.lookup(assessmentsOf(referralId));
    const baseline = earlier.find(
      ({ id: other, measurement }) =>
        other !== id &&
        measurement.instrument === said.instrument &&
        measurement.joint === said.joint &&
        measurement.motion === said.motion &&
        measurement.side === said.side &&
        measurement.mode === said.mode &&
        measurement.region === said.region,
    );
    return {
      referral: ordered && referralFact(ordered),
      baseline: baseline && {
        assessmentId: baseline.id,
        measurement: baseline.measurement,
        raterId: baseline.rater_id,
      },
    };
  },
  parties: ({ state }, { referral }) => {
    const known = state ?? referral;
    return known === undefined ? {} : bothSides(known);
  },
  patientId: ({ state }, { referral }) => state?.patientId ?? referral?.patientId,
};
