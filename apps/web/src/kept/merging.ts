/** What two people have written over the same text, put together. */
import { hashKey } from '@tanstack/react-query';

/** As JSON, in whatever order names stand. */
export const same = (one: unknown, other: unknown): boolean => hashKey([one]) === hashKey([other]);

const partsOf = (whole: object): Readonly<Record<string, unknown>> =>
  whole as Readonly<Record<string, unknown>>;

/** Part by part: what was said here since both had the same stands, of all else what was said there. */
export const merged = <T extends object>(before: T, here: T, there: T): T => {
  const [was, ours, theirs] = [partsOf(before), partsOf(here), partsOf(there)];
  const parts = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  const said = [...parts].map(
    (part) => [part, same(ours[part], was[part]) ? theirs[part] : ours[part]] as const,
  );
  const whole: object = Object.fromEntries(said.filter(([, value]) => value !== undefined));
  return whole as T;
};
