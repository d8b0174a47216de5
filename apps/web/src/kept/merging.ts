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

const isWhole = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One form of one person: as {@link merged}, and so within each part that has parts of its own. */
export const filledIn = <T extends object>(before: T, here: T, there: T): T => {
  const [was, ours, theirs] = [partsOf(before), partsOf(here), partsOf(there)];
  const within = Object.entries(ours).flatMap(([part, our]) => {
    const their = theirs[part];
    const it = was[part];
    return isWhole(our) && isWhole(their)
      ? [[part, filledIn(isWhole(it) ? it : {}, our, their)] as const]
      : [];
  });
  return { ...merged(before, here, there), ...Object.fromEntries(within) };
};
