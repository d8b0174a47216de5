import { scored } from '@fascia/assessment/rules';
import {
  benefitsOf,
  givenIn,
  givenOf,
  goalsInForce,
  seriesOf,
  treatedIn,
  type Goal,
} from '@fascia/letter/rules';
import { isPlain, isWorse, nothingUnmet, proposedKind } from './outcome.js';
import { countsFrom, earlierThan, type Assessment, type Change, type Visit } from './series.js';
import {
  againOf,
  anotherOf,
  correctionOf,
  motionsOf,
  saidOf,
  sidesOfMotion,
  verdictOn,
  type Typed,
} from './typed.js';

type Said = Parameters<typeof scored>[0];

const WORSE: Change = {
  label: 'worsened',
  gain: -3,
  threshold: 2,
  meaningful: 2,
  source: 'S24',
  thresholdsVersion: '1',
  weak: false,
};

const flexion = {
  instrument: 'ROM',
  joint: 'knee',
  motion: 'flexion',
  side: 'left',
  mode: 'active',
} as const;

const measured = (said: Said, change: Change | null = null): Assessment => {
  const measurement = scored(said);
  if ('code' in measurement) throw new Error(measurement.detail);
  return {
    id: crypto.randomUUID(),
    version: 1,
    patientId: 'p',
    referralId: 'r',
    sessionId: null,
    point: 'interim',
    measurement,
    change,
    raterId: 'a',
    recordedAt: '2026-04-01T09:00:00.000Z',
  };
};

const pain = (value: number, change: Change | null = null): Assessment =>
  measured({ instrument: 'NPRS', value }, change);

const painless: Goal = {
  goalId: 'g1',
  category: 'pain',
  measure: 'NPRS',
  baseline: 6,
  target: 2,
  longTerm: true,
  text: 'Stairs.',
};
const inWords: Goal = { goalId: 'g2', category: 'wellbeing', longTerm: true, text: 'Sleeps through.' };

describe('what was measured', () => {
  it('is told by kind, from the first to the last', () => {
    const [first, other, last] = [pain(6), measured({ ...flexion, value: 90 }), pain(3)];
    const [pains, angles] = seriesOf([first, other, last]);
    expect(pains).toMatchObject({ baseline: first, now: last, points: [first, last] });
    expect(angles?.points).toEqual([other]);
  });

  it('counts from the threshold of the last label, before there is one from that of the same rater', () => {
    const of = (...all: readonly Assessment[]) => seriesOf(all).map(countsFrom);
    expect(of(pain(6))).toEqual([2]);
    expect(of(measured({ ...flexion, value: 90 }))).toEqual([5]);
    expect(
      of(
        measured({ ...flexion, value: 90 }),
        measured({ ...flexion, value: 95 }, { ...WORSE, threshold: 10 }),
      ),
    ).toEqual([10]);
  });

  it('is labelled against what came before it alone', () => {
    const all = [pain(6), pain(3), pain(2)];
    const second = all[1] ?? pain(0);
    expect(earlierThan(all, second).map(({ points }) => points)).toEqual([[all[0]]]);
  });
});

describe('the five benefits', () => {
  const series = seriesOf([pain(6), measured({ ...flexion, value: 90 }), pain(2)]);
  const of = (goals: readonly Goal[]) =>
    Object.fromEntries(benefitsOf(series, goals).map(({ category, lines }) => [category, lines]));

  it('are five, and one of which nothing is known has no line', () => {
    expect(Object.keys(of([]))).toEqual(['mobility', 'pain', 'recovery', 'posture', 'wellbeing']);
    expect(of([])).toMatchObject({ recovery: [], posture: [], wellbeing: [] });
  });

  it('have what was measured where it belongs, or where a goal of the plan puts it', () => {
    expect(of([painless])['pain']).toEqual([{ series: series[0], goal: painless }]);
    expect(of([])['mobility']).toEqual([{ series: series[1] }]);
    const sleep: Goal = { ...painless, category: 'wellbeing' };
    expect(of([sleep])).toMatchObject({ pain: [], wellbeing: [{ series: series[0], goal: sleep }] });
  });

  it('have goals of which nothing was measured', () => {
    expect(of([inWords])['wellbeing']).toEqual([{ goal: inWords }]);
  });
});

