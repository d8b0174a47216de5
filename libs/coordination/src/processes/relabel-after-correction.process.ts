/**
 * A label says how a measurement changed since the first one: when that one, or any before, is corrected, later ones are labelled anew
 * (docs/domain/measures.md#labels). What they said before stays in their streams.
 */
import { idOf } from '@fascia/kernel';
import { referralOf, type EventNamed, type Process, type Requested } from '../process.js';

type Input = EventNamed<'AssessmentRecorded' | 'AssessmentCorrected'>;
type Gives = Requested<'assessment', 'RelabelChange'>;

type State = {
  /** Under the referral, in the order in which they were recorded. */
  readonly measured: readonly string[];
};

export const relabelAfterCorrection: Process<Input, State, Gives> = {
  name: 'relabel-after-correction',
  takes: ['AssessmentRecorded', 'AssessmentCorrected'],
  initial: { measured: [] },
  instanceOf: referralOf,
  react: ({ type, stream }, { memory: { measured } }) => {
    const id = idOf(stream);
    if (type === 'AssessmentRecorded') return { noted: { measured: [...measured, id] } };
    return {
      gives: measured.slice(measured.indexOf(id) + 1).map((later) => ({
        category: 'assessment',
        id: later,
        command: { type: 'RelabelChange' },
      })),
    };
  },
};
