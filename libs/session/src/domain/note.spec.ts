/** What is done, the note of it, and its signature: every refusal, one situation each; and what the rules let pass. */
import { gist, given } from '@fascia/testkit';
import type { SessionCommand } from '../contract/commands.js';
import { SESSION_CONTRACT } from '../contract/events.js';
import type { PlanFact, SessionFacts } from './facts.js';
import {
  AFTER,
  COLLEAGUE,
  COMMANDS,
  decider,
  END,
  FACTS,
  intervention,
  performed,
  PLAN,
  PLAN_FACT,
  SCENES,
  scheduled,
  SESSION,
  START,
  THERAPIST,
  THERAPIST_FACT,
  THERAPIST_ID,
  underWay,
  type History,
} from './session.scenes.spec-data.js';

interface Asked {
  readonly facts?: Partial<SessionFacts>;
  readonly by?: typeof THERAPIST;
  readonly at?: string;
}

const ask = (
  history: History,
  command: SessionCommand,
  { facts = {}, by = THERAPIST, at = AFTER }: Asked = {},
) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, ...facts },
    by,
    at,
    id: SESSION,
  });

const plan = (more: Partial<PlanFact>): Asked => ({ facts: { plan: { ...PLAN_FACT, ...more } } });

describe('an intervention', () => {
  const record = (
    more: Partial<Extract<SessionCommand, { type: 'RecordIntervention' }>>,
    asked: Asked = {},
    history: History = underWay(),
  ) => ask(history, { ...COMMANDS.RecordIntervention, ...more }, asked);

  it('is numbered and held against the plan in force', () => {
    const { type: _type, ...said } = COMMANDS.RecordIntervention;
    const answer = record({}, {}, underWay(intervention()));
    expect(answer.ok && answer.events[0]?.data).toEqual({
      ...said,
      seq: 2,
      planId: PLAN,
      planVersion: 1,
      deviations: [],
    });
  });

  it.each<[string, Parameters<typeof record>[0], Asked, string]>([
    ['no plan in force', {}, { facts: { plan: undefined } }, 'SESSION_NO_PLAN'],
    [
      'a technique that no catalogue knows',
      { technique: 'REIKI', deviationReason: 'Asked for.' },
      {},
      'SESSION_TECHNIQUE_UNKNOWN',
    ],
    ['a technique outside the plan and no reason', { technique: 'TPR' }, {}, 'SESSION_TECHNIQUE_NOT_IN_PLAN'],
    ['a place outside the plan and no reason', { region: 'elbow' }, {}, 'SESSION_SITE_NOT_IN_PLAN'],
    ['the other side and no reason', { side: 'left' }, {}, 'SESSION_SITE_NOT_IN_PLAN'],
    ['both sides where one is planned', { side: 'bilateral' }, {}, 'SESSION_SITE_NOT_IN_PLAN'],
    ['a region that is no place', { region: 'widespread' }, {}, 'SESSION_SITE_INVALID'],
    ['a side that the region has not', { side: 'midline' }, {}, 'SESSION_SITE_INVALID'],
    ['half minutes', { minutes: 7.5 }, {}, 'SESSION_MINUTES_MISMATCH'],
    ['pain of 12', { nprsDuring: 12 }, {}, 'SESSION_NPRS_RANGE'],
    ['a code that is none', { cpt: 'BANANA' }, {}, 'SESSION_CODE_UNKNOWN'],
    ['an evaluation code said to be timed', { cpt: '97161' }, {}, 'SESSION_CODE_TIMING'],
    ['a timed code said to be none', { timed: false }, {}, 'SESSION_CODE_TIMING'],
  ])('is refused with %s', (_what, more, asked, code) => {
    expect(gist(record(more, asked))).toBe(code);
  });

  it.each([
    ['97140', true],
    ['97161', false],
  ])('counts the minutes of %s: %s, whatever is left unsaid', (cpt, timed) => {
    const { timed: _said, ...command } = { ...COMMANDS.RecordIntervention, cpt };
    const answer = ask(underWay(), command);
    expect(answer.ok && answer.events[0]?.data).toMatchObject({ cpt, timed });
  });

  it('may leave the plan once in each way, with the reason', () => {
    const technique = record({ technique: 'TPR', deviationReason: 'A new trigger point.' });
    expect(technique.ok && technique.events[0]?.data).toMatchObject({
      deviations: ['technique'],
      deviationReason: 'A new trigger point.',
    });
    const after = underWay(
      intervention({ technique: 'TPR', deviations: ['technique'], deviationReason: 'A new trigger point.' }),
    );
    expect(gist(record({ technique: 'ART', deviationReason: 'Once more.' }, {}, after))).toBe(
      'SESSION_TECHNIQUE_NOT_IN_PLAN',
    );
    expect(gist(record({ region: 'elbow', deviationReason: 'Radiates.' }, {}, after))).toEqual([
      'InterventionRecorded',
    ]);
    const elsewhere = underWay(
      intervention({ region: 'elbow', deviations: ['site'], deviationReason: 'Radiates.' }),
    );
    expect(gist(record({ region: 'forearm', deviationReason: 'Further down.' }, {}, elsewhere))).toBe(
      'SESSION_SITE_NOT_IN_PLAN',
    );
  });

  it('may be anywhere under a plan for widespread pain', () => {
    expect(
      gist(record({ region: 'hip', side: 'left' }, plan({ sites: [{ region: 'widespread' }] }))),
    ).toEqual(['InterventionRecorded']);
  });
});

