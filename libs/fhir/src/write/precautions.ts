/**
 * One proposal for what a file says again and again: a medicine is prescribed anew every month, and a person weighs it once. What has
 * one patient, row and code is one, and stands as long as any of it goes on.
 */
import type { ImportedEnding, ImportedPrecaution } from '../bundle/items.js';

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
const identityOf = ({ patient, catalogueId, code }: ImportedPrecaution | ImportedEnding): string =>
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

/** @returns one for each patient, row and code of which the file says nowhere that it goes on */
export const endingsOf = (
  endings: readonly ImportedEnding[],
  precautions: readonly ImportedPrecaution[],
): readonly ImportedEnding[] => {
  const proposed = new Set(precautions.map(identityOf));
  return [...Map.groupBy(endings, identityOf)].flatMap(([identity, [first, ...others]]) => {
    if (first === undefined || proposed.has(identity)) return [];
    const all = [first, ...others];
    const { endedDate: _on, lastUpdated: _at, ...about } = first;
    const endedDate = latest(all.map((one) => one.endedDate));
    const lastUpdated = lastChange(all.map((one) => one.lastUpdated));
    // Where one was never so and another is over, it was.
    const why = all.find((one) => one.why === 'over')?.why ?? first.why;
    return {
      ...about,
      identity,
      why,
      ...(endedDate === undefined ? {} : { endedDate }),
      ...(lastUpdated === undefined ? {} : { lastUpdated }),
    };
  });
};
