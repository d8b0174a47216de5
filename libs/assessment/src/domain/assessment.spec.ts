import { gist, given, past } from '@fascia/testkit';
import { ASSESSMENT_CONTRACT, type AssessmentEvent, type StoredMeasurement } from '../contract/events.js';
import type { AssessmentCommand, MeasurementSaid } from '../contract/commands.js';
import { assessmentDecider, type AssessmentFacts } from './assessment.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const referral = {
  patientId: uuid(1),
  measurable: true,
  organizationId: uuid(2),
  referrerOrganizationId: uuid(3),
};
const FACTS: AssessmentFacts = { referral, sharingClosed: false };
const stored: StoredMeasurement = {
  instrument: 'NPRS',
  version: '1',
  scale: '0-10',
  unit: '{score}',
  value: 7,
};
const recorded = past<AssessmentEvent>({
  type: 'AssessmentRecorded',
  data: {
    patientId: uuid(1),
    referralId: uuid(4),
    organizationId: uuid(2),
    referrerOrganizationId: uuid(3),
    point: 'baseline',
    measurement: stored,
    raterId: uuid(5),
  },
});
const record = (measurement: MeasurementSaid): AssessmentCommand => ({
  type: 'RecordAssessment',
  referralId: uuid(4),
  point: 'progress',
  measurement,
});
const rom: MeasurementSaid = {
  instrument: 'ROM',
  joint: 'shoulder',
  motion: 'flexion',
  side: 'left',
  mode: 'active',
  value: 120,
};
const baseline = { assessmentId: uuid(6), measurement: stored, raterId: uuid(5) };

describe('a measurement', () => {
  it.each<
    [string, AssessmentCommand, readonly (typeof recorded)[], AssessmentFacts, readonly string[] | string]
  >([
    ['of pain', record({ instrument: 'NPRS', value: 3 }), [], FACTS, ['AssessmentRecorded']],
    [
      'of pain, with its change',
      record({ instrument: 'NPRS', value: 3 }),
      [],
      { ...FACTS, baseline },
      ['AssessmentRecorded', 'ChangeEvaluated'],
    ],
    ['of pain beyond the scale', record({ instrument: 'NPRS', value: 11 }), [], FACTS, 'MEASURE_RANGE'],
    ['of pain in halves', record({ instrument: 'NPRS', value: 2.5 }), [], FACTS, 'MEASURE_INTEGER'],
    ['of pain without a value', record({ instrument: 'NPRS' }), [], FACTS, 'MEASURE_RANGE'],
    ['of function', record({ instrument: 'PSFS', items: [3, 4, 5] }), [], FACTS, ['AssessmentRecorded']],
    [
      'of function with two activities',
      record({ instrument: 'PSFS', items: [3, 4] }),
      [],
      FACTS,
      'MEASURE_INCOMPLETE',
    ],
    ['of motion', record(rom), [], FACTS, ['AssessmentRecorded']],
    [
      'of motion, active or passive unsaid',
      record({ instrument: 'ROM', joint: 'shoulder', motion: 'flexion', side: 'left', value: 120 }),
      [],
      FACTS,
      'MEASURE_INCOMPLETE',
    ],
    ['of an unusual motion', record({ ...rom, value: 230 }), [], FACTS, 'MEASURE_RANGE'],
    [
      'of an unusual motion that the rater stands by',
      record({ ...rom, value: 230, confirmed: true }),
      [],
      FACTS,
      ['AssessmentRecorded'],
    ],
    [
      'under no referral',
      record({ instrument: 'NPRS', value: 3 }),
      [],
      { sharingClosed: false },
      'REFERRAL_UNKNOWN',
    ],
    [
      'outside care',
      record({ instrument: 'NPRS', value: 3 }),
      [],
      { ...FACTS, referral: { ...referral, measurable: false } },
      'REFERRAL_NOT_UNDER_CARE',
    ],
    [
      "over the patient's no",
      record({ instrument: 'NPRS', value: 3 }),
      [],
      { ...FACTS, sharingClosed: true },
      'CONSENT_WITHDRAWN',
    ],
    [
      "corrected over the patient's no",
      { type: 'CorrectAssessment', measurement: { instrument: 'NPRS', value: 6 }, reason: 'Typo.' },
      [recorded],
      { ...FACTS, sharingClosed: true },
      ['AssessmentCorrected'],
    ],
    ['recorded twice', record({ instrument: 'NPRS', value: 3 }), [recorded], FACTS, 'ASSESSMENT_EXISTS'],
    [
      'corrected',
      { type: 'CorrectAssessment', measurement: { instrument: 'NPRS', value: 6 }, reason: 'Typo.' },
      [recorded],
      FACTS,
      ['AssessmentCorrected'],
    ],
    [
      'corrected to another instrument',
      { type: 'CorrectAssessment', measurement: rom, reason: 'Typo.' },
      [recorded],
      FACTS,
      'MEASURE_NOT_COMPARABLE',
    ],
    [
      'corrected before it exists',
      { type: 'CorrectAssessment', measurement: { instrument: 'NPRS', value: 6 }, reason: 'Typo.' },
      [],
      FACTS,
      'ASSESSMENT_UNKNOWN',
    ],
  ])('%s', (_what, command, events, facts, expected) => {
    expect(gist(given(assessmentDecider, ASSESSMENT_CONTRACT, ...events).when(command, { facts }))).toEqual(
      expected,
    );
  });

  it('carries the label of its change, with threshold and source', () => {
    const decision = given(assessmentDecider, ASSESSMENT_CONTRACT).when(
      record({ instrument: 'NPRS', value: 5 }),
      { facts: { ...FACTS, baseline } },
    );
    expect(decision).toMatchObject({
      ok: true,
      events: [{}, { data: { baselineId: uuid(6), change: { label: 'improved', gain: 2, threshold: 2 } } }],
    });
  });
});
