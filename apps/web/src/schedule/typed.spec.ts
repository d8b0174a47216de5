import { beginningAt, bodyOf, missingIn, nothingTyped, periodOf, spread, type Typed } from './typed.js';

const ZONE = 'America/New_York';
const NOW = Date.parse('2026-03-02T15:00:00.000Z');
const FIRST = { day: '2026-03-03', time: '09:30' };

let n = 0;
const newKey = (): string => `k${String((n += 1))}`;

const booking = (more: Partial<Typed> = {}): Typed => ({
  ...nothingTyped(FIRST, newKey),
  referralId: 'r',
  therapistId: 't',
  ...more,
});

describe('a visit to be booked', () => {
  it('is asked for at the time of the clinic, for so long', () => {
    const typed = booking();
    const [visit] = typed.visits;
    expect(visit && bodyOf(typed, visit, { zone: ZONE, now: NOW })).toEqual({
      referralId: 'r',
      therapistId: 't',
      kind: 'treatment',
      start: '2026-03-03T14:30:00.000Z',
      end: '2026-03-03T15:15:00.000Z',
    });
  });

  it('is as long as it is said to be where clocks change meanwhile', () => {
    expect(periodOf({ day: '2026-03-08', time: '01:30' }, 60, ZONE)).toEqual({
      start: '2026-03-08T06:30:00.000Z',
      end: '2026-03-08T07:30:00.000Z',
    });
  });

  it('is not asked for before its day and time are there', () => {
    for (const visit of [
      { ...FIRST, key: 'k', time: '' },
      { ...FIRST, key: 'k', day: '' },
    ]) {
      const typed = booking({ visits: [visit] });
      expect(bodyOf(typed, visit, { zone: ZONE, now: NOW })).toBeUndefined();
      expect(missingIn(typed, ZONE, NOW)).toEqual(['visits']);
    }
  });

  it('needs somebody for whom and with whom', () => {
    expect(missingIn(booking(), ZONE, NOW)).toEqual([]);
    expect(missingIn(booking({ referralId: '', therapistId: '' }), ZONE, NOW)).toEqual([
      'referralId',
      'therapistId',
    ]);
  });

  it('that has taken place says why it is recorded late; one that is to come does not', () => {
    const [past, coming] = [
      { day: '2026-03-02', time: '08:30', key: 'a' },
      { day: '2026-03-04', time: '08:30', key: 'b' },
    ];
    const typed = booking({ visits: [past, coming] });
    expect(missingIn(typed, ZONE, NOW)).toEqual(['lateReason']);
    const said = { ...typed, lateReason: ' The network was down. ' };
    expect(bodyOf(said, past, { zone: ZONE, now: NOW })).toMatchObject({
      lateReason: 'The network was down.',
    });
    expect(bodyOf(said, coming, { zone: ZONE, now: NOW })).not.toHaveProperty('lateReason');
  });

  it('says why it goes beyond the order where somebody said so', () => {
    const typed = booking({ beyondOrder: 'It helps.' });
    const [visit] = typed.visits;
    expect(visit && bodyOf(typed, visit, { zone: ZONE, now: NOW })).toMatchObject({
      beyondOrder: 'It helps.',
    });
  });
});

describe('a series', () => {
  it('is spread over the weeks, each visit with a key of its own', () => {
    const { visits } = spread(booking(), 3, 2, newKey);
    expect(visits.map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-06', '2026-03-10']);
    expect(visits.map(({ time }) => time)).toEqual(['09:30', '09:30', '09:30']);
    expect(new Set(visits.map(({ key }) => key)).size).toBe(3);
  });

  it('leaves where it is what was put there by hand, and keeps keys', () => {
    const whole = { ...booking(), ...spread(booking(), 3, 2, newKey) };
    const byHand = { day: '2026-03-07', time: '11:00', key: 'mine', byHand: true };
    const again = spread({ ...whole, visits: whole.visits.with(1, byHand) }, 4, 1, newKey);
    expect(again.visits[1]).toEqual(byHand);
    expect(again.visits.map(({ day }) => day)).toEqual([
      '2026-03-03',
      '2026-03-07',
      '2026-03-17',
      '2026-03-24',
    ]);
    expect(again.visits[2]?.key).toBe(whole.visits[2]?.key);
  });

  it('leaves as it is what is booked, however few are asked for', () => {
    const whole = { ...booking(), ...spread(booking(), 3, 2, newKey) };
    const done = {
      ...whole,
      visits: whole.visits.map((visit, n) => (n === 1 ? { ...visit, booked: true } : visit)),
    };
    const moved = {
      ...done,
      visits: done.visits.with(0, { day: '2026-03-04', time: '11:00', key: 'first' }),
    };
    const { visits } = spread(moved, 1, 2, newKey);
    expect(visits).toEqual([moved.visits[0], done.visits[1]]);
    expect(
      missingIn({ ...moved, visits: visits.slice(1).map((one) => ({ ...one, day: '' })) }, ZONE, NOW),
    ).toEqual([]);
  });

  it('is of one visit at least, and of as many as anybody books at most', () => {
    expect(spread(booking(), 0, 2, newKey).visits).toHaveLength(1);
    expect(spread(booking(), 1_000, 2, newKey).visits).toHaveLength(60);
  });

  it('evaluates once', () => {
    const typed = { ...booking({ kind: 'evaluation' }), ...spread(booking(), 2, 2, newKey) };
    expect(typed.visits.map((visit) => bodyOf(typed, visit, { zone: ZONE, now: NOW })?.kind)).toEqual([
      'evaluation',
      'treatment',
    ]);
  });

  it('of a form that was left begins where the calendar was pointed at, and is another visit there', () => {
    const some = spread(booking(), 3, 2, newKey).visits;
    const visits = some.map((visit, n) => (n === 1 ? { ...visit, booked: true } : visit));
    const left = booking({ lateReason: 'The network was down.', visits });
    const begun = nothingTyped({ day: '2026-03-05', time: '11:00' }, newKey);
    const { visits: going, ...rest } = beginningAt(begun, left);
    expect(going).toEqual([begun.visits[0], some[2]]);
    expect(rest).toMatchObject({ referralId: 'r', therapistId: 't', lateReason: 'The network was down.' });
  });
});
