import { filledIn } from './merging.js';

describe('a form that was left, and is typed in before it is found', () => {
  const nothing = { kind: 'treatment', note: { plan: '', subjective: '' }, rows: [''] };
  const left = { kind: 'evaluation', note: { plan: 'Go on.', subjective: 'Sore.' }, rows: ['a', 'b'] };

  it('is all that was left where nothing was typed', () => {
    expect(filledIn(nothing, nothing, left)).toEqual(left);
  });

  it('has the newer word of what was typed, and of all else what was left', () => {
    const typed = { ...nothing, note: { plan: 'Stop.', subjective: '' } };
    expect(filledIn(nothing, typed, left)).toEqual({ ...left, note: { plan: 'Stop.', subjective: 'Sore.' } });
  });

  it('has rows as they stand, of the one or of the other', () => {
    expect(filledIn(nothing, { ...nothing, rows: ['c'] }, left).rows).toEqual(['c']);
  });
});
