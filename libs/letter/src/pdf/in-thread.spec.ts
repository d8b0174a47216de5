/** The thread runs what is built (`tsc -b`). */
import type { Letter } from '../letters/letter.js';
import { renderInThread } from './in-thread.js';
import { LetterNotMade, renderLetter } from './render.js';

const LETTER: Letter = { title: 'A letter', parties: [], sections: [], signed: 'Somebody', made: 'here' };

describe('letters set in a thread', () => {
  it('are what they are without one, also several at once', async () => {
    const expected = await renderLetter(LETTER);
    const set = await Promise.all([renderInThread(LETTER), renderInThread(LETTER)]);
    expect(set.map((pdf) => pdf.equals(expected))).toEqual([true, true]);
  });

  it('fail alone, without a word of what they say', async () => {
    const broken = { ...LETTER, sections: [{ heading: 'x', table: 'Grace Tran' }] } as unknown as Letter;
    await expect(renderInThread(broken)).rejects.toThrow(new LetterNotMade());
    expect((await renderInThread(LETTER)).length).toBeGreaterThan(0);
  });

  it('leave time to whoever is served meanwhile', async () => {
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    await renderInThread({ ...LETTER, sections: [{ heading: 'x', paragraphs: ['word '.repeat(4_000)] }] });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(3);
  });
});
