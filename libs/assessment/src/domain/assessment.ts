/** A measurement of one patient under one referral, and its label against the baseline (docs/domain/measures.md). */
import { SHARING_CLOSED } from '@fascia/directory/contract';
import { happened, sameJson, type Decider } from '@fascia/kernel';
import type { AssessmentCommand } from '../contract/commands.js';
import type { AssessmentEvent, AssessmentEventOf, Point, StoredMeasurement } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import { changeSince, scored, takenOtherwise, type Rated } from './scoring.js';

// State

export type AssessmentState =
  | {
      readonly patientId: string;
      readonly referralId: string;
      readonly organizationId: string;
      readonly referrerOrganizationId: string;
      readonly point: Point;
      readonly measurement: StoredMeasurement;
      readonly raterId: string;
      /** Against the baseline, as it is labelled now. */
      readonly labelled?: AssessmentEventOf<'ChangeEvaluated'> | undefined;
    }
  | undefined;

export interface AssessmentFacts {
  readonly referral?:
    | {
        readonly patientId: string;
        readonly measurable: boolean;
        readonly organizationId: string;
        readonly referrerOrganizationId: string;
      }
    | undefined;
  /** Whether the patient keeps the clinic from going on with their data. */
  readonly sharingClosed: boolean;
  /** The first measurement of the same kind under this referral, if that was before this one. */
  readonly baseline?: EarlierFact | undefined;
  /** The one against which this one is labelled, whatever kind it is of by now. */
  readonly labelledAgainst?: EarlierFact | undefined;
}

export interface EarlierFact extends Rated {
  readonly assessmentId: string;
}

// Labels

const evaluated = (later: Rated, { baseline }: AssessmentFacts): readonly AssessmentEvent[] => {
  const change = baseline && changeSince(baseline, later);
  return baseline === undefined || change === undefined
    ? []
    : [{ type: 'ChangeEvaluated', data: { baselineId: baseline.assessmentId, change } }];
};

/** A label that would say the same is not given again; one whose baseline is of another kind by now compares nothing. */
const relabelled = (
  { measurement, raterId, labelled }: NonNullable<AssessmentState>,
  facts: AssessmentFacts,
): readonly AssessmentEvent[] => {
  const [now] = evaluated({ measurement, raterId }, facts);
  if (now !== undefined) return labelled !== undefined && sameJson(now.data, labelled) ? [] : [now];
  const { labelledAgainst: before } = facts;
  if (before === undefined || labelled?.change.label === 'notComparable') return [];
  const because = takenOtherwise(before, { measurement, raterId }) ?? 'region';
  return [
    {
      type: 'ChangeEvaluated',
      data: { baselineId: before.assessmentId, change: { label: 'notComparable', because } },
    },
  ];
};

// Decisions

const decide: Decider<AssessmentState, AssessmentCommand, AssessmentEvent, AssessmentFacts>['decide'] = (
  command,
  state,
  { by, facts },
) => {
  if (command.type === 'RelabelChange')
    return state === undefined
      ? refuse('ASSESSMENT_UNKNOWN', 'There is no such measurement.')
      : happened(...relabelled(state, facts));
  const measurement = scored(command.measurement);
  if ('code' in measurement) return { ok: false, refusal: measurement };
  if (command.type === 'CorrectAssessment') {
    if (state === undefined) return refuse('ASSESSMENT_UNKNOWN', 'There is no such measurement.');
    if (state.measurement.instrument !== measurement.instrument) {
      return refuse(
        'MEASURE_NOT_COMPARABLE',
        'A correction keeps the instrument: record a new measurement instead.',
        { pointer: '/measurement/instrument' },
      );
    }
    return happened<AssessmentEvent>(
      { type: 'AssessmentCorrected', data: { measurement, reason: command.reason } },
      ...evaluated({ measurement, raterId: state.raterId }, facts),
    );
  }
  if (state !== undefined) return refuse('ASSESSMENT_EXISTS', 'This measurement is recorded already.');
  const { referral } = facts;
  if (referral === undefined)
    return refuse('REFERRAL_UNKNOWN', 'There is no such referral.', { pointer: '/referralId' });
  if (!referral.measurable)
    return refuse('REFERRAL_NOT_UNDER_CARE', 'Measurements are taken between acceptance and outcome.', {
      pointer: '/referralId',
    });
  if (facts.sharingClosed) return { ok: false, refusal: SHARING_CLOSED };
  const { referralId, sessionId, point } = command;
  const { patientId, organizationId, referrerOrganizationId } = referral;
  const raterId = by.practitionerId ?? by.sub;
  return happened<AssessmentEvent>(
    {
      type: 'AssessmentRecorded',
      data: {
        patientId,
        referralId,
        organizationId,
        referrerOrganizationId,
        point,
        measurement,
        raterId,
        ...(sessionId === undefined ? {} : { sessionId }),
      },
    },
    ...evaluated({ measurement, raterId }, facts),
  );
};

export const assessmentDecider: Decider<
  AssessmentState,
  AssessmentCommand,
  AssessmentEvent,
  AssessmentFacts
> = {
  category: 'assessment',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'AssessmentRecorded':
        return fact.data;
      case 'AssessmentCorrected':
        return state && { ...state, measurement: fact.data.measurement, labelled: undefined };
      case 'ChangeEvaluated':
        return state && { ...state, labelled: fact.data };
    }
  },
  decide,
  stage: (state) => (state === undefined ? 'none' : 'recorded'),
};