it('is wanted what the plan says that was signed last, over or not', () => {
  const plan = (establishedAt: string | null, ...goals: Goal[]) =>
    ({ establishedAt, inForce: establishedAt === null ? null : { goals } }) as Parameters<
      typeof goalsInForce
    >[0][number];
  const [first, second] = ['2026-04-01T09:00:00.000Z', '2026-05-01T09:00:00.000Z'] as const;
  expect(goalsInForce([plan(first, inWords), plan(second, painless), plan(null)])).toEqual([painless]);
  expect(goalsInForce([plan(null)])).toEqual([]);
});

describe('an outcome', () => {
  const missed = (inARow: number) => ({ missed: { inARow, total: inARow } });
  const met = seriesOf([pain(6), pain(2)]);
  const unmet = seriesOf([pain(6), pain(5)]);

  it('is proposed where what was measured says it', () => {
    expect(proposedKind(missed(0), met, [painless])).toBe('goals-met');
    expect(proposedKind(missed(0), met, [painless, inWords])).toBe('goals-met');
    expect(proposedKind(missed(3), unmet, [painless])).toBe('lost-to-follow-up');
  });

  it('is left to a person elsewhere', () => {
    expect(proposedKind(missed(2), unmet, [painless])).toBeUndefined();
    expect(proposedKind(missed(0), met, [])).toBeUndefined();
    expect(proposedKind(missed(0), met, [inWords])).toBeUndefined();
  });

  it('asks why goals are called met where the service asks it', () => {
    expect(nothingUnmet(met, [painless])).toBe(true);
    expect(nothingUnmet(met, [inWords])).toBe(true);
    expect(nothingUnmet(unmet, [painless])).toBe(false);
    expect(nothingUnmet(met, [])).toBe(false);
  });

  it('asks for a next step where something is worse', () => {
    const worse = seriesOf([pain(6), pain(9, WORSE)]);
    expect(isWorse({ kind: 'plateau' }, worse)).toBe(true);
    expect(isWorse({ kind: 'red-flag' }, met)).toBe(true);
    expect(isWorse({ kind: 'lost-to-follow-up' }, [])).toBe(true);
    expect(isWorse({ kind: 'plateau' }, unmet)).toBe(false);
    expect(isPlain({ kind: 'goals-met', goalsMetReason: null }, worse)).toBe(false);
  });

  it('is plain where the goals are met and nobody had to say why it is called so', () => {
    expect(isPlain({ kind: 'goals-met', goalsMetReason: null }, met)).toBe(true);
    expect(isPlain({ kind: 'goals-met', goalsMetReason: 'By her words.' }, met)).toBe(false);
    expect(isPlain({ kind: 'plateau', goalsMetReason: null }, met)).toBe(false);
  });
});

it('is treated what signed visits say, each place once for each tissue', () => {
  const visit = (state: Visit['state'], ...tissues: readonly string[]) =>
    ({
      state,
      interventions: tissues.map((tissue) => ({ region: 'knee', side: 'left', tissue })),
    }) as unknown as Visit;
  const visits = [
    visit('Signed', 'tendon', 'tendon', 'fascia'),
    visit('Stopped', 'scar'),
    visit('Signed', 'tendon'),
  ];
  expect(givenOf(visits)).toHaveLength(2);
  expect(treatedIn(visits)).toEqual([
    { region: 'knee', side: 'left', tone: 'tendon' },
    { region: 'knee', side: 'left', tone: 'fascia' },
  ]);
});

