/** What an error's name asks of whoever mends it: as docs/operations.md has it under "Parked". */
export type Cause = 'release' | 'sealed' | 'refused' | 'perhaps' | 'failed';

const CAUSES: ReadonlyMap<string, Cause> = new Map([
  ['NotKnown', 'release'],
  ['UpgradeNeeded', 'release'],
  ['SealBroken', 'sealed'],
  ['StreamUnreadable', 'sealed'],
  ['SyntaxError', 'sealed'],
  ['DatabaseError', 'refused'],
  ['PerhapsDecided', 'perhaps'],
]);

/** @param error a class, and perhaps a code, a constraint or a type after it */
export const causeOf = (error: string): Cause => CAUSES.get(error.split(' ', 1)[0] ?? '') ?? 'failed';
