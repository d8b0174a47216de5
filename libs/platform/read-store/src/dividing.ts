/**
 * What the database refuses because of a row (a text that an index does not take, a value that a column does not) is one stream's
 * trouble: it is found by halves, and everything else is applied.
 */
import type { PoolClient } from 'pg';
import { errorName, sqlStateOf } from '@fascia/retry';
import { applyBatch, parkedBy, wantedBy, type Parked, type Target } from './apply.js';
import type { Opened } from './opening.js';

export type Apply = typeof applyBatch;

/** Data exceptions, cardinality and integrity violations, and limits of the program: SQLSTATE 21, 22, 23, 54. */
const OF_A_ROW = /^(2[123]|54)/;

const isOfARow = (error: unknown): boolean => OF_A_ROW.test(sqlStateOf(error) ?? '');

/**
 * A transaction that applies events all at once; when a row is refused, the transaction anew, by halves.
 * @param transaction rolls back what it did when `apply` throws
 */
export const dividingIfRefused = async <T>(transaction: (apply: Apply) => Promise<T>): Promise<T> => {
  try {
    return await transaction(applyBatch);
  } catch (error) {
    if (!isOfARow(error)) throw error;
    return transaction(applyDivided);
  }
};

/** As {@link applyBatch}, under savepoints: one refused event costs two statements for each halving. */
export const applyDivided: Apply = async (client, targets, events) => {
  const parked: (readonly Parked[])[] = [];
  for (const target of targets) parked.push(await divided(client, target, events));
  return parked;
};

const divided = async (
  client: PoolClient,
  target: Target,
  events: readonly Opened[],
): Promise<readonly Parked[]> => {
  const parked: Parked[] = [];
  const parkedStreams = new Set(target.parkedStreams);
  const narrowed = { ...target, parkedStreams };
  const park = (some: readonly Parked[]): void => {
    parked.push(...some);
    for (const { stream } of some) parkedStreams.add(stream);
  };
  const take = async (some: readonly Opened[]): Promise<void> => {
    const wanted = wantedBy(narrowed, some);
    const [first] = wanted;
    if (first === undefined) return;
    const refused = await underSavepoint(client, async () => {
      const [part = []] = await applyBatch(client, [narrowed], wanted);
      park(part);
    });
    if (refused === undefined) return;
    if (wanted.length === 1) {
      park([parkedBy(target.model, first, refused)]);
      return;
    }
    const half = wanted.length >> 1;
    await take(wanted.slice(0, half));
    await take(wanted.slice(half));
  };
  await take(events);
  return parked;
};

/** @returns the name of the error when a row was refused; what was done is undone then */
const underSavepoint = async (client: PoolClient, work: () => Promise<void>): Promise<string | undefined> => {
  await client.query('savepoint part');
  try {
    await work();
  } catch (error) {
    if (!isOfARow(error)) throw error;
    await client.query('rollback to savepoint part');
    return errorName(error);
  }
  await client.query('release savepoint part');
  return undefined;
};
