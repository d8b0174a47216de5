/** A way to be at a screen: with the pointer (hands.ts), or with nothing but keys (keys.ts). A story does not ask which. */
import type { Eyes, GivenFile } from './eyes.js';
import type { Thing } from './things.js';

/** Where one goes from everywhere, by its name. */
export type Place =
  | 'My referrals'
  | 'Inbox'
  | 'Schedule'
  | 'Proposed precautions'
  | 'One person or two'
  | 'Merged records'
  | 'Operations'
  | 'Imports'
  | 'People'
  | 'Organisations'
  | 'Keys'
  | 'Cases'
  | 'Who looked';

export interface Way extends Pick<Eyes, 'sees' | 'seesNoMore' | 'count' | 'reads'> {
  /** A button, a link, a box. */
  pushes(thing: Thing): Promise<void>;
  /** Whatever a field held before. */
  writes(field: Thing, text: string): Promise<void>;
  /** Of a day as `2026-04-03`, or a time as `14:05`, whatever the field makes of it. */
  sets(field: Thing, value: string): Promise<void>;
  /** One of a list that opens. */
  chooses(list: Thing, one: Thing): Promise<void>;
  /** One of a list that is found by typing. */
  finds(list: Thing, typed: string, one: Thing): Promise<void>;
  /** One of a few that stand beside each other. @param group of them */
  answers(group: Thing, name: string | RegExp): Promise<void>;
  /** What a row offers to be done first. */
  doesFirst(row: Thing, offered: Thing): Promise<void>;
  /** The page that a row is about. */
  opens(row: Thing): Promise<void>;
  /** Files, to a button that asks for them: chosen in the dialog of the system. */
  gives(asking: Thing, files: readonly GivenFile[]): Promise<void>;
  goesTo(place: Place): Promise<void>;
  /** @returns how many presses it took, of a pointer or of a key that does something */
  counted(deed: () => Promise<void>): Promise<number>;
}
