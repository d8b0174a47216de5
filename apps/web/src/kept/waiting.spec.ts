import { DRAFTED } from '../api/commands.js';
import { keptOf, overlaid, waitingIn } from './waiting.js';

const { plans, referrals } = DRAFTED;

const row = (goalId: string, text: string) => ({ goalId, category: 'pain', longTerm: true, text }) as const;
const [first, second, waiting] = [row('1', 'Sleeps.'), row('2', 'Lifts.'), row('3', '')];

describe('what waits', () => {
  it('is named by its part, with what is wrong; spaces where nothing is said are nothing', () => {
    const content = { onset: '2026-0', clinicalQuestion: ' ', goals: [{ category: 'pain', text: '' }] };
    expect(waitingIn(referrals, content).map(({ part }) => part)).toEqual(['onset', 'goals']);
    const requested = { frequencyPerWeek: 70, weeks: 4, visits: 8 };
    expect(waitingIn(referrals, { onset: '2026', requested })).toEqual([
      { part: 'requested', why: 'must be a number from 0.5 to 7' },
    ]);
    expect(waitingIn(plans, { goals: [first], plannedVisits: 8 })).toEqual([]);
  });
});

describe('what is kept', () => {
  it('is what can be read, of a part that cannot be what could be read last, and of rows those that are whole', () => {
    const good = { onset: '2026-03', clinicalQuestion: 'Stairs?' };
    expect(keptOf(referrals, { ...good, onset: '2026-0' }, good)).toEqual(good);
    expect(keptOf<object>(referrals, { clinicalQuestion: ' ' }, good)).toEqual({});
    expect(keptOf<object>(referrals, { onset: '2026-0' }, {})).toEqual({});
    expect(keptOf(plans, { goals: [waiting, first] }, { goals: [second, waiting] })).toEqual({
      goals: [first],
    });
  });
});

describe('what was typed', () => {
  it('stands where it stood', () => {
    const typed = { content: { goals: [waiting, first] }, beside: { goals: [first] } };
    expect(overlaid<object>(plans, { goals: [first], homeProgram: 'Stairs.' }, typed)).toEqual({
      goals: [waiting, first],
      homeProgram: 'Stairs.',
    });
    const half = {
      content: { onset: '2026-0', clinicalQuestion: 'Stairs? ' },
      beside: { clinicalQuestion: 'Stairs?' },
    };
    expect(overlaid<object>(referrals, { clinicalQuestion: 'Stairs?' }, half)).toEqual(half.content);
    const kept = { content: { onset: '2026-0' }, beside: { onset: '2026-03' } };
    expect(overlaid(referrals, { onset: '2026-03' }, kept)).toEqual({ onset: '2026-0' });
  });

  it('stands beside what somebody else wrote: other parts, and other rows', () => {
    const typed = { content: { goals: [waiting, first] }, beside: { goals: [first] } };
    expect(overlaid(plans, { goals: [first, second] }, typed)).toEqual({ goals: [first, second, waiting] });
    const half = { content: { onset: '2026-0' } };
    expect(overlaid<object>(referrals, { clinicalQuestion: 'Runs?' }, half)).toEqual({
      clinicalQuestion: 'Runs?',
      onset: '2026-0',
    });
  });

  it('is not there twice where somebody else made it whole', () => {
    const typed = { content: { goals: [waiting, first] }, beside: { goals: [first] } };
    const whole = [first, row('3', 'Walks.')];
    expect(overlaid(plans, { goals: whole }, typed)).toEqual({ goals: whole });
  });

  it('is gone where the same was said otherwise since, here or by somebody else', () => {
    const half = { content: { onset: '2026-0' } };
    expect(overlaid(referrals, { onset: '2025' }, half)).toEqual({ onset: '2025' });
    expect(overlaid(referrals, { onset: '2025-1' }, half)).toEqual({ onset: '2025-1' });
    expect(
      overlaid<object>(
        plans,
        { goals: [second] },
        { content: { goals: [first] }, beside: { goals: [first] } },
      ),
    ).toEqual({
      goals: [second],
    });
    expect(overlaid<object>(plans, {}, { content: { goals: [first] }, beside: { goals: [first] } })).toEqual(
      {},
    );
  });
});
