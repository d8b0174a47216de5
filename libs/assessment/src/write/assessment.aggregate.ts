import { bothSides, stageOf, type ReferralAggregate, type ReferralState } from '@fascia/referral';
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

const UNDER_CARE = ['Accepted', 'Booked', 'InTreatment', 'OnHold', 'CancelRequested'];

const referralFact = (state: ReferralState): AssessmentFacts['referral'] => {
  if (state.kind !== 'placed') return undefined;
  const organizationId = state.legs.at(-1)?.recipient?.organizationId;
  return {
    patientId: state.patientId,
    underCare: organizationId !== undefined && UNDER_CARE.includes(stageOf(state)),
    organizationId: organizationId ?? state.referrerOrganizationId,
    referrerOrganizationId: state.referrerOrganizationId,
  };
};

export const assessmentAggregate = (referrals: ReferralAggregate): AssessmentAggregate => ({
  decider: assessmentDecider,
  contract: ASSESSMENT_CONTRACT,
  commands: ASSESSMENT_COMMANDS,
  facts: async ({ command, state, id }, tools) => {
    const referralId = state?.referralId ?? (command.type === 'RecordAssessment' ? command.referralId : '');
    const { state: referral } = await tools.load(referrals, referralId);
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
      referral: referralFact(referral),
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
});
