/** Against what a measurement is labelled, when it or one before it is corrected. */
import type { Fact } from '@fascia/kernel';
import { decidedOver, past, toolsOver } from '@fascia/testkit';
import type { AssessmentCommand } from '../contract/commands.js';
import type { AssessmentEvent, StoredChange, StoredMeasurement } from '../contract/events.js';
import { assessmentAggregate } from './assessment.aggregate.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [FIRST, SECOND, RATER] = [uuid(11), uuid(12), uuid(5)];

const pain = (value: number, region?: string): StoredMeasurement => ({
  instrument: 'NPRS',
  version: '1',
  scale: '0-10',
  unit: '{score}',
  value,
  ...(region === undefined ? {} : { region }),
});
const recorded = (measurement: StoredMeasurement): Fact<AssessmentEvent> =>
  past({
    type: 'AssessmentRecorded',
    data: {
      patientId: uuid(1),
      referralId: uuid(4),
      organizationId: uuid(2),
      referrerOrganizationId: uuid(3),
      point: 'progress',
      measurement,
      raterId: RATER,
    },
  });
const labelled = (label: 'improved' | 'unchanged', gain: number): Fact<AssessmentEvent> =>
  past({
    type: 'ChangeEvaluated',
    data: {
      baselineId: FIRST,
      change: {
        label,
        gain,
        threshold: 2,
        meaningful: 2,
        source: 'S24',
        thresholdsVersion: '1',
        weak: false,
      },
    },
  });
const row = (id: string, measurement: StoredMeasurement) => ({ id, measurement, rater_id: RATER });

/** Under which order a visit is, is not asked of a label. */
const assessments = assessmentAggregate({
  referralOfSession: () => ({ run: () => Promise.resolve(undefined) }),
});

const decided = (
  id: string,
  command: AssessmentCommand,
  history: readonly Fact<AssessmentEvent>[],
  rows: readonly object[],
) => decidedOver(assessments, history, { command, id }, toolsOver({}, { assessment: rows }));

const changeIn = async (answer: ReturnType<typeof decided>): Promise<StoredChange | undefined> => {
  const decision = await answer;
  if (!decision.ok) throw new Error(decision.refusal.code);
  const last = decision.events.at(-1);
  return last?.type === 'ChangeEvaluated' ? last.data.change : undefined;
};

const RELABEL: AssessmentCommand = { type: 'RelabelChange' };
const second = [recorded(pain(5)), labelled('improved', 2)];

describe('a measurement after a baseline that is corrected', () => {
  it('is labelled anew', async () => {
    const rows = [row(FIRST, pain(6)), row(SECOND, pain(5))];
    expect(await changeIn(decided(SECOND, RELABEL, second, rows))).toMatchObject({
      label: 'unchanged',
      gain: 1,
    });
  });

  it('keeps a label that would say the same', async () => {
    const rows = [row(FIRST, pain(7)), row(SECOND, pain(5))];
    const again = await decided(SECOND, RELABEL, [recorded(pain(5))], rows);
    if (!again.ok) throw new Error(again.refusal.code);
    const kept = await decided(
      SECOND,
      RELABEL,
      [recorded(pain(5)), ...again.events.map((one) => past(one))],
      rows,
    );
    expect(kept).toEqual({ ok: true, events: [] });
  });

  it('compares with nothing once the baseline is of another kind', async () => {
    const rows = [row(FIRST, pain(7, 'knee')), row(SECOND, pain(5))];
    expect(await changeIn(decided(SECOND, RELABEL, second, rows))).toEqual({
      label: 'notComparable',
      because: 'region',
    });
  });
});

describe('a baseline', () => {
  it('is labelled against nothing that was measured later, when it is corrected', async () => {
    const rows = [row(FIRST, pain(7)), row(SECOND, pain(5))];
    const correct: AssessmentCommand = {
      type: 'CorrectAssessment',
      measurement: { instrument: 'NPRS', value: 6 },
      reason: 'Misheard.',
    };
    const answer = await decided(FIRST, correct, [recorded(pain(7))], rows);
    expect(answer).toMatchObject({ ok: true, events: [{ type: 'AssessmentCorrected' }] });
    expect(answer.ok && answer.events).toHaveLength(1);
  });
});