describe('completing', () => {
  const complete = (
    more: Partial<Extract<SessionCommand, { type: 'CompleteSession' }>>,
    asked: Asked = {},
    history: History = SCENES.InProgress,
  ) => ask(history, { ...COMMANDS.CompleteSession, ...more }, asked);

  it("adds up timed minutes and allots units by the payer's method", () => {
    const history = underWay(
      intervention({ minutes: 33, cpt: '97110' }),
      intervention({ minutes: 7 }),
      intervention({ minutes: 20, timed: false, cpt: '97010' }),
    );
    const answer = complete({ totalTreatmentMinutes: 60 }, {}, history);
    expect(answer.ok && answer.events[0]?.data).toMatchObject({
      totalTimedMinutes: 40,
      totalTreatmentMinutes: 60,
      complianceFlags: [],
      units: {
        method: 'CMS_TOTAL_TIME',
        profileVersion: '2026.1',
        totalUnits: 3,
        byCode: [
          { cpt: '97110', units: 2 },
          { cpt: '97140', units: 1 },
        ],
      },
    });
  });

  it('counts no minutes of an untimed code, though they were recorded as timed once', () => {
    const history = underWay(intervention({ minutes: 30, cpt: '97161' }), intervention({ minutes: 15 }));
    const answer = complete({}, {}, history);
    expect(answer.ok && answer.events[0]?.data).toMatchObject({
      totalTimedMinutes: 15,
      units: { totalUnits: 1, byCode: [{ cpt: '97140', units: 1 }] },
    });
  });

  it('counts no units where the payer counts none', () => {
    const history = [scheduled({ payerProfile: 'SELF-PAY' }), ...SCENES.InProgress.slice(1)];
    const answer = complete({}, {}, history);
    expect(answer).toMatchObject({ ok: true, events: [{ type: 'SessionPerformed' }] });
    expect(answer.ok && answer.events[0]?.data).not.toHaveProperty('units');
  });

  it('lets the therapist choose between equal claims, and says where nobody has', () => {
    const history = underWay(intervention({ minutes: 8, cpt: '97110' }), intervention({ minutes: 8 }));
    const open = complete({}, {}, history);
    expect(open.ok && open.events[0]?.data).toMatchObject({
      complianceFlags: ['UNIT_TIE_UNSETTLED'],
      units: { totalUnits: 1, tie: { settled: false } },
    });
    const chosen = complete({ unitChoice: ['97140'] }, {}, history);
    expect(chosen.ok && chosen.events[0]?.data).toMatchObject({
      complianceFlags: [],
      units: {
        byCode: [
          { cpt: '97110', units: 0 },
          { cpt: '97140', units: 1 },
        ],
      },
    });
  });

  it.each<[string, Parameters<typeof complete>[0], string]>([
    ['an end that is still to come', { end: '2026-04-01T15:30:00.001Z' }, 'SESSION_FUTURE'],
    ['an end before the start', { start: END, end: START }, 'SESSION_PERIOD_INVALID'],
    [
      'a visit ten years before its order, by a slip of a digit',
      { start: '2016-04-01T14:00:00.000Z', end: '2016-04-01T15:00:00.000Z' },
      'SESSION_PERIOD_INVALID',
    ],
    ['pain of 11', { nprsPost: 11 }, 'SESSION_NPRS_RANGE'],
    ['less treatment than timed minutes', { totalTreatmentMinutes: 29 }, 'SESSION_MINUTES_MISMATCH'],
    ['more treatment than time', { totalTreatmentMinutes: 61 }, 'SESSION_MINUTES_MISMATCH'],
    ['half minutes', { totalTreatmentMinutes: 40.5 }, 'SESSION_MINUTES_MISMATCH'],
  ])('is refused with %s', (_what, more, code) => {
    expect(gist(complete(more))).toBe(code);
  });

  it.each<[string, Asked, History, readonly string[]]>([
    [
      'a certification that is overdue',
      plan({ certification: { due: '2026-03-31' } }),
      SCENES.InProgress,
      ['CERTIFICATION_OVERDUE'],
    ],
    [
      'a certification that has lapsed',
      plan({ certification: { due: '2026-03-01', until: '2026-03-31' } }),
      SCENES.InProgress,
      ['CERTIFICATION_LAPSED'],
    ],
    [
      'a certification on its last day',
      plan({ certification: { due: '2026-03-01', until: '2026-04-01' } }),
      SCENES.InProgress,
      [],
    ],
    ['a payer who wants none', plan({ certification: undefined }), SCENES.InProgress, []],
    ['a plan whose time is over', plan({ periodEnd: '2026-03-31' }), SCENES.InProgress, ['PLAN_PERIOD_OVER']],
    ['a deviation', {}, underWay(intervention({ deviations: ['site'] })), ['DEVIATION_FROM_PLAN']],
    [
      'an entry after more than seven days',
      { at: '2026-04-08T15:00:00.001Z' },
      SCENES.InProgress,
      ['LATE_ENTRY'],
    ],
    [
      'minutes that another patient had',
      { facts: { beside: [{ start: START, end: END, timedMinutes: 31 }] } },
      SCENES.InProgress,
      ['ONE_TO_ONE_OVERLAP'],
    ],
    [
      'another patient in turn',
      { facts: { beside: [{ start: START, end: END, timedMinutes: 30 }] } },
      SCENES.InProgress,
      [],
    ],
    ['an entry after seven days', { at: '2026-04-08T15:00:00.000Z' }, SCENES.InProgress, []],
  ])('is never held up by %s', (_what, asked, history, complianceFlags) => {
    const answer = complete({}, asked, history);
    expect(answer.ok && answer.events[0]?.data).toMatchObject({ complianceFlags });
  });

  it('documents an evaluation without a plan', () => {
    expect(
      gist(
        complete({}, { facts: { plan: undefined } }, [
          scheduled({ kind: 'evaluation' }),
          ...underWay().slice(1),
        ]),
      ),
    ).toEqual(['SessionPerformed']);
  });
});

