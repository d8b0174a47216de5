/** A measurement of one patient under one referral, and its label against the baseline (docs/domain/measures.md). */
import { SHARING_CLOSED } from '@fascia/directory/contract';
import { happened, sameJson, type Decider } from '@fascia/kernel';
import type { AssessmentCommand, MeasurementSaid } from '../contract/commands.js';
import type {
  AssessmentEvent,
  AssessmentEventOf,
  Point,
  StoredChange,
  StoredMeasurement,
} from '../contract/events.js';
import { refuse, type AssessmentRefusal } from '../contract/refusals.js';
import { differsIn, labelChange, type Measurement } from './change-label.js';
import { nprsFault } from './nprs.js';
import { psfsFault, psfsMean } from './psfs.js';
import { romFault, type RomEntry } from './rom.js';

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

export interface EarlierFact {
  readonly assessmentId: string;
  readonly measurement: StoredMeasurement;
  readonly raterId: string;
}

// Scoring

const SCORING_VERSION = '1';

const scored = (said: MeasurementSaid): StoredMeasurement | AssessmentRefusal => {
  const base = {
    instrument: said.instrument,
    version: SCORING_VERSION,
    ...(said.region === undefined ? {} : { region: said.region }),
  };
  switch (said.instrument) {
    case 'NPRS': {
      const value = said.value ?? Number.NaN;
      return nprsFault(value, '/measurement/value') ?? { ...base, scale: '0-10', unit: '{score}', value };
    }
    case 'PSFS': {
      const items = [...(said.items ?? [])];
      return psfsFault(items) ?? { ...base, scale: '0-10', unit: '{score}', value: psfsMean(items), items };
    }
    case 'ROM': {
      const { joint = '', motion = '', side = 'midline', mode, device, position, value = Number.NaN } = said;
      if (mode === undefined)
        return {
          code: 'MEASURE_INCOMPLETE',
          detail: 'Say whether the motion was active or passive.',
          pointer: '/measurement/mode',
        };
      const entry: RomEntry = {
        joint,
        motion,
        side,
        mode,
        degrees: value,
        ...(said.confirmed === undefined ? {} : { confirmed: said.confirmed }),
      };
      return (
        romFault(entry) ?? {
          ...base,
          scale: 'deg',
          unit: 'deg',
          value,
          joint,
          motion,
          side,
          mode,
          ...(device === undefined ? {} : { device }),
          ...(position === undefined ? {} : { position }),
        }
      );
    }
  }
};

/** Which earlier measurements count as the same kind. */
export const kindOf = ({ instrument, joint, motion, side, mode, region }: StoredMeasurement): string =>
  [instrument, joint, motion, side, mode, region].map((part) => part ?? '').join('/');

const comparable = (
  { instrument, version, scale, value, joint, motion, side, mode, device, position }: StoredMeasurement,
  rater: string,
): Measurement => ({
  instrument,
  version,
  scale,
  value,
  rater,
  ...(joint === undefined ? {} : { joint }),
  ...(motion === undefined ? {} : { motion }),
  ...(side === undefined ? {} : { side }),
  ...(mode === undefined ? {} : { mode }),
  ...(device === undefined ? {} : { device }),
  ...(position === undefined ? {} : { position }),
});

const evaluated = (
  measurement: StoredMeasurement,
  raterId: string,
  { baseline }: AssessmentFacts,
): readonly AssessmentEvent[] => {
  if (baseline === undefined || kindOf(baseline.measurement) !== kindOf(measurement)) return [];
  const change = labelChange(
    comparable(baseline.measurement, baseline.raterId),
    comparable(measurement, raterId),
  ) as StoredChange;
  return [{ type: 'ChangeEvaluated', data: { baselineId: baseline.assessmentId, change } }];
};

/** A label that would say the same is not given again; one whose baseline is of another kind by now compares nothing. */
const relabelled = (
  { measurement, raterId, labelled }: NonNullable<AssessmentState>,
  facts: AssessmentFacts,
): readonly AssessmentEvent[] => {
  const [now] = evaluated(measurement, raterId, facts);
  if (now !== undefined) return labelled !== undefined && sameJson(now.data, labelled) ? [] : [now];
  const { labelledAgainst: before } = facts;
  if (before === undefined || labelled?.change.label === 'notComparable') return [];
  const because =
    differsIn(comparable(before.measurement, before.raterId), comparable(measurement, raterId)) ?? 'region';
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
      ...evaluated(measurement, state.raterId, facts),
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
    ...evaluated(measurement, raterId, facts),
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
