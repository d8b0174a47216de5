import {
  chosen,
  clockOf,
  completionOf,
  NOTHING_TYPED,
  partsLacking,
  refusedOf,
  timesOf,
  withWords,
  type Judging,
  type Typed,
} from './completion.js';

const MINUTE_MS = 60_000;
const began = new Date(2026, 3, 6, 9, 30).getTime();

const visit = {
  start: new Date(began - 5 * MINUTE_MS).toISOString(),
  end: new Date(began + 40 * MINUTE_MS).toISOString(),
  enteredStateAt: new Date(began).toISOString(),
  lateEntry: null,
  interventions: [
    { minutes: 20, timed: true, cpt: '97140' },
    { minutes: 5, timed: false, cpt: '97010' },
  ],
} as unknown as Judging['visit'];

const after = (minutes: number): Judging => ({ visit, now: began + minutes * MINUTE_MS });

const full: Typed = {
  nprsPost: 2,
  narrative: { subjective: 'a', objective: 'b', assessment: 'c', plan: ' d ' },
  unitChoice: [],
};

describe('the times of a visit', () => {
  it('are from when treatment began until now, unless somebody says otherwise', () => {
    expect(timesOf({}, visit, began + 30 * MINUTE_MS)).toEqual({
      start: began,
      end: began + 30 * MINUTE_MS,
    });
    expect(timesOf({ began: '09:10', ended: '09:45' }, visit, began + 60 * MINUTE_MS)).toEqual({
      start: began - 20 * MINUTE_MS,
      end: began + 15 * MINUTE_MS,
    });
  });

  it.each([
    ['before midnight, told after it', '23:36', 16, -40],
    ['after midnight, told before it', '00:10', -20, 30],
  ])('may have begun %s', (_what, typed, minutes, off) => {
    const midnight = new Date(2026, 2, 10).getTime();
    const from = midnight + minutes * MINUTE_MS;
    const noted = { ...visit, enteredStateAt: new Date(from).toISOString() };
    expect(timesOf({ began: typed }, noted, from + 60 * MINUTE_MS)).toEqual({
      start: from + off * MINUTE_MS,
      end: from + 60 * MINUTE_MS,
    });
  });

  it('may go on after midnight', () => {
    const { start = 0, end = 0 } = timesOf({ began: '23:50', ended: '00:20' }, visit, began);
    expect(end - start).toBe(30 * MINUTE_MS);
  });

  it('are those of the booking where it was entered late', () => {
    const late = { ...visit, lateEntry: { reason: 'x', at: '', lagHours: 3 } };
    const { start, end } = timesOf({}, late, began + 999 * MINUTE_MS);
    expect([start, end]).toEqual([Date.parse(visit.start), Date.parse(visit.end)]);
  });

  it('are shown as a clock shows them', () => {
    expect(clockOf(began)).toBe('09:30');
  });
});

describe('the end of a visit', () => {
  it('is told at once all that would be refused', () => {
    expect(refusedOf(NOTHING_TYPED, after(10))).toEqual(['SESSION_MINUTES_MISMATCH', 'SESSION_NPRS_RANGE']);
    expect(refusedOf({ ...full, ended: '23:00' }, after(30))).toContain('SESSION_FUTURE');
    expect(refusedOf({ ...full, began: '' }, after(30))).toEqual(['SESSION_PERIOD_INVALID']);
    expect(refusedOf({ ...full, minutes: 19 }, after(30))).toEqual(['SESSION_MINUTES_MISMATCH']);
    expect(refusedOf(full, after(30))).toEqual([]);
  });

  it('is not sent without its whole narrative', () => {
    expect(partsLacking(NOTHING_TYPED)).toHaveLength(4);
    const halfSaid = { ...full, narrative: { ...full.narrative, plan: ' ' } };
    expect(completionOf(halfSaid, after(30))).toBeUndefined();
  });

  it('says minutes, pain and narrative', () => {
    expect(completionOf(full, after(30))).toEqual({
      start: new Date(began).toISOString(),
      end: new Date(began + 30 * MINUTE_MS).toISOString(),
      totalTreatmentMinutes: 25,
      nprsPost: 2,
      narrative: { subjective: 'a', objective: 'b', assessment: 'c', plan: 'd' },
    });
  });
});

describe('words of the plan', () => {
  it('go in on a line of their own, and nothing that was typed is lost', () => {
    const once = withWords(NOTHING_TYPED, 'plan', 'Walk.');
    expect(withWords(once, 'plan', 'Stretch.').narrative.plan).toBe('Walk.\nStretch.');
  });
});

describe('between equal claims', () => {
  it('as many are chosen as there are units', () => {
    const tie = { candidates: ['1', '2', '3'], places: 1, settled: false };
    expect(chosen(tie, ['1'], '2')).toEqual(['2']);
    expect(chosen(tie, ['2'], '2')).toEqual([]);
  });
});
