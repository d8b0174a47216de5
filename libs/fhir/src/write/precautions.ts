/**
 * One proposal for what a file says again and again: a medicine is prescribed anew every month, and a person weighs it once. What has
 * one patient, row and code is one, and stands as long as any of it goes on.
 */
import type { ImportedPrecaution } from '../bundle/items.js';

const earliest = (days: readonly (string | undefined)[]): string | undefined =>
  days.filter((day) => day !== undefined).toSorted()[0];

const latest = (days: readonly (string | undefined)[]): string | undefined =>
  days
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);

const lastChange = (instants: readonly (string | undefined)[]): string | undefined =>
  instants
    .filter((instant) => instant !== undefined)
    .toSorted((one, other) => Date.parse(one) - Date.parse(other))
    .at(-1);

/** The name that it keeps from file to file of one source. */
const identityOf = ({ patient, catalogueId, code }: ImportedPrecaution): string =>
  JSON.stringify(['precaution', patient.identity, catalogueId, code.system, code.code]);

const asOne = (
  identity: string,
  [first, ...others]: readonly [ImportedPrecaution, ...ImportedPrecaution[]],
): ImportedPrecaution => {
  const all = [first, ...others];
  const { since: _since, ended: _ended, endedDate: _on, lastUpdated: _at, ...about } = first;
  const since = earliest(all.map((one) => one.since));
  const endedDate = latest(all.map((one) => one.endedDate));
  const lastUpdated = lastChange(all.map((one) => one.lastUpdated));
  const isOver = all.every(({ ended }) => ended === true);
  return {
    ...about,
    identity,
    ...(since === undefined ? {} : { since }),
    ...(isOver ? { ended: true as const } : {}),
    ...(isOver && endedDate !== undefined ? { endedDate } : {}),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  };
};

/** @returns one for each patient, row and code, where the first of them stands in the file */
export const proposalsOf = (precautions: readonly ImportedPrecaution[]): readonly ImportedPrecaution[] =>
  [...Map.groupBy(precautions, identityOf)].flatMap(([identity, [first, ...others]]) =>
    first === undefined ? [] : [asOne(identity, [first, ...others])],
  );
