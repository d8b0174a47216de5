/** What must be true of registers at rest, whatever happened to those who claimed. */
import type { Claim, RegisterReport } from '@fascia/write-door';

export interface Holding {
  readonly id: string;
  readonly claims: readonly Claim[];
}

/** Of one command; a round that is lost is won by another one, and there are few. */
const MOST_APPENDS = 40;

const overlap = (a: Claim, b: Claim): boolean =>
  a.interval === undefined ||
  b.interval === undefined ||
  (a.interval.from < b.interval.to && b.interval.from < a.interval.to);

/** Nothing is held twice, by the owners' own events. */
export const holderViolations = (holdings: readonly Holding[]): readonly string[] => {
  const all = holdings.flatMap(({ id, claims }) => claims.map((claim) => ({ id, claim })));
  return all.flatMap(({ id, claim }, index) =>
    all
      .slice(index + 1)
      .filter(({ claim: other }) => other.key.join(' ') === claim.key.join(' ') && overlap(claim, other))
      .map(({ id: other }) => `${claim.key.join(' ')} is held by ${id} and ${other}`),
  );
};

/** What an owner holds is in its register, once. */
export const registerViolations = ({ lacking, clashing, unknown }: RegisterReport): readonly string[] => [
  ...lacking.map(({ owner, register }) => `${owner} holds what ${register} does not know of`),
  ...clashing.map(({ owner, register }) => `${owner} is not alone in ${register}`),
  ...unknown.map((stream) => `${stream} cannot be read`),
];

/** Everybody was answered, and in few rounds. */
export const roundViolations = (
  asked: readonly { readonly what: string; readonly appends: number; readonly ended: boolean }[],
): readonly string[] =>
  asked.flatMap(({ what, appends, ended }) => [
    ...(ended ? [] : [`${what} was never answered`]),
    ...(appends > MOST_APPENDS ? [`${what} took ${String(appends)} appends`] : []),
  ]);
