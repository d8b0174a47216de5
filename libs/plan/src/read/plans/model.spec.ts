import type { Envelope, Fact } from '@fascia/kernel';
import type { PlanEvent } from '../../contract/events.js';
import { PLAN_CURRENT, STAGES } from '../../contract/lifecycle.js';
import { drafted, established, SCENES, type History } from '../../domain/plan.scenes.spec-data.js';
import { legalMoves, planModel, type PlanRow } from './model.js';

const ID = '00000000-0000-4000-8000-000000000040';

const envelope = ({ type, data, id, at, by }: Fact<PlanEvent>, version: number): Envelope => ({
  type,
  data,
  id,
  occurredAt: at,
  recordedAt: at,
  actor: by,
  stream: `plan-${ID}`,
  version,
  position: BigInt(version),
  schemaVersion: 1,
  correlationId: id,
  causationId: id,
  commandId: id,
  requestDigest: '',
});

const rowOf = (history: History): PlanRow | undefined =>
  history.reduce<{ id: string } | undefined>(
    (row, fact, index) => planModel.fold(row, envelope(fact, index + 1), ID),
    undefined,
  ) as PlanRow | undefined;

describe('the row of a plan', () => {
  it.each(STAGES.filter((stage) => stage !== 'none'))('shows the stage %s', (stage) => {
    const row = rowOf(SCENES[stage]);
    expect(row).toMatchObject({
      stage,
      current: PLAN_CURRENT.includes(stage),
      version: SCENES[stage].length,
    });
    expect(Object.keys(row ?? {}).toSorted()).toEqual(Object.keys(planModel.columns).toSorted());
  });

  it('does not begin in the middle', () => {
    expect(rowOf([established()])).toBeUndefined();
  });

  it('keeps what is in force beside what is edited, and drops a certification with the version it was for', () => {
    const edited: Fact<PlanEvent> = {
      ...drafted(),
      type: 'PlanEdited',
      data: { content: { durationDays: 10 } },
    };
    const row = rowOf([...SCENES.ChangesRequested, edited]);
    expect(row).toMatchObject({
      plan_version: 1,
      content: { durationDays: 10 },
      in_force: { durationDays: 42 },
      signed_before: null,
      review: { agree: false, text: 'Fewer visits.' },
    });
    expect(rowOf(SCENES.Certified)).toMatchObject({
      certified_until: '2026-05-13',
      needs_certification: true,
    });
    expect(rowOf([...SCENES.Certified, established(2)])).toMatchObject({
      certified_until: null,
      review: null,
      plan_version: 2,
    });
  });

  it('keeps the version that was signed before: whoever answers sees what changed since', () => {
    expect(rowOf(SCENES.Established)?.signed_before).toBeNull();
    const row = rowOf([...SCENES.ChangesRequested, established(2)]);
    expect(row?.signed_before).toEqual(rowOf(SCENES.ChangesRequested)?.in_force);
    expect(row?.in_force).not.toBeNull();
  });
});

describe('the moves from here', () => {
  it('offer a certification only where the payer wants one, and each command once', () => {
    expect(legalMoves({ stage: 'Submitted', needs_certification: true })).toEqual([
      'ReviewPlan',
      'CertifyPlan',
      'CompletePlan',
      'DiscontinuePlan',
    ]);
    expect(legalMoves({ stage: 'Submitted', needs_certification: false })).toEqual([
      'ReviewPlan',
      'CompletePlan',
      'DiscontinuePlan',
    ]);
  });
});
