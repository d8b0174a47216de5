import { RED_FLAG_QUESTIONS } from './red-flag-questions.js';
import { RED_FLAGS } from './red-flags.js';

describe('the questions of red flags', () => {
  it('are one for each row, in its order', () => {
    expect(RED_FLAG_QUESTIONS.map(({ id }) => id)).toEqual(RED_FLAGS.map(({ id }) => id));
  });

  it('are questions, each with a word for who asks and its source', () => {
    for (const { question, help, source } of RED_FLAG_QUESTIONS) {
      expect(question).toMatch(/\?$/);
      expect(help).toMatch(/\.$/);
      expect(source).toMatch(/^(S\d+$|DEF)/);
    }
  });
});