describe('the visits that were given', () => {
  const signed = (start: string) => ({ state: 'Signed', start }) as Visit;
  const visits = [
    signed('2026-04-01'),
    { state: 'Scheduled', start: '2026-04-02' } as Visit,
    signed('2026-04-03'),
  ];

  it('are those that are signed, from the first to the last', () => {
    expect(givenIn(visits)).toEqual({ count: 2, first: '2026-04-01', last: '2026-04-03' });
    expect(givenIn([])).toBeUndefined();
  });

  it('are more than are shown, where the service says so', () => {
    expect(givenIn(visits, { first: '2025-01-07', count: 90 })).toEqual({
      count: 90,
      first: '2025-01-07',
      last: '2026-04-03',
    });
    expect(givenIn([], { first: '2025-01-07', count: 1 })?.last).toBe('2025-01-07');
  });
});

describe('what is typed', () => {
  const earlier = seriesOf([pain(6), measured({ ...flexion, value: 90, device: 'goniometer' })]);
  const typed = (more: Partial<Typed>): Typed => ({ ...anotherOf('NPRS'), ...more });
  const angle = (more: Partial<Typed>): Typed => ({ ...anotherOf('ROM'), ...flexion, ...more });

  it('says nothing before there is a score', () => {
    expect(saidOf(typed({ value: ' ' }))).toBeUndefined();
    expect(saidOf(anotherOf('PSFS'))).toBeUndefined();
    expect(verdictOn(typed({}), 'a', earlier)).toBeUndefined();
  });

  it('is labelled against the first of its kind', () => {
    expect(verdictOn(typed({ value: '3' }), 'a', earlier)?.change).toMatchObject({
      label: 'improved',
      gain: 3,
    });
    expect(verdictOn(typed({ value: '3', region: 'knee' }), 'a', earlier)).not.toHaveProperty('change');
    expect(verdictOn(angle({ value: '96' }), 'a', earlier)?.change).toEqual({
      label: 'notComparable',
      because: 'device',
    });
    expect(verdictOn(angle({ value: '96', device: 'goniometer' }), 'b', earlier)?.change).toMatchObject({
      label: 'unchanged',
      threshold: 10,
    });
  });

  it('is refused in the words of the rule', () => {
    expect(verdictOn(typed({ value: '11' }), 'a', earlier)?.refusal).toMatchObject({ code: 'MEASURE_RANGE' });
    expect(
      verdictOn({ ...anotherOf('PSFS'), items: ['3', '4', '', '', ''] }, 'a', [])?.refusal,
    ).toMatchObject({ code: 'MEASURE_INCOMPLETE' });
    expect(verdictOn(angle({ value: '190' }), 'a', earlier)?.refusal?.about).toHaveProperty('confirm');
    expect(verdictOn(angle({ value: '190', confirmed: true }), 'a', earlier)).not.toHaveProperty('refusal');
  });

  it('is what the contract takes', () => {
    expect(saidOf(angle({ value: '-5', position: ' prone ' }))).toEqual({
      ...flexion,
      value: -5,
      position: 'prone',
    });
    expect(saidOf({ ...anotherOf('PSFS'), items: ['3', '', '4', '5', ''] })).toEqual({
      instrument: 'PSFS',
      items: [3, 4, 5],
    });
  });

  it('begins as it was measured before, or as it was recorded', () => {
    const [, angles] = earlier;
    expect(angles && againOf(angles, 's')).toMatchObject({
      ...flexion,
      value: '',
      sessionId: 's',
      point: 'interim',
    });
    expect(correctionOf(measured({ instrument: 'PSFS', items: [3, 4, 5] }))).toMatchObject({
      instrument: 'PSFS',
      items: ['3', '4', '5', '', ''],
    });
  });

  it('has the motions and sides that a joint has', () => {
    expect(motionsOf('knee')).toEqual(['flexion', 'extension']);
    expect(motionsOf('')).toEqual([]);
    expect(sidesOfMotion({ joint: 'knee', motion: 'flexion' })).toEqual(['left', 'right']);
    expect(sidesOfMotion({ joint: 'cervical', motion: 'flexion' })).toEqual(['midline']);
    expect(sidesOfMotion({ joint: 'knee', motion: '' })).toEqual([]);
  });
});
