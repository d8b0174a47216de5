/** Folds a batch to one upsert per row: all models' rows are read in one statement, and written in one. The only code that knows about batches. */
import type { PoolClient } from 'pg';
import type { Envelope } from '@fascia/kernel';
import type { ReadModel } from './read-model.js';

type Row = { readonly id: string };

/** A table that a model keeps. */
export interface Target {
  readonly model: ReadModel;
  /** Where the table is: `read`, or where it is being built. */
  readonly schema: string;
  /** Streams whose events wait for `retry`. */
  readonly parkedStreams: ReadonlySet<string>;
}

export interface Parked {
  readonly model: string;
  readonly stream: string;
  readonly version: number;
  readonly error: string;
}

/** Names the error without its message: a fold's message may hold what it choked on. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

type Attempt<T> = { readonly value: T } | { readonly value?: undefined; readonly error: unknown };

const attempt = <T>(work: () => T): Attempt<T> => {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
};

/** A target with what the batch has for it, before and after the rows are there. */
interface Work extends Target {
  readonly rowIds: ReadonlyMap<Envelope, Attempt<readonly string[]>>;
  readonly rows: Map<string, Row>;
  readonly touched: Set<string>;
  readonly parked: Parked[];
}

const workFor = (target: Target, events: readonly Envelope[]): Work => {
  const { model, parkedStreams } = target;
  const wanted = events.filter(
    (event) => model.takes.includes(event.type) && !parkedStreams.has(event.stream),
  );
  return {
    ...target,
    rowIds: new Map(wanted.map((event) => [event, attempt(() => model.rowsOf(event))])),
    rows: new Map(),
    touched: new Set(),
    parked: [],
  };
};

const tableOf = ({ schema, model }: Target): string => `${schema}.${model.name}`;

/**
 * Applies events to several models' tables inside the caller's transaction.
 * @returns for each target what was parked by this batch
 */
export const applyBatch = async (
  client: PoolClient,
  targets: readonly Target[],
  events: readonly Envelope[],
): Promise<readonly (readonly Parked[])[]> => {
  const works = targets.map((target) => workFor(target, events));
  const busy = works.filter(({ rowIds }) => rowIds.size > 0);
  if (busy.length > 0) {
    await loadRows(client, busy);
    for (const work of busy) foldAll(work);
    await storeRows(client, busy);
  }
  return works.map(({ parked }) => parked);
};

/** In the order of the log: what came before the event that does not fit still counts. */
const foldAll = ({ model, rowIds, rows, touched, parked }: Work): void => {
  const stopped = new Set<string>();
  for (const [event, named] of rowIds) {
    if (stopped.has(event.stream)) continue;
    const next =
      named.value === undefined
        ? named
        : attempt(() => named.value.map((id) => [id, model.fold(rows.get(id), event, id)] as const));
    if (next.value === undefined) {
      stopped.add(event.stream);
      parked.push({
        model: model.name,
        stream: event.stream,
        version: event.version,
        error: nameOf(next.error),
      });
      continue;
    }
    for (const [id, row] of next.value) {
      touched.add(id);
      if (row === undefined) rows.delete(id);
      else rows.set(id, row);
    }
  }
};

const loadRows = async (client: PoolClient, works: readonly Work[]): Promise<void> => {
  const selects = works.map(
    (work, index) =>
      `select ${String(index)} as target, to_jsonb(t) as row from ${tableOf(work)} t where id = any($${String(index + 1)})`,
  );
  const ids = works.map(({ rowIds }) => [
    ...new Set([...rowIds.values()].flatMap((named) => named.value ?? [])),
  ]);
  const found = await client.query<{ target: number; row: Row }>(selects.join('\nunion all '), ids);
  for (const { target, row } of found.rows) works[target]?.rows.set(row.id, row);
};

/** Every table in one statement: what changes in one is not looked at by another. */
const storeRows = async (client: PoolClient, works: readonly Work[]): Promise<void> => {
  const parts: string[] = [];
  const values: unknown[] = [];
  const bound = (value: unknown): string => `$${String(values.push(value))}`;
  for (const work of works) {
    const { model, rows, touched } = work;
    const table = tableOf(work);
    const kept = [...touched].flatMap((id) => rows.get(id) ?? []);
    const gone = [...touched].filter((id) => !rows.has(id));
    if (kept.length > 0) parts.push(upsertSql(table, model, bound(JSON.stringify(kept))));
    if (gone.length > 0) parts.push(`delete from ${table} where id = any(${bound(gone)})`);
  }
  if (parts.length === 0) return;
  const [last, ...others] = parts.toReversed();
  const before = others.map((part, index) => `w${String(index)} as (${part})`);
  await client.query(`${before.length === 0 ? '' : `with ${before.join(',\n')}\n`}${last ?? ''}`, values);
};

const upsertSql = (table: string, model: ReadModel, rows: string): string => {
  const columns = Object.keys(model.columns);
  const assignments = columns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`);
  return `insert into ${table} (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)
     on conflict (id) do update set ${assignments.join(', ')}`;
};
