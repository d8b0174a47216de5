/** The screens ask where the questions say that they are asked. */
import { questions } from '@fascia/composition';
import { ADDRESSES } from '../../apps/web/src/api/questions.js';

describe('an address of the screens', () => {
  it.each(Object.entries(ADDRESSES))('%s is asked at %s', (name, at) => {
    expect(questions.find((question) => question.name === name)?.at).toBe(at);
  });
});
