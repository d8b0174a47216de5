import { Failure } from './failure.js';

/** What a person can mend gets its sentence; everything else is a bug and keeps its stack. */
export const mendable = async (error: unknown): Promise<Failure | undefined> => {
  const { sentenceOf } = await import('@fascia/composition');
  const sentence = sentenceOf(error);
  return sentence === undefined ? undefined : new Failure(sentence);
};
