/** The screens ask where the questions say that they are asked. */
import { questions, type Status as Answered } from '@fascia/composition';
import type { ModelStatus } from '@fascia/read-store/host';
import type { KeyStatus as KeysAnswered, TurnedOver as Turned } from '@fascia/sealing';
import { ADDRESSES } from '../../apps/web/src/api/questions.js';
import type { KeyStatus, TurnedOver } from '../../apps/web/src/keys/answers.js';
import type { Model, Status } from '../../apps/web/src/operations/answers.js';

describe('an address of the screens', () => {
  it.each(Object.entries(ADDRESSES))('%s is asked at %s', (name, at) => {
    expect(questions.find((question) => question.name === name)?.at).toBe(at);
  });
});

describe('what operators are answered', () => {
  it('has what the screens read of it: otherwise this does not compile', () => {
    const read: readonly [
      (of: ModelStatus) => Model,
      (of: Answered) => Status,
      (of: KeysAnswered) => KeyStatus,
      (of: Turned) => TurnedOver,
    ] = [(of) => of, (of) => of, (of) => of, (of) => of];
    expect(read).toHaveLength(4);
  });
});
