/** The table of moves: every command in every stage, repeated commands, and events in any order. */
import fc from 'fast-check';
import { fold, type Fact } from '@fascia/kernel';
import { gist, given, past } from '@fascia/testkit';
import { COMMAND_TYPES, type PlanCommand } from '../contract/commands.js';
import { PLAN_CONTRACT, type PlanEvent } from '../contract/events.js';
import { planLifecycle, STAGES, type PlanStage } from '../contract/lifecycle.js';
import { planInForce } from './in-force.js';
import { AT, COMMANDS, CONTENT, decider, FACTS, PLAN, SCENES, THERAPIST } from './plan.scenes.spec-data.js';

const ask = (command: PlanCommand, history: readonly Fact<PlanEvent>[]) =>
  given(decider, PLAN_CONTRACT, ...history).when(command, { facts: FACTS, by: THERAPIST, at: AT, id: PLAN });

const stageAfter = (history: readonly Fact<PlanEvent>[], events: readonly PlanEvent[]): PlanStage =>
  fold(decider, [...history, ...events.map((event) => past(event, THERAPIST, AT))]).stage;

const WALK = COMMAND_TYPES.flatMap((command) => STAGES.map((stage) => [command, stage] as const));

describe('the table of moves', () => {
  it('has a scene for each stage', () => {
    for (const stage of STAGES) expect(fold(decider, SCENES[stage]).stage).toBe(stage);
  });

  it.each(WALK)('%s from %s', (command, stage) => {
    const rows = planLifecycle.rowsOf(command).filter((row) => row.from.includes(stage));
    const answer = ask(COMMANDS[command], SCENES[stage]);
    if (rows.length === 0) {
      expect(gist(answer)).toBe('PLAN_ILLEGAL_TRANSITION');
      return;
    }
    expect(answer.ok).toBe(true);
    if (!answer.ok) return;
    expect(rows.map((row) => row.events)).toContainEqual(gist(answer));
    const row = rows.find((known) => known.events.length === answer.events.length);
    const after = stageAfter(SCENES[stage], answer.events);
    expect(after).toBe(row?.to === 'same' ? stage : row?.to);
    expect(answer.events.reduce((sofar, event) => planLifecycle.after(sofar, event.type), stage)).toBe(after);
  });

  it.each(['Established', 'Submitted', 'Certified'] as const)(
    'a wish for changes leads from %s to ChangesRequested',
    (stage) => {
      const answer = ask({ type: 'ReviewPlan', agree: false, text: 'Fewer visits.' }, SCENES[stage]);
      expect(gist(answer)).toEqual(['PlanReviewed', 'PlanChangesRequested']);
      expect(answer.ok && stageAfter(SCENES[stage], answer.events)).toBe('ChangesRequested');
    },
  );
});

describe('a command sent again', () => {
  const legal = WALK.filter(([command, stage]) =>
    planLifecycle.rowsOf(command).some((row) => row.from.includes(stage)),
  );

  it.each(legal)('%s from %s changes nothing more', (command, stage) => {
    const first = ask(COMMANDS[command], SCENES[stage]);
    if (!first.ok) throw new Error(first.refusal.code);
    const history = [...SCENES[stage], ...first.events.map((event) => past(event, THERAPIST, AT))];
    const again = ask(COMMANDS[command], history);
    expect(again.ok ? again.events : []).toEqual([]);
  });

  it('is the same edit whatever the order of its keys', () => {
    const backwards = Object.fromEntries(Object.entries(CONTENT).toReversed());
    expect(gist(ask({ type: 'EditPlan', content: backwards }, SCENES.Draft))).toEqual([]);
  });
});

describe('what is in force', () => {
  it.each([
    ['none', undefined],
    ['Draft', undefined],
    ['Established', 1],
    ['Submitted', 1],
    ['ChangesRequested', 1],
    ['Certified', 1],
    ['Completed', undefined],
    ['Discontinued', undefined],
  ] as const)('%s: version %s', (stage, version) => {
    expect(planInForce.of(fold(planInForce.folds, SCENES[stage]))?.planVersion).toBe(version);
  });
});

describe('any history', () => {
  const anyFact = fc.constantFrom(...Object.values(SCENES).flat());
  const anyCommand = fc.constantFrom<PlanCommand>(
    ...COMMAND_TYPES.map((command) => COMMANDS[command]),
    { type: 'ReviewPlan', agree: false, text: 'Other goals.' },
    { type: 'DraftPlan', referralId: PLAN, content: {} },
    {
      type: 'CertifyPlan',
      until: '2026-04-20',
      visitRequiredBy: '2026-04-10',
      delayed: true,
      reason: 'On leave.',
    },
  );

  it('is folded in any order without failing', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
        expect(STAGES).toContain(fold(decider, facts).stage);
      }),
    );
  });

  /** Walks along the rows, so that every stage is reached; the seed is fixed, so that it always is. */
  it('leads only to events that fit the contract', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.tuple(anyCommand, anyCommand, anyCommand), { maxLength: 20 }), (choices) => {
        const history: Fact<PlanEvent>[] = [];
        for (const choice of choices) {
          const { stage } = fold(decider, history);
          const command =
            choice.find(({ type }) => planLifecycle.rowsOf(type).some((row) => row.from.includes(stage))) ??
            choice[0];
          const answer = ask(command, history);
          if (answer.ok) history.push(...answer.events.map((event) => past(event, THERAPIST, AT)));
        }
        for (const { type, data } of history) {
          seen.add(type);
          expect(PLAN_CONTRACT[type].schema.safeParse(data).success).toBe(true);
        }
      }),
      { seed: 17, numRuns: 300 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(PLAN_CONTRACT).toSorted());
  });
});
