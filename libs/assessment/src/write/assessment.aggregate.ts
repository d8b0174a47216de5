import { dayOf } from '@fascia/clinical/calendar';
import { isClosedTo, personOf, zoneOf } from '@fascia/directory';
import type { Instant, ReferencesOf } from '@fascia/kernel';
import { subjectOfSides, underCare, type CareOrdered } from '@fascia/referral';
import type { Aggregate, FactRequest, FactTools, Lookup, Reference } from '@fascia/write-door';
import { ASSESSMENT_COMMANDS, type AssessmentCommand } from '../contract/commands.js';
import { ASSESSMENT_CONTRACT, type AssessmentEvent } from '../contract/events.js';
import {
  assessmentDecider,
  type AssessmentFacts,
  type AssessmentState,
  type EarlierFact,
} from '../domain/assessment.js';
import type { AssessmentRow } from '../read/assessments/model.js';
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

/** What was measured before stays, and may be corrected. */
const isClosed = async (
  { patientId, organizationId = '' }: CareOrdered,
  at: Instant,
  tools: FactTools,
): Promise<boolean> => {
  const day = dayOf(at, await zoneOf(organizationId, tools));
  return isClosedTo(await personOf(patientId, tools), { organizationId, day }, tools);
};

const earlierFact = ({ id: assessmentId, measurement, rater_id: raterId }: AssessmentRow): EarlierFact => ({
  assessmentId,
  measurement,
  raterId,
});

export interface AssessmentPorts {
  /** Under which a session was booked. */
  readonly referralOfSession: (id: string) => Lookup<string | undefined>;
}

type Request = FactRequest<AssessmentState, AssessmentCommand>;

const referralIdIn = ({ command, state }: Request): string =>
  state?.referralId ?? (command.type === 'RecordAssessment' ? command.referralId : '');

export const assessmentAggregate = ({ referralOfSession }: AssessmentPorts): AssessmentAggregate => ({
  decider: assessmentDecider,
  contract: ASSESSMENT_CONTRACT,
  commands: ASSESSMENT_COMMANDS,
  subject: async (request, tools) => {
    const ordered = await tools.view(underCare, referralIdIn(request));
    return subjectOfSides(request.state ?? (ordered && referralFact(ordered)));
  },
  references: {
    RecordAssessment: {
      referralId: 'access',
      sessionId: async ({ named, ...request }, tools) =>
        (await tools.lookup(referralOfSession(named))) === referralIdIn(request),
    },
  } satisfies ReferencesOf<typeof ASSESSMENT_COMMANDS, Reference<AssessmentState, AssessmentCommand>>,
  facts: async (request, tools) => {
    const { command, state, id, at } = request;
    const referralId = referralIdIn(request);
    const ordered = await tools.view(underCare, referralId);
    const said = command.type === 'RelabelChange' ? state?.measurement : command.measurement;
    const all = await tools.lookup(assessmentsOf(referralId));
    const own = all.findIndex((row) => row.id === id);
    // What was measured later is nobody's baseline.
    const earlier = own < 0 ? all : all.slice(0, own);
    const baseline = earlier.find(
      ({ measurement }) =>
        said !== undefined &&
        measurement.instrument === said.instrument &&
        measurement.joint === said.joint &&
        measurement.motion === said.motion &&
        measurement.side === said.side &&
        measurement.mode === said.mode &&
        measurement.region === said.region,
    );
    const against = all.find((row) => row.id === state?.labelled?.baselineId);
    return {
      referral: ordered && referralFact(ordered),
      sharingClosed:
        command.type === 'RecordAssessment' && ordered !== undefined && (await isClosed(ordered, at, tools)),
      baseline: baseline && earlierFact(baseline),
      labelledAgainst: against && earlierFact(against),
    };
  },
});
