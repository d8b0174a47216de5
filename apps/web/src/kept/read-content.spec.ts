import { readContent } from './read-content.js';
import { amount, line, list, partialDay, shape, text, whole } from '@fascia/kernel/contract';

const goal = shape('SpecGoal', { text: text(100), weeks: whole(1, 9).optional() });
const contract = shape('SpecContent', {
  onset: partialDay().optional(),
  dose: shape('SpecDose', { perWeek: amount(0.5, 7), visits: whole(1, 60) }).optional(),
  goals: list(goal, { max: 2 }).optional(),
  clinics: list(line(10), { min: 1, max: 2 }).optional(),
});

describe('what a contract can read of a content', () => {
  it('is all of it where it is whole, as it would be stored', () => {
    const content = { onset: '2026-03', goals: [{ text: 'Sleeps. ' }], clinics: ['One'] };
    expect(readContent(contract, content)).toEqual({
      kept: { ...content, goals: [{ text: 'Sleeps.' }] },
      waiting: [],
    });
    expect(readContent(contract, { onset: undefined, unheard: 1 })).toEqual({ kept: {}, waiting: [] });
  });

  it.each([
    ['half a month', { onset: '2026-0' }, /2026-04/],
    ['words where a day belongs', { onset: 'last spring' }, /2026-04/],
    ['a number that is on its way', { dose: { perWeek: 0, visits: 8 } }, /from 0.5 to 7/],
    ['half a visit', { dose: { perWeek: 2, visits: 1.5 } }, /whole number/],
    ['no row where there has to be one', { clinics: [''] }, /text/],
    ['more rows than there may be', { goals: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] }, /0 to 2/],
  ])('is all else, and not %s: that waits, with what the contract says of it', (_what, part, why) => {
    const [name] = Object.keys(part);
    const read = readContent<object>(contract, { ...part, ...(name === 'onset' ? {} : { onset: '2026' }) });
    expect(read.kept).toEqual(name === 'onset' ? {} : { onset: '2026' });
    expect(read.waiting).toEqual([{ part: name, why: expect.stringMatching(why) }]);
  });

  it('is of a list every row that is whole', () => {
    const goals = [{ text: ' ' }, { text: 'Lifts.' }, { text: 'Stairs.', weeks: 10 }];
    const { kept, waiting } = readContent(contract, { goals });
    expect(kept).toEqual({ goals: [{ text: 'Lifts.' }] });
    expect(waiting).toMatchObject([{ part: 'goals', rows: [goals[0], goals[2]] }]);
  });
});