describe('the signature', () => {
  it('names who signed and with what profession', () => {
    const answer = ask(SCENES.Performed, COMMANDS.SignSession);
    expect(answer.ok && answer.events[0]?.data).toEqual({
      signature: { practitionerId: THERAPIST_ID, at: AFTER },
      credential: 'PT (CA)',
      complianceFlags: [],
    });
  });

  it('is marked when it comes after seven days', () => {
    const answer = ask(SCENES.Performed, COMMANDS.SignSession, { at: '2026-04-08T15:00:00.001Z' });
    expect(answer.ok && answer.events[0]?.data).toMatchObject({ complianceFlags: ['LATE_SIGNATURE'] });
  });

  it('is marked when the therapist documented another patient in the same minutes since', () => {
    const beside = { facts: { beside: [{ start: START, end: END, timedMinutes: 31 }] } };
    const flagsOf = (history: History): unknown => {
      const answer = ask(history, COMMANDS.SignSession, beside);
      return answer.ok && answer.events[0]?.data;
    };
    expect(flagsOf(SCENES.Performed)).toMatchObject({ complianceFlags: ['ONE_TO_ONE_OVERLAP'] });
    const flagged = [...underWay(), performed({ complianceFlags: ['ONE_TO_ONE_OVERLAP'] })];
    expect(flagsOf(flagged)).toMatchObject({ complianceFlags: [] });
  });

  const unlicensed = { facts: { therapist: { ...THERAPIST_FACT, maySign: false } } };

  it.each<[string, History, SessionCommand, Asked, string]>([
    [
      'signing by a colleague',
      SCENES.Performed,
      COMMANDS.SignSession,
      { by: COLLEAGUE },
      'SESSION_NOT_THE_THERAPIST',
    ],
    [
      'signing without a licence',
      SCENES.Performed,
      COMMANDS.SignSession,
      unlicensed,
      'SESSION_LICENCE_INVALID',
    ],
    ['signing twice', SCENES.Signed, COMMANDS.SignSession, {}, 'SESSION_ALREADY_SIGNED'],
    [
      'amending by a colleague',
      SCENES.Signed,
      COMMANDS.AmendSession,
      { by: COLLEAGUE },
      'SESSION_NOT_THE_THERAPIST',
    ],
    [
      'amending without a licence',
      SCENES.Signed,
      COMMANDS.AmendSession,
      unlicensed,
      'SESSION_LICENCE_INVALID',
    ],
    [
      'amending what is not signed',
      [...underWay(), performed()],
      COMMANDS.AmendSession,
      {},
      'SESSION_ILLEGAL_TRANSITION',
    ],
  ])('%s is refused', (_what, history, command, asked, code) => {
    expect(gist(ask(history, command, asked))).toBe(code);
  });
});
