/** The table of moves: every command in every stage, repeated commands, and events in any order. */
import fc from 'fast-check';
import { fold } from '@fascia/kernel';
import { gist, given, past } from '@fascia/testkit';
import { COMMAND_TYPES, type SessionCommand } from '../contract/commands.js';
import { SESSION_CONTRACT, type SessionEvent } from '../contract/events.js';
import { sessionLifecycle, STAGES, type SessionStage } from '../contract/lifecycle.js';
import {
  atFor,
  BEFORE,
  COMMANDS,
  decider,
  FACTS,
  REFERRAL_FACT,
  SCENES,
  SESSION,
  THERAPIST,
  type History,
} from './session.scenes.spec-data.js';

const ask = (command: SessionCommand, history: History) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, referral: { ...REFERRAL_FACT, accepted: [{ from: BEFORE }] } },
    by: THERAPIST,
    at: atFor(command.type),
    id: SESSION,
  });

const factsOf = (command: SessionCommand, events: readonly SessionEvent[]): History =>
  events.map((event) => past(event, THERAPIST, atFor(command.type)));

const WALK = COMMAND_TYPES.flatMap((command) => STAGES.map((stage) => [command, stage] as const));
const isLegal = ([command, stage]: readonly [SessionCommand['type'], SessionStage]): boolean =>
  sessionLifecycle.rowsOf(command).some((row) => row.from.includes(stage));

describe('the table of moves', () => {
  it('has a scene for each stage', () => {
    for (const stage of STAGES) expect(fold(decider, SCENES[stage]).stage).toBe(stage);
  });

  it.each(WALK.filter((move) => !isLegal(move)))('does not know %s from %s', (command, stage) => {
    const answer = gist(ask(COMMANDS[command], SCENES[stage]));
    expect(
      stage === 'Signed'
        ? ['SESSION_ILLEGAL_TRANSITION', 'SESSION_ALREADY_SIGNED']
        : ['SESSION_ILLEGAL_TRANSITION'],
    ).toContain(answer);
  });

  it.each(WALK.filter(isLegal))('%s from %s', (command, stage) => {
    const row = sessionLifecycle.rowsOf(command).find((known) => known.from.includes(stage));
    const answer = ask(COMMANDS[command], SCENES[stage]);
    expect(gist(answer)).toEqual(row?.events);
    if (!answer.ok) return;
    const after = fold(decider, [...SCENES[stage], ...factsOf(COMMANDS[command], answer.events)]).stage;
    expect(after).toBe(row?.to === 'same' ? stage : row?.to);
    expect(answer.events.reduce((sofar, event) => sessionLifecycle.after(sofar, event.type), stage)).toBe(
      after,
    );
  });

  it.each([
    'RecordPreScreen',
    'RecordIntervention',
    'StopSession',
    'CompleteSession',
    'SignSession',
  ] as const)('says of %s that the note is signed', (command) => {
    expect(gist(ask(COMMANDS[command], SCENES.Signed))).toBe('SESSION_ALREADY_SIGNED');
  });
});

describe('a command sent again', () => {
  /** May truthfully happen twice in the same words; a retry of one is told by its command id, at the door. */
  const MAY_RECUR: readonly SessionCommand['type'][] = ['RecordPreScreen', 'RecordIntervention'];

  it.each(WALK.filter((move) => isLegal(move) && !MAY_RECUR.includes(move[0])))(
    '%s from %s changes nothing more',
    (command, stage) => {
      const first = ask(COMMANDS[command], SCENES[stage]);
      if (!first.ok) throw new Error(first.refusal.code);
      const again = ask(COMMANDS[command], [...SCENES[stage], ...factsOf(COMMANDS[command], first.events)]);
      expect(again.ok ? again.events : []).toEqual([]);
    },
  );
});

describe('any history', () => {
  const anyFact = fc.constantFrom(...Object.values(SCENES).flat());
  const anyCommand = fc.constantFrom<SessionCommand>(
    ...COMMAND_TYPES.map((command) => COMMANDS[command]),
    {
      ...COMMANDS.ScheduleSession,
      kind: 'evaluation',
      locationId: SESSION,
      start: '2026-04-01T16:00:00+02:00',
      end: '2026-04-01T17:00:00+02:00',
    },
    {
      ...COMMANDS.ScheduleSession,
      start: '2026-04-01T07:00:00.000Z',
      end: '2026-04-01T08:00:00.000Z',
      lateReason: 'The system was away.',
    },
    { ...COMMANDS.RecordPreScreen, flags: ['F12'], vitals: { spo2Percent: 80 } },
    {
      ...COMMANDS.RecordIntervention,
      technique: 'TPR',
      deviationReason: 'A new trigger point.',
      tool: 'thumb',
      position: 'supine',
      response: 'Eased.',
    },
    { ...COMMANDS.RecordIntervention, cpt: '97124', technique: 'MFR' },
    {
      ...COMMANDS.RecordIntervention,
      region: 'knee',
      side: 'left',
      deviationReason: 'It hurt more.',
      doneDespite: 'The veins were seen afterwards.',
    },
    { ...COMMANDS.CompleteSession, totalTreatmentMinutes: 60, unitChoice: ['97124'] },
    { ...COMMANDS.StopSession, flagId: SESSION },
  );

  it('is folded in any order without failing', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 30 }), (facts) => {
        const state = fold(decider, facts);
        expect(STAGES).toContain(state.stage);
      }),
    );
  });

  /** Walks along the rows from any stage; the seed is fixed, so that every event is always seen. */
  it('leads only to events that fit the contract', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...STAGES),
        fc.array(fc.tuple(anyCommand, anyCommand, anyCommand), { maxLength: 20 }),
        (from, choices) => {
          const history: History[number][] = [...SCENES[from]];
          const scene = history.length;
          for (const choice of choices) {
            const { stage } = fold(decider, history);
            const command = choice.find(({ type }) => isLegal([type, stage])) ?? choice[0];
            const answer = ask(command, history);
            if (answer.ok) history.push(...factsOf(command, answer.events));
          }
          for (const { type, data } of history.slice(scene)) {
            seen.add(type);
            expect(SESSION_CONTRACT[type].schema.safeParse(data).success).toBe(true);
          }
        },
      ),
      { seed: 17, numRuns: 500 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(SESSION_CONTRACT).toSorted());
  });
});
