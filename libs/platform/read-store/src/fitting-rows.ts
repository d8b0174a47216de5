/**
 * Rows, as far as the tables that a query names fit this code: a table that is being built, or that another release made, is not
 * answered from. Which tables a query reads stands in its SQL, so nobody has to say it beside.
 */
import type { Rows } from '@fascia/kernel';
import { sqlStateOf } from '@fascia/retry';
import { fitting, fittingValues, type Fit } from './read-model.js';

/** A list is asked for whose table does not fit this code yet, or any longer. */
export class ListBuilding extends Error {
  override readonly name = 'ListBuilding';

  /** @param models their names */
  constructor(readonly models: readonly string[] = []) {
    super(`not to be asked yet: ${models.join(', ')}`);
  }
}

/** That a table fits is believed this long; that it does not is asked again each time. */
const GOOD_MS = 1_000;

const FITS = `select name from read.model join ${fitting(1)} using (name, version, fingerprint)`;

const TABLE = /\bread"?\."?([a-z][a-z0-9_]*)/g;

/** Names of the tables of read models that a query reads. */
export const tablesIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(TABLE)].map(([, name = '']) => name)),
];

/** Undefined column, undefined table: it was replaced by a release that has another one. */
const CHANGED = ['42703', '42P01'];

/** @param refused what is thrown; names of models are given */
export const fittingRows = (
  rows: Rows,
  models: readonly Fit[],
  refused: (models: readonly string[]) => Error = (names) => new ListBuilding(names),
): Rows => {
  const known = new Map(models.map((model) => [model.name, model]));
  const readBy = new Map<string, readonly Fit[]>();
  const goodUntil = new Map<string, number>();

  const tablesOf = (text: string): readonly Fit[] => {
    const found = readBy.get(text) ?? tablesIn(text).flatMap((name) => known.get(name) ?? []);
    readBy.set(text, found);
    return found;
  };

  const check = async (asked: readonly Fit[]): Promise<void> => {
    const now = performance.now();
    const doubtful = asked.filter(({ name }) => (goodUntil.get(name) ?? 0) <= now);
    if (doubtful.length === 0) return;
    const fit = await rows.query<{ name: string }>(FITS, fittingValues(doubtful));
    for (const { name } of fit) goodUntil.set(name, now + GOOD_MS);
    const unfit = doubtful.map(({ name }) => name).filter((name) => !fit.some((one) => one.name === name));
    if (unfit.length > 0) throw refused(unfit);
  };

  return {
    query: async <T extends object>(text: string, values?: readonly unknown[]) => {
      const asked = tablesOf(text);
      await check(asked);
      try {
        return await rows.query<T>(text, values);
      } catch (error) {
        if (CHANGED.includes(sqlStateOf(error) ?? '')) {
          for (const { name } of asked) goodUntil.delete(name);
          await check(asked);
        }
        throw error;
      }
    },
  };
};
