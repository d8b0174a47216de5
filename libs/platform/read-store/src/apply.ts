/** Folds a batch to one upsert per row. The only code that knows about batches. */
import type { PoolClient } from 'pg';
import type { Envelope } from '@fascia/kernel';
import type { ReadModel } from './read-model.js';

type Row = { readonly id: string };

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

/**
 * Applies events to one model's table inside the caller's transaction.
 * @param parkedStreams streams whose events wait for `retry`; grows when a fold cannot take an event
 * @returns what was parked by this batch
 */
export const applyBatch = async (
  client: PoolClient,
  model: ReadModel,
  events: readonly Envelope[],
  { schema, parkedStreams }: { readonly schema: string; readonly parkedStreams: Set<string> },
): Promise<readonly Parked[]> => {
  const wanted = events.filter((event) => model.takes.includes(event.type) && !parkedStreams.has(event.stream));
  if (wanted.length === 0) return [];
  const parked: Parked[] = [];
  const park = (event: Envelope, error: unknown): void => {
    parkedStreams.add(event.stream);
    parked.push({ model: model.name, stream: event.stream, version: event.version, error: nameOf(error) });
  };
  const rowIds = new Map(wanted.map((event) => [event, attempt(() => model.rowsOf(event))]));
  const rows = await loadRows(client, `${schema}.${model.name}`, [...new Set([...rowIds.values()].flatMap((named) => named.value ?? []))]);
  const touched = new Set<string>();
  // In the order of the log: what came before the event that does not fit still counts.
  for (const [event, named] of rowIds) {
    if (parkedStreams.has(event.stream)) continue;
    const next = named.value === undefined ? named : attempt(() => named.value.map((id) => [id, model.fold(rows.get(id), event, id)] as const));
    if (next.value === undefined) {
      park(event, next.error);
      continue;
    }
    for (const [id, row] of next.value) {
      touched.add(id);
      if (row === undefined) rows.delete(id);
      else rows.set(id, row);
    }
  }
  await storeRows(client, schema, model, { rows, touched });
  return parked;
};

const loadRows = async (client: PoolClient, table: string, ids: readonly string[]): Promise<Map<string, Row>> => {
  const found = await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t where id = any($1)`, [ids]);
  return new Map(found.rows.map(({ row }) => [row.id, row]));
};

const storeRows = async (
  client: PoolClient,
  schema: string,
  model: ReadModel,
  { rows, touched }: { readonly rows: ReadonlyMap<string, Row>; readonly touched: ReadonlySet<string> },
): Promise<void> => {
  const table = `${schema}.${model.name}`;
  const kept = [...touched].flatMap((id) => rows.get(id) ?? []);
  const gone = [...touched].filter((id) => !rows.has(id));
  if (kept.length > 0) {
    const columns = Object.keys(model.columns);
    const assignments = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
    await client.query(
      `insert into ${table} (${columns.join(', ')})
       select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)
       on conflict (id) do update set ${assignments.join(', ')}`,
      [JSON.stringify(kept)],
    );
  }
  if (gone.length > 0) await client.query(`delete from ${table} where id = any($1)`, [gone]);
};
